"""Reads a summary that people edited: their prose by its key, and what they did elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import ClassVar
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from lxml import etree

from annual_summary.markup import qualified
from annual_summary.model import fingerprint
from annual_summary.provenance import Provenance, provenance_of
from annual_summary.styles import GENERATED_NAMES, key_of_style
from contracts.refusal import Refused

UNPACKED_BYTES_AT_MOST = 64 * 1024 * 1024
DELETED = frozenset({qualified("w:del"), qualified("w:moveFrom")})
OLD_COPY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
NOT_WORDS = (PICTURE, *map(qualified, ("w:tbl", "w:object", "w:footnoteReference")))


class NotASummary(Refused):
    """这个文件不是本系统生成的办理工作总结（.docx），或者其中的标记已经丢失。"""

    english: ClassVar[str] = (
        "This file is not a summary (.docx) that this system made, or it has lost its marks."
    )


@dataclass(frozen=True)
class Edited:
    """An edited summary: the prose that differs from what was suggested, and what does not fit."""

    provenance: Provenance
    prose: dict[str, tuple[str, ...]] = field(default_factory=dict)
    deleted: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()
    has_more_than_words: bool = False


def read_docx(content: bytes) -> Edited:
    """Read an edited summary. Raises NotASummary."""
    try:
        if _unpacked_size(content) > UNPACKED_BYTES_AT_MOST:
            raise NotASummary
        document = docx.Document(BytesIO(content))
    except (BadZipFile, OpcError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise NotASummary from error
    provenance = provenance_of(document)
    if provenance is None:
        raise NotASummary
    return _Reading(document, provenance).result()


def _unpacked_size(content: bytes) -> int:
    with ZipFile(BytesIO(content)) as package:
        return sum(entry.file_size for entry in package.infolist())


class _Reading:
    """Paragraph after paragraph: each belongs to a prose by its style, or to what the log says.

    A paragraph of another style (pasted, say) belongs to the prose it stands in.
    """

    def __init__(self, document: Document, provenance: Provenance) -> None:
        self._document = document
        self._provenance = provenance
        self._names = {style.style_id: style.name or "" for style in document.styles}
        self._prose: dict[str, list[str]] = {}
        self._strays: list[str] = []

    def result(self) -> Edited:
        current: str | None = None
        known = set(self._provenance.said.values())
        body = self._document.element.body
        for paragraph in _paragraphs_in(body):
            name, words = self._style_of(paragraph), _words_of(paragraph)
            key = key_of_style(name)
            if key is None and fingerprint((words,)) in known:
                current = None
                continue
            if name in GENERATED_NAMES.values():
                key, current = None, None
            else:
                key = current = key or current
            self._take(key, words)
        return Edited(
            provenance=self._provenance,
            prose={key: tuple(found) for key, found in self._prose.items() if self._is_new(key)},
            deleted=tuple(key for key in self._provenance.prose if key not in self._prose),
            strays=tuple(self._strays),
            has_more_than_words=next(body.iter(*NOT_WORDS), None) is not None,
        )

    def _take(self, key: str | None, words: str) -> None:
        if key is not None:
            self._prose.setdefault(key, []).append(words)
        elif words.strip():
            self._strays.append(words)

    def _is_new(self, key: str) -> bool:
        return fingerprint(tuple(self._prose[key])) != self._provenance.prose.get(key)

    def _style_of(self, paragraph: etree._Element) -> str:
        style = paragraph.find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}")
        return "" if style is None else self._names.get(style.get(qualified("w:val")), "")


def _paragraphs_in(body: etree._Element) -> Iterator[etree._Element]:
    """Each paragraph once: a text box may hold a second copy of itself for old programs."""
    for paragraph in body.iter(qualified("w:p")):
        if next(paragraph.iterancestors(OLD_COPY), None) is None:
            yield paragraph


def _words_of(paragraph: etree._Element) -> str:
    """The words as they stand when all tracked changes are accepted."""
    return "".join(
        "\t" if element.tag == qualified("w:tab") else element.text or ""
        for element in paragraph.iter(qualified("w:t"), qualified("w:tab"))
        if element.getparent().tag == qualified("w:r") and _stands_in(paragraph, element)
    )


def _stands_in(paragraph: etree._Element, element: etree._Element) -> bool:
    """Whether it is not deleted, and not of a paragraph in a text box of this one."""
    if next(element.iterancestors(*DELETED), None) is not None:
        return False
    return next(element.iterancestors(qualified("w:p"))) is paragraph
