"""The problems of a ledger put together for reading: one entry per cause, however many cells have it."""

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.problems import Problem, Severity

PLACES_SHOWN = 20


@dataclass(frozen=True)
class ProblemGroup:
    """The same problem in one cell or in several of one sheet."""

    first: Problem
    rows: tuple[int, ...]
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    size: int

    @property
    def rows_shown(self) -> tuple[int, ...]:
        return self.rows[:PLACES_SHOWN]

    @property
    def cells_shown(self) -> tuple[str, ...]:
        """The cells, unless its rows and its one column say as much."""
        return self.cells[:PLACES_SHOWN] if self.size == 1 or len(self.columns) > 1 else ()


def grouped(problems: Iterable[Problem]) -> tuple[ProblemGroup, ...]:
    """Errors before warnings, those of one kind beside each other, and equal ones as one."""
    alike: dict[tuple[str | None, ...], list[Problem]] = {}
    for problem in _in_order(tuple(problems)):
        alike.setdefault(_likeness(problem), []).append(problem)
    return tuple(
        ProblemGroup(
            first=same[0],
            rows=tuple(dict.fromkeys(each.row for each in same if each.row is not None)),
            columns=tuple(dict.fromkeys(each.column for each in same if each.column)),
            cells=tuple(each.cell for each in same if each.cell),
            size=len(same),
        )
        for same in alike.values()
    )


def _in_order(problems: tuple[Problem, ...]) -> list[Problem]:
    kinds = list(dict.fromkeys(problem.code for problem in problems))
    places = {kind: place for place, kind in enumerate(kinds)}
    return sorted(
        problems, key=lambda each: (each.severity is not Severity.ERROR, places[each.code])
    )


def _likeness(problem: Problem) -> tuple[str | None, ...]:
    """What two problems share that a reader takes for the same one at different places."""
    said = problem.cause or problem.message
    return (problem.severity, problem.code, problem.sheet, said)
