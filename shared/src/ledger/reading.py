"""Reading a whole ledger: every sheet, every row, and what is wrong with each."""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final

from contracts.directory import District
from ledger.cells import case_number, text
from ledger.clues import read_clue
from ledger.headers import headings_of
from ledger.headings import Column, normal
from ledger.ledgers import Ledger, PlacedClue, PlacedRow
from ledger.limits import MOST_COLUMNS, MOST_ROWS, ROWS_ABOVE_AND_BELOW, TOO_MANY_ROWS
from ledger.problems import Finding, Misread, Place, Problem, Severity, problem
from ledger.records import MOST_CHARACTERS, Record
from ledger.rows import read_row
from ledger.tables import Kind, Table, find_table, needed_columns
from ledger.units import UnitNames
from ledger.workbooks import Sheet, read_sheets

NO_LEDGER: Final = Finding(
    "no_ledger_sheet",
    Severity.ERROR,
    "没有找到台账：前20行里没有含“案号”和“案由”的表头。{found}。台账应有这些列：{needed}",
    "there is no ledger: none of the first 20 rows is a header with 案号 and 案由. "
    "Found: {found}. A ledger needs the columns {needed}",
)
NO_ROWS: Final = Finding(
    "no_rows",
    Severity.ERROR,
    "只有表头，表头下没有提案，也没有线索，请填写后再导入",
    "there is a header and neither proposal nor clue under it; fill it in, then import it",
)
HIDDEN_SHEET: Final = Finding(
    "hidden_sheet",
    Severity.WARNING,
    "这张工作表是隐藏的，没有读入。需要读入的，请取消隐藏",
    "this sheet is hidden and was not read; unhide it to have it read",
)
OTHER_YEAR: Final = Finding(
    "ledger_of_another_year",
    Severity.ERROR,
    "这份台账的日期都在{found}，没有一个在{year}年，不能导入{year}年度。请改选台账所属的年度，"
    "或者换用{year}年的台账",
    "every date of this ledger is in {found_en}, none in {year}, so it is not taken into {year}; "
    "choose the year it belongs to, or take the ledger of {year}",
)
NUMBER_TWICE: Final = Finding(
    "number_twice",
    Severity.ERROR,
    "“{number}”与工作表“{first_sheet}”第{first_row}行（{first_cell}）重复，请只保留一行",
    "“{number}” is already in sheet “{first_sheet}”, row {first_row} ({first_cell}); keep one row",
)

_TOTAL: Final = re.compile(
    r"(合计|总计|小计|共计)[:\d ]*件?"
    r"|(注|备注|说明|填表人|填表单位|填表日期|填报人|填报单位|制表人|审核人):.*"
)


def read_ledger(content: bytes, name: str, *, district: District, year: int) -> Ledger:
    """Read a ledger. Whatever is wrong with the file is a problem of the result, never raised."""
    name = text(name)[-MOST_CHARACTERS:].strip() or "ledger"
    reading = _Reading(UnitNames(district), year)
    try:
        reading.read(read_sheets(content, name))
    except Misread as misread:
        reading.problems.append(problem(misread.finding, Place(), misread.facts))
    return Ledger(
        name=name,
        sha256=sha256(content).hexdigest(),
        rows=tuple(reading.rows),
        clues=tuple(reading.clues),
        problems=tuple(reading.problems),
        total_rows=reading.total_rows,
    )


class _Reading:
    """The ledger so far, and the numbers that were seen and must not come again."""

    def __init__(self, names: UnitNames, year: int) -> None:
        self._names = names
        self._year = year
        self._seen: dict[tuple[Kind, str], Place] = {}
        self.rows: list[PlacedRow] = []
        self.clues: list[PlacedClue] = []
        self.problems: list[Problem] = []
        self.total_rows = 0
        self._years: set[int] = set()

    def read(self, sheets: Sequence[Sheet]) -> None:
        found = [
            (sheet, table) for sheet in sheets if (table := find_table(sheet.name, sheet.rows))
        ]
        tables = [(sheet, table) for sheet, table in found if not sheet.hidden]
        self.problems += [
            problem(HIDDEN_SHEET, Place(sheet.name), {}) for sheet, _ in found if sheet.hidden
        ]
        if not tables:
            shown = "；".join(_headings_shown(sheet) for sheet in sheets) or "没有工作表"
            raise Misread(NO_LEDGER, found=shown, needed=needed_columns())
        if sum(len(sheet.rows) for sheet, _ in tables) > MOST_ROWS + ROWS_ABOVE_AND_BELOW:
            raise Misread(TOO_MANY_ROWS, most=MOST_ROWS, columns=MOST_COLUMNS)
        for sheet, table in tables:
            self._read_table(sheet, table)
        if self._years and self._year not in self._years:
            self._refuse_whole()
        if not (self.problems or self.rows or self.clues):
            sheet, table = tables[0]
            self.problems.append(problem(NO_ROWS, Place(sheet.name, table.header.row), {}))

    def _read_table(self, sheet: Sheet, table: Table) -> None:
        self.problems += table.problems
        if any(found.severity is Severity.ERROR for found in table.problems):
            return
        for record in _records(sheet, table):
            if table.kind is Kind.PROPOSALS:
                self._read_proposal(record)
            else:
                self._read_clue(record)
            self.problems += record.problems
            self._years |= record.years

    def _refuse_whole(self) -> None:
        """Of a ledger of another year nothing is taken, nor is anything said of its cells."""
        self.rows.clear()
        self.clues.clear()
        years = [str(year) for year in sorted(self._years)]
        found, found_en = "、".join(f"{year}年" for year in years), ", ".join(years)
        facts = {"found": found, "found_en": found_en, "year": self._year}
        self.problems = [problem(OTHER_YEAR, Place(), facts)]

    def _read_proposal(self, record: Record) -> None:
        self.total_rows += 1
        row = read_row(record, self._names, self._year)
        self._refuse_second(Kind.PROPOSALS, record, Column.NUMBER)
        if row and record.is_good:
            self.rows.append(PlacedRow(row=row, sheet=record.sheet, sheet_row=record.row))

    def _read_clue(self, record: Record) -> None:
        clue = read_clue(record, self._names, self._year)
        self._refuse_second(Kind.CLUES, record, Column.CLUE_NUMBER)
        if clue and record.is_good:
            self.clues.append(PlacedClue(clue=clue, sheet=record.sheet, sheet_row=record.row))

    def _refuse_second(self, kind: Kind, record: Record, column: Column) -> None:
        number = record.peek(column, case_number)
        if not number:
            return
        here = record.place(column)
        first = self._seen.setdefault((kind, number), here)
        if first is not here:
            facts = {"first_sheet": first.sheet, "first_row": first.row, "first_cell": first.cell}
            record.report(NUMBER_TWICE, column, number=number, **facts)


def _records(sheet: Sheet, table: Table) -> Iterator[Record]:
    header = table.header
    number = Column.NUMBER if table.kind is Kind.PROPOSALS else Column.CLUE_NUMBER
    below = header.row + header.depth
    for row, cells in enumerate(sheet.rows[below - 1 :], start=below):
        record = Record(sheet.name, row, header, cells)
        if not (record.is_blank or _is_no_entry(record, number)):
            yield record


def _is_no_entry(record: Record, number: Column) -> bool:
    """Whether a row is a total, a note under the table, or the header once more."""
    shown = record.shown(number)
    return normal(shown) in number.headings or any(
        _TOTAL.fullmatch(written) for written in (shown, record.first_shown)
    )


def _headings_shown(sheet: Sheet) -> str:
    return f"工作表“{sheet.name}”：{'、'.join(headings_of(sheet.rows)) or '空'}"
