"""What intake says of a ledger: its counts, and its problems put together for reading."""

from dataclasses import dataclass

from ledger import LedgerReport
from ledger.problems import Problem, Severity

PLACES_SHOWN = 20
PROBLEMS_SHOWN = 200


@dataclass(frozen=True)
class ProblemGroup:
    """The same problem in one row or in several."""

    first: Problem
    rows: tuple[int, ...]
    size: int

    @property
    def rows_shown(self) -> tuple[int, ...]:
        return self.rows[:PLACES_SHOWN]


class ShownReport(LedgerReport):
    """A ledger's report, with its problems as a page shows them."""

    @property
    def warning_count(self) -> int:
        return len(self.problems) - self.error_count

    @property
    def skipped_rows(self) -> int:
        """After an import: the rows that are not in the log."""
        logged = self.new_rows + self.continued_rows + self.unchanged_rows
        return max(self.total_rows - logged, 0)

    @property
    def groups_shown(self) -> tuple[ProblemGroup, ...]:
        """The problems that fit on a page, errors first, equal ones put together."""
        return self._groups[:PROBLEMS_SHOWN]

    @property
    def problems_left_out(self) -> int:
        return sum(group.size for group in self._groups[PROBLEMS_SHOWN:])

    @property
    def _groups(self) -> tuple[ProblemGroup, ...]:
        alike: dict[tuple[str | None, ...], list[Problem]] = {}
        for problem in sorted(self.problems, key=lambda each: each.severity is not Severity.ERROR):
            alike.setdefault(_likeness(problem), []).append(problem)
        return tuple(
            ProblemGroup(
                first=problems[0],
                rows=tuple(each.row for each in problems if each.row is not None),
                size=len(problems),
            )
            for problems in alike.values()
        )


def _likeness(problem: Problem) -> tuple[str | None, ...]:
    """What two problems share that a reader takes for the same one in different rows."""
    return (problem.severity, problem.code, problem.sheet, problem.column, problem.message)
