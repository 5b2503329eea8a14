"""Finding the header of a table: the row, among the first ones, that knows most headings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ledger.cells import Cell, text
from ledger.headings import OTHERWISE, Column, normal
from ledger.problems import Misread, Place

HEADER_WITHIN: Final = 20
Rows = Sequence[Sequence[Cell]]
Vocabulary = Mapping[str, tuple[Column, int]]


@dataclass(frozen=True)
class Header:
    """A header row, or two of them when group headings such as 三见面 stand above others."""

    row: int
    depth: int
    columns: Mapping[Column, int]
    headings: Mapping[int, str]

    def place(self, sheet: str, row: int, column: Column) -> Place:
        position = self.columns.get(column)
        if position is None:
            return Place(sheet, row, column.heading)
        return Place(sheet, row, self.headings[position], f"{letters(position)}{row}")


def best_header(rows: Rows, words: Vocabulary) -> Header | None:
    candidates = [_header(rows, index, words) for index in range(min(len(rows), HEADER_WITHIN))]
    best = max(candidates, key=lambda header: len(header.columns), default=None)
    return best if best and best.columns else None


def headings_of(rows: Rows) -> tuple[str, ...]:
    """What the fullest of the first rows says, for a message about a sheet without a header."""
    written = (tuple(_written(row).values()) for row in rows[:HEADER_WITHIN])
    return max(written, key=len, default=())


def letters(position: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    above, last = divmod(position, 26)
    return (letters(above - 1) if above else "") + chr(ord("A") + last)


def ranked(headings: Mapping[int, str], words: Vocabulary) -> Iterator[tuple[Column, int]]:
    """The known columns and their positions, the properest heading of each column first.

    A heading of two meanings has its second one where its first has been told already.
    """
    known = {at: words[normal(heading)] for at, heading in headings.items() if _is(heading, words)}
    told: set[Column] = set()
    for at in sorted(known, key=lambda at: (known[at][1], at)):
        column = known[at][0]
        if column in told:
            column = OTHERWISE.get(normal(headings[at]), column)
        told.add(column)
        yield column, at


def _header(rows: Rows, index: int, words: Vocabulary) -> Header:
    headings = _written(rows[index])
    below = _headings_below(rows, index, words)
    joined = headings | below
    columns: dict[Column, int] = {}
    for column, at in ranked(joined, words):
        columns.setdefault(column, at)
    return Header(index + 1, 2 if below else 1, columns, joined)


def _headings_below(rows: Rows, index: int, words: Vocabulary) -> dict[int, str]:
    known_here = sum(_is(heading, words) for heading in _written(rows[index]).values())
    if known_here < 2 or index + 1 >= len(rows):  # noqa: PLR2004 - a title above is one cell
        return {}
    below = _written(rows[index + 1])
    return below if all(_is(heading, words) for heading in below.values()) else {}


def _is(heading: str, words: Vocabulary) -> bool:
    return normal(heading) in words


def _written(row: Sequence[Cell]) -> dict[int, str]:
    return {at: shown for at, cell in enumerate(row) if (shown := _shown(cell))}


def _shown(cell: Cell) -> str:
    try:
        return text(cell)
    except Misread:
        return ""
