"""The table in a sheet: whether it lists proposals or clues, and whether its columns will do."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from ledger.headers import Header, Rows, Vocabulary, best_header, letters, ranked
from ledger.headings import CLUE_COLUMNS, LEDGER_COLUMNS, NOT_READ, Column, normal, vocabulary
from ledger.problems import Finding, Place, Problem, Severity, problem

COLUMN_MISSING: Final = Finding(
    "column_missing",
    Severity.ERROR,
    "缺少“{heading}”一列。找到的表头：{found}。可用的列名：{accepted}。"
    "请补上这一列；如果这张表不是台账，请从文件中移出",
    "the column “{heading}” is missing. Headings found: {found}. Accepted: {accepted}. "
    "Add the column, or take this sheet out of the file if it is no ledger",
)
HEADING_TWICE: Final = Finding(
    "heading_twice",
    Severity.ERROR,
    "“{first}”（{first_column}列）和“{second}”（{second_column}列）是同一项内容，请只保留一列",
    "“{first}” (column {first_column}) and “{second}” (column {second_column}) "
    "mean the same; keep one column",
)
COLUMNS_NOT_READ: Final = Finding(
    "columns_not_read",
    Severity.WARNING,
    "以下各列不认识，没有读入：{headings}。需要读入的，请改用可用的列名",
    "these columns are not known and were not read: {headings}. "
    "To have one read, use an accepted heading",
)

_LEDGER: Final = vocabulary(LEDGER_COLUMNS)
_CLUES: Final = vocabulary(CLUE_COLUMNS)
_LEDGER_NEEDS: Final = (
    *((Column.NUMBER,), (Column.TITLE,), (Column.PROPOSERS,), (Column.FORM,)),
    *((Column.LEAD, Column.SOLE, Column.SPLIT), (Column.DISPATCHED,)),
)
_CLUES_NEED: Final = tuple((column,) for column in CLUE_COLUMNS[:4])
_TELLS_OF_CLUES: Final = frozenset({"线索编号", "线索号", *Column.CLUE_TITLE.headings})
_ENOUGH_FOR_A_LEDGER: Final = 3
_ENOUGH_FOR_CLUES: Final = 2


class Kind(Enum):
    """What a table lists."""

    PROPOSALS = auto()
    CLUES = auto()


@dataclass(frozen=True)
class Table:
    """A table of ours. With an error among its problems none of its rows can be read."""

    kind: Kind
    header: Header
    problems: tuple[Problem, ...]


def find_table(sheet: str, rows: Rows) -> Table | None:
    """The table of a sheet, or nothing when the sheet lists neither proposals nor clues."""
    proposals, clues = best_header(rows, _LEDGER), best_header(rows, _CLUES)
    if proposals and {Column.NUMBER, Column.TITLE} <= proposals.columns.keys():
        return _table(Kind.PROPOSALS, sheet, proposals)
    if clues and _tells_of_clues(clues):
        return _table(Kind.CLUES, sheet, clues)
    if proposals and _looks_like_a_ledger(proposals):
        return _table(Kind.PROPOSALS, sheet, proposals)
    return None


def needed_columns() -> str:
    """What a table of proposals must have, for a message."""
    return "、".join("或".join(column.heading for column in some) for some in _LEDGER_NEEDS)


def _tells_of_clues(header: Header) -> bool:
    told = any(normal(heading) in _TELLS_OF_CLUES for heading in header.headings.values())
    return told and len(header.columns) >= _ENOUGH_FOR_CLUES


def _looks_like_a_ledger(header: Header) -> bool:
    named = header.columns.keys() & {Column.NUMBER, Column.TITLE}
    return bool(named) and len(header.columns) >= _ENOUGH_FOR_A_LEDGER


def _table(kind: Kind, sheet: str, header: Header) -> Table:
    needs = _LEDGER_NEEDS if kind is Kind.PROPOSALS else _CLUES_NEED
    words = _LEDGER if kind is Kind.PROPOSALS else _CLUES
    problems = (
        *_missing(sheet, header, needs),
        *_twice(sheet, header, words),
        *_not_read(sheet, header, words),
    )
    return Table(kind, header, problems)


def _missing(
    sheet: str, header: Header, needs: tuple[tuple[Column, ...], ...]
) -> Iterator[Problem]:
    found = "、".join(header.headings.values())
    for some in needs:
        if not header.columns.keys() & set(some):
            heading = "或".join(column.heading for column in some)
            facts = {
                "heading": heading,
                "found": found,
                "accepted": "、".join(column.accepted for column in some),
            }
            yield problem(COLUMN_MISSING, Place(sheet, header.row, heading), facts)


def _twice(sheet: str, header: Header, words: Vocabulary) -> Iterator[Problem]:
    for column, at in ranked(header.headings, words):
        chosen = header.columns[column]
        if at != chosen and not _stands_aside(header.headings[at], column):
            place = Place(sheet, header.row, header.headings[at], f"{letters(at)}{header.row}")
            facts = {
                "first": header.headings[chosen],
                "first_column": letters(chosen),
                "second": header.headings[at],
                "second_column": letters(at),
            }
            yield problem(HEADING_TWICE, place, facts)


def _stands_aside(heading: str, column: Column) -> bool:
    """A running number beside the proper number is not a second number."""
    numbers = {Column.NUMBER, Column.CLUE_NUMBER}
    return column in numbers and normal(heading) in {"编号", "序号"}


def _not_read(sheet: str, header: Header, words: Vocabulary) -> Iterator[Problem]:
    unknown = [
        heading
        for heading in header.headings.values()
        if normal(heading) not in words and normal(heading) not in NOT_READ
    ]
    if unknown:
        place = Place(sheet, header.row)
        yield problem(COLUMNS_NOT_READ, place, {"headings": "、".join(unknown)})
