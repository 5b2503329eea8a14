"""The .docx: valid, the same each time, and in the measures of GB/T 9704-2012."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.shared import Mm, Twips
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from annual_summary import Style, read_docx, write_docx
from annual_summary.markup import qualified
from annual_summary.styles import LOOKS, style_of_prose
from contracts.vocabulary import Satisfaction
from tests.annual_summary.building import (
    CONSOLE,
    opened,
    paragraphs_of,
    prose,
    summary_of,
    the_sample_summary,
    with_prose,
)
from tests.annual_summary.schema import ORDERS
from tests.evaluation.building import an_assignment


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def xml_parts(content: bytes) -> Iterator[tuple[str, etree._Element]]:
    for name, body in parts_of(content).items():
        if name.endswith((".xml", ".rels")):
            yield name, etree.fromstring(body)


@pytest.fixture(scope="module")
def content() -> bytes:
    return write_docx(the_sample_summary(), CONSOLE)


def test_the_same_summary_gives_the_same_bytes(content: bytes) -> None:
    assert write_docx(the_sample_summary(), CONSOLE) == content


def test_no_entry_of_the_package_tells_when_it_was_made(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_children_of_every_element_stand_in_the_order_of_the_schema(content: bytes) -> None:
    seen = set()
    for name, root in xml_parts(content):
        if not name.startswith("word/") or "theme" in name:
            continue
        for element in root.iter(*(qualified(f"w:{kind}") for kind in ORDERS)):
            kind = etree.QName(element).localname
            order = ORDERS[kind]
            places = [
                order.index(etree.QName(child).localname)
                for child in element
                if etree.QName(child).namespace == element.nsmap["w"]
            ]
            assert places == sorted(places), (name, kind, [child.tag for child in element])
            seen.add(kind)
    assert seen == set(ORDERS)


def test_every_relation_that_the_text_uses_is_there_and_every_bookmark_is_named_once(
    content: bytes,
) -> None:
    document = opened(content)
    body = document.element.body
    links = [each.get(qualified("r:id")) for each in body.iter(qualified("w:hyperlink"))]
    assert links
    assert set(links) <= set(document.part.rels)
    names = [each.get(qualified("w:name")) for each in body.iter(qualified("w:bookmarkStart"))]
    assert len(set(names)) == len(names) == len(the_sample_summary().fields)
    assert all(len(name) <= 40 and name.replace("_", "").isalnum() for name in names)


def test_case_numbers_of_any_style_and_length_make_names_that_word_takes() -> None:
    number = "〔2024〕 市政协第七届第四次会议联名提案第000000000000000000000{}-A号"
    facts = [
        an_assignment(number.format(nth), satisfaction=Satisfaction.SATISFIED) for nth in (1, 2)
    ]
    body = opened(write_docx(summary_of(facts), CONSOLE)).element.body
    names = [each.get(qualified("w:name")) for each in body.iter(qualified("w:bookmarkStart"))]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 40 and re.fullmatch(r"[^\W\d]\w*", name) for name in names)


def test_the_text_of_the_document_is_the_text_of_the_summary(content: bytes) -> None:
    summary = the_sample_summary()
    words = [paragraph.text for paragraph in opened(content).paragraphs]
    imprint = {prose(summary, key).paragraphs[0] for key in ("copies", "printed")}
    expected = [
        each
        for block in summary.blocks
        for each in ((block.text,) if block.kind == "said" else block.paragraphs)
        if each not in imprint
    ]
    assert [each for each in words if each] == expected


def test_each_figure_leads_to_its_page_of_the_console(content: bytes) -> None:
    document = opened(content)
    targets = {each.target_ref for each in document.part.rels.values() if each.is_external}
    expected = {CONSOLE + each.path for each in the_sample_summary().fields if each.path}
    assert targets == expected


def test_without_the_consoles_address_there_are_no_links() -> None:
    document = opened(write_docx(the_sample_summary()))
    assert not any(each.is_external for each in document.part.rels.values())


def test_the_page_is_a4_with_the_margins_of_the_standard(content: bytes) -> None:
    (section,) = opened(content).sections
    width, height = section.page_width or 0, section.page_height or 0
    left, right = section.left_margin or 0, section.right_margin or 0
    top, bottom = section.top_margin or 0, section.bottom_margin or 0
    near = Twips(1)
    for found, wanted in (
        (width, Mm(210)),
        (height, Mm(297)),
        (top, Mm(37)),
        (left, Mm(28)),
        (width - left - right, Mm(156)),
        (height - top - bottom, Mm(225)),
    ):
        assert abs(found - wanted) <= near


def test_the_text_area_holds_22_lines_of_28_characters_and_no_23rd_or_29th(content: bytes) -> None:
    document = opened(content)
    section = document.sections[0]
    size = document.styles.element.find(".//" + qualified("w:sz"))
    spacing = document.styles.element.find(f".//{qualified('w:rPr')}/{qualified('w:spacing')}")
    character = int(size.get(qualified("w:val"))) * 10 + int(spacing.get(qualified("w:val")))
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    height = (section.page_height or 0) - (section.top_margin or 0) - (section.bottom_margin or 0)
    assert Twips(28 * character) <= width < Twips(29 * character)
    normal = document.styles["Normal"]
    line = normal.paragraph_format.line_spacing
    assert isinstance(line, int)
    assert 22 * line <= height < 23 * line
    grid = document.element.body.sectPr.find(qualified("w:docGrid"))
    assert Twips(int(grid.get(qualified("w:linePitch")))) == line


FONTS = {
    Style.TITLE: ("方正小标宋简体", 44),
    Style.HEADING: ("黑体", 32),
    Style.SUBHEADING: ("楷体_GB2312", 32),
    Style.BODY: ("仿宋_GB2312", 32),
    Style.COPIES: ("仿宋_GB2312", 28),
}


@pytest.mark.parametrize("kind", FONTS)
def test_each_element_has_the_font_and_size_of_the_standard(content: bytes, kind: Style) -> None:
    names = {
        Style.HEADING: "heading 1",
        Style.SUBHEADING: "heading 2",
        Style.TITLE: style_of_prose(prose(the_sample_summary(), "title")),
        Style.BODY: style_of_prose(prose(the_sample_summary(), "practice")),
        Style.COPIES: style_of_prose(prose(the_sample_summary(), "copies")),
    }
    root = opened(content).styles.element
    (style,) = [
        each
        for each in root.iter(qualified("w:style"))
        if each.find(qualified("w:name")).get(qualified("w:val")) == names[kind]
    ]
    properties = style.find(qualified("w:rPr"))
    fonts = properties.find(qualified("w:rFonts"))
    size = properties.find(qualified("w:sz"))
    font, half_points = FONTS[kind]
    assert fonts.get(qualified("w:eastAsia")) == fonts.get(qualified("w:ascii")) == font
    assert size.get(qualified("w:val")) == str(half_points)
    assert LOOKS[kind].font == font


def test_page_numbers_stand_outside_between_dashes_on_odd_and_even_pages(content: bytes) -> None:
    document = opened(content)
    assert document.settings.odd_and_even_pages_header_footer
    sides = {}
    for reference in document.element.body.sectPr.iter(qualified("w:footerReference")):
        part = document.part.rels[reference.get(qualified("r:id"))].target_part
        footer = etree.fromstring(part.blob)
        assert "".join(footer.itertext()) == "— 1 —"
        assert footer.find(f".//{qualified('w:fldSimple')}").get(qualified("w:instr")) == " PAGE "
        side = footer.find(f".//{qualified('w:jc')}").get(qualified("w:val"))
        sides[reference.get(qualified("w:type"))] = side
    assert sides == {"default": "right", "even": "left"}


def test_the_date_keeps_four_characters_to_the_right_and_the_signature_stands_centred_above(
    content: bytes,
) -> None:
    document = opened(content)
    (signature,) = paragraphs_of(document, "signature")
    (date,) = paragraphs_of(document, "date")
    assert (signature.text, date.text) == ("深圳市龙岗区人民政府", "2024年11月20日")
    assert date.style is not None
    right_of_date = date.style.paragraph_format.right_indent or 0
    right_of_signature = signature.paragraph_format.right_indent or 0
    character = Twips(315)
    assert right_of_date == 4 * character
    middle_of_date = right_of_date + 7 * character / 2
    middle_of_signature = right_of_signature + 10 * character / 2
    assert abs(middle_of_date - middle_of_signature) <= Twips(1)


def test_the_imprint_names_who_gets_a_copy_between_rules_as_wide_as_the_text(
    content: bytes,
) -> None:
    body = opened(content).element.body
    (box,) = body.iter(qualified("w:txbxContent"))
    words = [[each.text for each in paragraph.iter(qualified("w:t"))] for paragraph in box]
    assert ["".join(each) for each in words] == [
        "抄送：市政协提案委员会。",
        "深圳市龙岗区人民政府办公室2024年11月20日印发",
    ]
    assert [side for side, *_ in LOOKS[Style.COPIES].borders] == ["top", "bottom"]
    assert [side for side, *_ in LOOKS[Style.PRINTED].borders] == ["bottom"]


def test_nothing_of_another_document_is_left_in_the_package(content: bytes) -> None:
    names = set(parts_of(content))
    assert {"word/document.xml", "word/styles.xml", "docProps/custom.xml"} <= names
    assert not [each for each in names if "thumbnail" in each or "WithEffects" in each]
    styles = {style.name for style in opened(content).styles}
    expected = {style_of_prose(each) for each in the_sample_summary().prose}
    assert styles == expected | {"Normal", "Heading 1", "Heading 2", "数据段"}


def test_every_font_that_is_named_says_what_may_stand_in_for_it(content: bytes) -> None:
    parts = dict(xml_parts(content))
    used = {
        fonts.get(qualified("w:eastAsia"))
        for name in ("word/styles.xml", "word/document.xml")
        for fonts in parts[name].iter(qualified("w:rFonts"))
    }
    declared = {
        font.get(qualified("w:name"))
        for font in parts["word/fontTable.xml"]
        if font.find(qualified("w:altName")) is not None
    }
    assert used <= declared


def test_what_is_still_to_be_filled_in_is_marked_and_what_is_filled_in_is_not() -> None:
    summary = with_prose(the_sample_summary(), "practice", "已经写好。")
    marked = [
        paragraph.text
        for paragraph in opened(write_docx(summary)).paragraphs
        for run in paragraph.runs
        if run.font.highlight_color is not None
    ]
    unfilled = [text for each in summary.unfilled for text in each.paragraphs]
    assert marked == unfilled
    assert "已经写好。" not in marked


@settings(max_examples=25)
@given(st.lists(st.text(max_size=20), max_size=3).map(tuple))
def test_whatever_people_write_makes_a_document_that_opens_and_gives_it_back(
    paragraphs: tuple[str, ...],
) -> None:
    summary = with_prose(the_sample_summary(), "practice", *paragraphs)
    found = read_docx(write_docx(summary))
    if paragraphs:
        kept = found.prose["practice"]
        assert len(kept) == len(paragraphs)
    else:
        assert found.deleted == ("practice",)
