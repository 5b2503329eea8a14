"""One row of a table while it is read: its cells by column, and what was found wrong with it."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from ledger.cells import Cell, plain
from ledger.headers import Header
from ledger.headings import Column
from ledger.problems import Finding, Misread, Place, Problem, Severity, problem

CELL_EMPTY: Final = Finding(
    "cell_empty",
    Severity.ERROR,
    "不能为空，请填写",
    "must not be empty; fill it in",
)
TOO_LONG: Final = Finding(
    "too_long",
    Severity.ERROR,
    "内容过长：每项不超过{most}字，每格不超过{most}项",
    "this is too long: an entry has at most {most} characters, a cell at most {most} entries",
)
MOST_CHARACTERS: Final = 200
Value = TypeVar("Value")


class Record:
    """The cells of one row. A cell that cannot be read becomes a problem, not an exception.

    `years` are those that the dates of the row lie in, as far as they were checked.
    """

    def __init__(self, sheet: str, row: int, header: Header, cells: Sequence[Cell]) -> None:
        self.sheet = sheet
        self.row = row
        self._header = header
        self._cells = cells
        self.problems: list[Problem] = []
        self.years: set[int] = set()

    @property
    def is_good(self) -> bool:
        return all(found.severity is not Severity.ERROR for found in self.problems)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the columns that are read, whatever others hold."""
        return not any(self.shown(column) for column in self._header.columns)

    @property
    def first_shown(self) -> str:
        """The leftmost words of the row, also in a column that is not read."""
        return next((words for cell in self._cells if (words := _shown(cell))), "")

    def shown(self, column: Column) -> str:
        return _shown(self.cell(column))

    def cell(self, column: Column) -> Cell:
        position = self._header.columns.get(column)
        return "" if position is None or position >= len(self._cells) else self._cells[position]

    def read(self, column: Column, parse: Callable[[Cell], Value | None]) -> Value | None:
        """What the cell says; nothing when it is empty or cannot be read."""
        try:
            value = parse(self.cell(column))
            if column is not Column.REMARK:
                _check_length(value)
        except Misread as misread:
            self.report(misread.finding, column, **misread.facts)
            return None
        return value

    def peek(self, column: Column, parse: Callable[[Cell], Value | None]) -> Value | None:
        """As `read`, but a cell that cannot be read is no problem here."""
        try:
            return parse(self.cell(column))
        except Misread:
            return None

    def require(self, column: Column, parse: Callable[[Cell], Value | None]) -> Value | None:
        """As `read`, but an empty cell is a problem too."""
        before = len(self.problems)
        value = self.read(column, parse)
        if not value and len(self.problems) == before:
            self.report(CELL_EMPTY, column)
        return value

    def first_known(self, columns: Sequence[Column]) -> Column:
        """The first of these columns that the table has."""
        known = (column for column in columns if column in self._header.columns)
        return next(known, columns[0])

    def place(self, column: Column) -> Place:
        return self._header.place(self.sheet, self.row, column)

    def report(self, finding: Finding, column: Column | None = None, /, **facts: object) -> None:
        place = self.place(column) if column else Place(self.sheet, self.row)
        self.problems.append(problem(finding, place, facts))


def _shown(cell: Cell) -> str:
    try:
        return plain(cell)
    except Misread as misread:
        return str(misread.facts["written"])


def _check_length(value: object) -> None:
    """Names, titles and numbers are lines; a command takes none that is longer."""
    entries = value if isinstance(value, tuple) else (value,)
    longest = max((len(entry) for entry in entries if isinstance(entry, str)), default=0)
    if max(longest, len(entries)) > MOST_CHARACTERS:
        raise Misread(TOO_LONG, most=MOST_CHARACTERS)
