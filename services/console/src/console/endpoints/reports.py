"""What intake says of a ledger: its counts, and its problems put together for reading."""

from dataclasses import dataclass

from console.endpoints.answers import Answered

PLACES_SHOWN = 20
PROBLEMS_SHOWN = 200


class LedgerProblem(Answered):
    """Something in a ledger that is wrong or doubtful, with the place where it stands."""

    severity: str
    code: str = ""
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None
    message: str
    message_en: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    @property
    def likeness(self) -> tuple[str | None, ...]:
        """What two problems share that a reader takes for the same one in different rows."""
        return (self.severity, self.code, self.sheet, self.column, self.message)


@dataclass(frozen=True)
class ProblemGroup:
    """The same problem in one row or in several."""

    first: LedgerProblem
    rows: tuple[int, ...]
    size: int

    @property
    def rows_shown(self) -> tuple[int, ...]:
        return self.rows[:PLACES_SHOWN]


class LedgerReport(Answered):
    """What a ledger holds, compared with the log; and what was written, if anything."""

    ledger_name: str
    sha256: str
    checked_only: bool
    total_rows: int
    new_rows: int
    unchanged_rows: int
    different_rows: int
    clues_new: int = 0
    clues_unchanged: int = 0
    problems: tuple[LedgerProblem, ...] = ()
    written: bool = False
    message: str = ""
    message_en: str = ""

    @property
    def error_count(self) -> int:
        return sum(1 for problem in self.problems if problem.is_error)

    @property
    def warning_count(self) -> int:
        return len(self.problems) - self.error_count

    @property
    def skipped_rows(self) -> int:
        """After an import: the rows that are not in the log."""
        return max(self.total_rows - self.new_rows - self.unchanged_rows, 0)

    @property
    def groups_shown(self) -> tuple[ProblemGroup, ...]:
        """The problems that fit on a page, errors first, equal ones put together."""
        return self._groups[:PROBLEMS_SHOWN]

    @property
    def problems_left_out(self) -> int:
        return sum(group.size for group in self._groups[PROBLEMS_SHOWN:])

    @property
    def _groups(self) -> tuple[ProblemGroup, ...]:
        alike: dict[tuple[str | None, ...], list[LedgerProblem]] = {}
        for problem in sorted(self.problems, key=lambda each: not each.is_error):
            alike.setdefault(problem.likeness, []).append(problem)
        return tuple(
            ProblemGroup(
                first=problems[0],
                rows=tuple(each.row for each in problems if each.row is not None),
                size=len(problems),
            )
            for problems in alike.values()
        )
