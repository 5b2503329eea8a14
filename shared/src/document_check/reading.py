"""The text of a file: .docx, .pdf with text, .txt in UTF-8 or GB18030, told apart by content."""

import codecs
import logging
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from document_check.limits import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_PAGES,
    MOST_UNPACKED_BYTES,
    Encrypted,
    NotADocument,
    NoText,
    OldFormat,
    Scanned,
    TooLarge,
    Unreadable,
)

ZIP, PDF, OLE = b"PK", b"%PDF-", bytes.fromhex("D0CF11E0A1B11AE1")
PDF_STARTS_WITHIN = 1024
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODINGS = ("utf-8", "gb18030")
BROKEN_DOCX = (
    BadZipFile, PackageNotFoundError, SyntaxError, zlib.error, KeyError, ValueError, EOFError,
    AttributeError,
)  # fmt: skip
BROKEN_PDF = (
    PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError,
    zlib.error, OSError, NotImplementedError,
)  # fmt: skip


def text_of(content: bytes) -> str:
    """The text of a document. Raises Unreadable, or a kind of it."""
    if len(content) > MOST_BYTES:
        raise TooLarge
    if content.startswith(OLE):
        raise Encrypted if ENCRYPTED_PACKAGE in content else OldFormat
    if content.startswith(ZIP):
        text = _of_docx(content)
    elif PDF in content[:PDF_STARTS_WITHIN]:
        text = _of_pdf(content)
    else:
        text = _of_plain(content)
    if not text.strip():
        raise NoText
    if len(text) > MOST_CHARACTERS:
        raise TooLarge
    return text


def _of_docx(content: bytes) -> str:
    """Paragraphs and rows of tables, in the order of the document."""
    try:
        _measure(content)
        document = docx.Document(BytesIO(content))
        lines = [
            "\n".join(_rows(each)) if isinstance(each, Table) else each.text
            for each in document.iter_inner_content()
        ]
    except BROKEN_DOCX as broken:
        raise Unreadable from broken
    return "\n".join(lines)


def _measure(content: bytes) -> None:
    """A package of a few kilobytes can unfold to gigabytes."""
    with ZipFile(BytesIO(content)) as package:
        if "word/document.xml" not in package.namelist():
            raise NotADocument
        if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED_BYTES:
            raise TooLarge


def _rows(table: Table) -> list[str]:
    return ["\t".join(cell.text.strip() for cell in row.cells) for row in table.rows]


def _of_pdf(content: bytes) -> str:
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Encrypted
        if len(reader.pages) > MOST_PAGES:
            raise TooLarge
        text = "\n".join(page.extract_text() for page in reader.pages)
    except BROKEN_PDF as broken:
        raise Unreadable from broken
    if not text.strip():
        raise Scanned
    return text


def _of_plain(content: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decoded(content, (encoding,))
    if b"\0" in content:
        raise NotADocument
    return _decoded(content, ENCODINGS)


def _decoded(content: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotADocument
