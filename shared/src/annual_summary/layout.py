"""Lays a summary out as a .docx after GB/T 9704-2012. The same summary gives the same bytes."""

import re
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from lxml import etree

from annual_summary import measures
from annual_summary.furniture import add_page_numbers, describe, set_page, set_settings
from annual_summary.imprint import IMPRINT, imprint_of
from annual_summary.markup import make, text
from annual_summary.model import Block, Prose, Said, Style, Summary, SummaryField
from annual_summary.numerals import width
from annual_summary.packing import packed
from annual_summary.provenance import add_provenance
from annual_summary.styles import GENERATED_NAMES, LOOKS, style_id, style_of_prose, style_sheet

BOOKMARK_LETTERS_AT_MOST = 40
NOT_IN_A_NAME = re.compile(r"\W")
TOOLTIP_LETTERS_AT_MOST = 240

Link = Callable[[str], str]


def write_docx(summary: Summary, console: str = "") -> bytes:
    """The document. With the console's address, each figure leads to the cases behind it."""
    document = docx.Document()
    _set_styles(document, summary)
    set_page(document)
    set_settings(document)
    add_page_numbers(document)
    describe(document, summary)
    add_provenance(document, summary)
    _fill(document, summary, console)
    file = BytesIO()
    document.save(file)
    return packed(file.getvalue())


def _set_styles(document: Document, summary: Summary) -> None:
    sheet = document.styles.element
    sheet[:] = list(parse_xml(etree.tostring(style_sheet(summary.prose))))


def _fill(document: Document, summary: Summary, console: str) -> None:
    body = document.element.body
    section = body.sectPr

    def link(path: str) -> str:
        address = console.rstrip("/") + path
        return document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    paragraphs = _Paragraphs(summary, link if console else None)
    imprint = [block for block in summary.blocks if block.style in IMPRINT]
    text_blocks = [block for block in summary.blocks if block.style not in IMPRINT]
    elements = [paragraph for block in text_blocks for paragraph in paragraphs.of(block)]
    at_the_foot = [paragraph for block in imprint for paragraph in paragraphs.of(block)]
    for element in (*elements, *imprint_of(at_the_foot)):
        section.addprevious(parse_xml(etree.tostring(element)))


class _Paragraphs:
    """Paragraphs in the order of the document; bookmarks are numbered through."""

    def __init__(self, summary: Summary, link: Link | None) -> None:
        self._summary = summary
        self._link = link
        self._bookmarks = 0

    def of(self, block: Block) -> list[etree._Element]:
        if isinstance(block, Said):
            return [self._said(block)]
        return [self._prose(block, nth) for nth in range(len(block.paragraphs))]

    def _said(self, said: Said) -> etree._Element:
        name = GENERATED_NAMES[said.style]
        content = make("w:pPr", make("w:pStyle", val=style_id(name)))
        paragraph = make("w:p", content)
        for piece in said.pieces:
            if isinstance(piece, SummaryField):
                paragraph.extend(self._field(piece))
            else:
                paragraph.extend(text(piece.text))
        return paragraph

    def _field(self, field: SummaryField) -> list[etree._Element]:
        self._bookmarks += 1
        name = NOT_IN_A_NAME.sub("_", f"f{self._bookmarks}_{field.key}")
        runs = text(field.text)
        if self._link is not None and field.path:
            tooltip = f"{field.label}：{field.formula}"[:TOOLTIP_LETTERS_AT_MOST]
            link = make("w:hyperlink", *runs, r_id=self._link(field.path), tooltip=tooltip)
            runs = [link]
        start = make("w:bookmarkStart", id=self._bookmarks, name=name[:BOOKMARK_LETTERS_AT_MOST])
        return [start, *runs, make("w:bookmarkEnd", id=self._bookmarks)]

    def _prose(self, prose: Prose, nth: int) -> etree._Element:
        words = prose.paragraphs[nth]
        properties = [make("w:pStyle", val=style_id(style_of_prose(prose)))]
        properties += _placed(prose, words, self._summary, is_first=nth == 0)
        shading = [make("w:highlight", val="yellow")] if prose.is_unfilled else []
        size = _size_of_mark(words) if prose.style is Style.MARK else []
        return make("w:p", make("w:pPr", *properties), *text(words, *shading, *size))


def _placed(prose: Prose, words: str, summary: Summary, *, is_first: bool) -> list[etree._Element]:
    """What depends on the words, or on the paragraphs around, and so cannot be in the style."""
    found: list[etree._Element] = []
    look = LOOKS[prose.style]
    if not is_first and look.before:
        found.append(make("w:spacing", before=0))
    if prose.style is Style.TITLE and prose.key == "title_issuer":
        found.append(make("w:spacing", before=2 * measures.LINE))
    if prose.style is Style.SIGNATURE:
        found.append(make("w:ind", right=_right_of_signature(words, _date_in(summary))))
    return found


def _date_in(summary: Summary) -> str:
    dates = (prose.paragraphs for prose in summary.prose if prose.style is Style.DATE)
    return next((each[0] for each in dates if each), "")


def _right_of_signature(words: str, date: str) -> int:
    """The signature stands centred above the date, which keeps four characters to the right."""
    middle = measures.DATE_FROM_THE_RIGHT_CHARACTERS + width(date) / 2
    characters = max(Decimal(0), middle - width(words) / 2)
    return int(characters * measures.CHARACTER)


def _size_of_mark(words: str) -> list[etree._Element]:
    """As large as its style says, or smaller, so that it stands in one line."""
    fitting = int(measures.TEXT_WIDTH // 10 // max(width(words), Decimal(1))) - 1
    size = min(LOOKS[Style.MARK].size, fitting)
    return [make("w:sz", val=size), make("w:szCs", val=size)]
