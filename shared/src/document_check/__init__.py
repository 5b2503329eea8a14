"""The check of a document (文稿自检): the figures in Chinese official prose, and where they disagree."""

from document_check.checking import check
from document_check.document import Document, read
from document_check.limits import Unreadable
from document_check.reading import text_of
from document_check.recorded import against_the_log

__all__ = ["Document", "Unreadable", "against_the_log", "check", "read", "text_of"]
