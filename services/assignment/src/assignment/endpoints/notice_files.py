"""The dispatch notice as a .docx with its list, and the list as an .xlsx. The same parts, the same bytes."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import groupby

import docx
from docx.oxml import parse_xml
from lxml import etree
from xlsxwriter import Workbook

from annual_summary import Summary, measures, write_docx
from annual_summary.markup import make, text
from annual_summary.packing import packed
from annual_summary.styles import Look, paragraph_properties, run_properties
from assignment.decisions.noticing import LIST_TITLE, GivenPart, shared_with
from contracts.vocabulary import ProposalForm, Role

SMALL = 21
TITLE = Look(
    font=measures.TITLE_FONT,
    size=measures.THIRD_SIZE,
    tighter=0,
    align="center",
    first_line_characters=0,
    on_the_grid=False,
)
ATTACHMENT = Look(font=measures.HEADING_FONT, first_line_characters=0)
CELL = Look(size=SMALL, tighter=0, align="left", first_line_characters=0, on_the_grid=False)
HEAD = Look(
    font=measures.HEADING_FONT,
    size=SMALL,
    tighter=0,
    align="center",
    first_line_characters=0,
    on_the_grid=False,
)
SMALL_LINE = 320
NAMED, WIDTHS = (
    ("序号", "案号", "案由", "提案人", "角色", "共同承办", "签收期限", "办理期限"),
    (480, 1120, 2283, 1050, 600, 1480, 915, 915),
)
COLUMNS = (
    ("案号", 14),
    ("案由", 52),
    ("提案人", 24),
    ("提案形式", 10),
    ("重点", 6),
    ("独办单位", 28),
    ("主办单位", 28),
    ("分办单位", 28),
    ("会办单位", 40),
    ("交办日期", 12),
    ("答复期限", 12),
    ("收件单位", 28),
    ("收件角色", 10),
    ("须于何日前签收", 16),
)


def notice_docx(summary: Summary, parts: Sequence[GivenPart], *, by_unit: bool) -> bytes:
    """The letter, and on a new page behind it the list; the imprint stays at the foot of the last one."""
    document = docx.Document(BytesIO(write_docx(summary)))
    imprint = document.element.body.findall(_w("p"))[-1]
    for element in _list(parts, by_unit=by_unit):
        imprint.addprevious(parse_xml(etree.tostring(element)))
    file = BytesIO()
    document.save(file)
    return packed(file.getvalue())


def list_xlsx(parts: Sequence[GivenPart], year: int) -> bytes:
    """The list, in the columns that a ledger has, so that the next level can bring it in."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": LIST_TITLE, "created": datetime(year, 1, 1)})  # noqa: DTZ001  a property has no zone
        sheet = book.add_worksheet("交办清单")
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#EAF1FA"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        for column, (name, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        for row, part in enumerate(parts, start=1):
            for column, value in enumerate(_cells(part)):
                sheet.write_string(row, column, value, cell)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return packed(file.getvalue())


def _cells(part: GivenPart) -> Iterator[str]:
    answering = dict.fromkeys(Role, "")
    role = Role.LEAD if part.role is Role.CO else part.role
    answering[role] = "、".join(part.leads)
    yield part.number
    yield part.title
    yield "、".join(part.proposers)
    yield ProposalForm(part.form).chinese if part.form in set(ProposalForm) else part.form
    yield "是" if part.is_key else ""
    yield answering[Role.SOLE]
    yield answering[Role.LEAD]
    yield answering[Role.SPLIT]
    yield "、".join(part.co_units)
    yield part.dispatched_on.isoformat()
    yield part.due_on.isoformat()
    yield part.unit
    yield part.role.chinese
    yield part.sign_by.isoformat() if part.sign_by else ""


def _list(parts: Sequence[GivenPart], *, by_unit: bool) -> Iterator[etree._Element]:
    first = _paragraph("附件", ATTACHMENT)
    first[0].insert(0, make("w:pageBreakBefore"))
    yield first
    yield _paragraph(LIST_TITLE, TITLE)
    table = make(
        "w:tbl",
        make(
            "w:tblPr",
            make("w:tblW", w=sum(WIDTHS), type="dxa"),
            make("w:jc", val="center"),
            _borders(),
            make("w:tblLayout", type="fixed"),
            make(
                "w:tblCellMar",
                make("w:left", w=60, type="dxa"),
                make("w:right", w=60, type="dxa"),
            ),
        ),
        make("w:tblGrid", *(make("w:gridCol", w=width) for width in WIDTHS)),
        _row([_cell(name, width, HEAD) for name, width in zip(NAMED, WIDTHS, strict=True)], "head"),
    )
    number = 0
    for unit, given in groupby(parts, key=lambda part: part.unit):
        if by_unit:
            table.append(_row([_cell(unit, sum(WIDTHS), HEAD, span=len(WIDTHS))], "unit"))
        for part in given:
            number += 1
            words = _words(number, part)
            table.append(
                _row([_cell(word, width, CELL) for word, width in zip(words, WIDTHS, strict=True)])
            )
    yield table
    yield _paragraph("", CELL)


def _words(number: int, part: GivenPart) -> tuple[str, ...]:
    return (
        str(number),
        part.number,
        f"{'（重点）' if part.is_key else ''}{part.title}",
        "、".join(part.proposers) or "—",
        part.role.chinese,
        shared_with(part),
        _day(part.sign_by, part) if part.sign_by else "—",
        f"{_day(part.due_on, part)}{'（暂定）' if part.provisional else ''}",
    )


def _day(day: date, part: GivenPart) -> str:
    """A day as the list has it; the year only where it is another one than that of the dispatch."""
    year = "" if day.year == part.dispatched_on.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def _row(cells: Sequence[etree._Element], kind: str = "") -> etree._Element:
    properties = [make("w:cantSplit")]
    if kind == "head":
        properties.append(make("w:tblHeader"))
    return make("w:tr", make("w:trPr", *properties), *cells)


def _cell(words: str, width: int, look: Look, span: int = 1) -> etree._Element:
    properties = [make("w:tcW", w=width, type="dxa")]
    if span > 1:
        properties.append(make("w:gridSpan", val=span))
    properties.append(make("w:vAlign", val="center"))
    return make("w:tc", make("w:tcPr", *properties), _paragraph(words, look))


def _paragraph(words: str, look: Look) -> etree._Element:
    properties = paragraph_properties(look)
    if look.size == SMALL:
        for each in properties:
            if each.tag == _w("spacing"):
                each.set(_w("line"), str(SMALL_LINE))
    return make("w:p", make("w:pPr", *properties), *text(words, *run_properties(look)))


def _borders() -> etree._Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return make(
        "w:tblBorders",
        *(make(f"w:{side}", val="single", sz=4, space=0, color="000000") for side in sides),
    )


def _w(name: str) -> str:
    return f"{{{make('w:p').nsmap['w']}}}{name}"
