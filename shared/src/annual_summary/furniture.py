"""The page around the text: its measures, page numbers, settings, fonts and properties."""

from dataclasses import replace
from datetime import UTC, datetime

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.section import _Footer
from docx.shared import Twips
from lxml import etree

from annual_summary import measures
from annual_summary.markup import make
from annual_summary.model import Summary
from annual_summary.styles import Look, paragraph_properties, run_properties

PAGE_NUMBER = Look(
    font=measures.PAGE_NUMBER_FONT, size=measures.FOURTH_SIZE, tighter=0, first_line_characters=0
)
PAGE_NUMBER_LINE = measures.FOURTH_SIZE * 10
# Of python-docx's template: what would bring its theme's fonts back, and its own preview.
UNWANTED_SETTINGS = ("zoom", "themeFontLang", "clrSchemeMapping", "savePreviewPicture")
# Its thumbnail, its bibliography, and a second set of styles that Word 2010 would prefer.
LEFTOVERS = ("/thumbnail", "/customXml", "/stylesWithEffects")
MADE_BY = "提案办理系统 / Tian"


def set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (
        Twips(measures.PAGE_WIDTH),
        Twips(measures.PAGE_HEIGHT),
    )
    section.top_margin, section.bottom_margin = Twips(measures.TOP), Twips(measures.BOTTOM)
    section.left_margin, section.right_margin = Twips(measures.LEFT), Twips(measures.RIGHT)
    section.header_distance = Twips(0)
    section.footer_distance = Twips(
        measures.BOTTOM - measures.PAGE_NUMBER_BELOW_TEXT - PAGE_NUMBER_LINE
    )
    properties = document.element.body.sectPr
    for grid in properties.findall(_w("docGrid")):
        properties.remove(grid)
    properties.append(_parsed(make("w:docGrid", type="lines", linePitch=measures.LINE)))


def set_settings(document: Document) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    settings = document.settings.element
    for name in UNWANTED_SETTINGS:
        for element in settings.findall(_w(name)):
            settings.remove(element)
    spacing = settings.find(_w("characterSpacingControl"))
    spacing.set(_w("val"), "doNotCompress")


def add_page_numbers(document: Document) -> None:
    """«— 1 —» outside: right on odd pages and left on even ones, one character in."""
    section = document.sections[0]
    _number(section.footer, "right")
    _number(section.even_page_footer, "left")


def _number(footer: _Footer, side: str) -> None:
    footer.is_linked_to_previous = False
    element = footer._element  # noqa: SLF001  python-docx has no other way to its XML
    outside = measures.FOURTH_CHARACTER
    look = replace(PAGE_NUMBER, align=side, left=outside, right=outside)
    element[:] = [
        _parsed(
            make(
                "w:p",
                make("w:pPr", *paragraph_properties(look)),
                _run("— ", look),
                make("w:fldSimple", _run("1", look), instr=" PAGE "),
                _run(" —", look),
            )
        )
    ]


def _run(words: str, look: Look) -> etree._Element:
    element = make("w:t")
    element.text = words
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return make("w:r", make("w:rPr", *run_properties(look)), element)


def describe(document: Document, summary: Summary) -> None:
    """Properties that say what this is. The moment is the year's last: no clock is asked."""
    moment = datetime(summary.year, 12, 31, tzinfo=UTC)
    properties = document.core_properties
    properties.title = summary.title
    properties.author = summary.issuer
    properties.last_modified_by = MADE_BY
    properties.subject = f"{summary.district} {summary.year}"
    properties.comments = f"数据截至本区日志第 {summary.position} 条"
    properties.language = "zh-CN"
    properties.created = properties.modified = moment
    properties.revision = 1
    _drop_leftovers(document)
    _declare_fonts(document)


def _drop_leftovers(document: Document) -> None:
    for relations in (document.part.package.rels, document.part.rels):
        for name in [key for key, each in relations.items() if each.reltype.endswith(LEFTOVERS)]:
            del relations[name]


def _declare_fonts(document: Document) -> None:
    """Name what may stand in for a font that is missing (`w:altName`)."""
    table = make("w:fonts")
    for font, others in measures.FALLBACKS.items():
        table.append(
            make(
                "w:font",
                make("w:altName", val=others[0]),
                make("w:charset", val="86"),
                make("w:family", val="auto"),
                make("w:pitch", val="default"),
                name=font,
            )
        )
    blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = document.part
    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation.target_part._blob = blob  # noqa: SLF001  a plain part has no setter
            return
    name = PackURI("/word/fontTable.xml")
    fonts = Part(name, CONTENT_TYPE.WML_FONT_TABLE, blob, part.package)
    part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)


def _w(name: str) -> str:
    return f"{{{make('w:p').nsmap['w']}}}{name}"


def _parsed(element: etree._Element) -> etree._Element:
    return parse_xml(etree.tostring(element))
