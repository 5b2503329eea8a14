"""The calendar that a district has adopted, and the deadlines that it moves, out of the rows."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from pydantic import BaseModel

from assignment.projections.reading import CaseView, PartView, cases_of_year
from assignment.projections.rows import FILES, NOTICES
from contracts.assignment import Break
from contracts.limits import Limit
from contracts.rulebook import Rulebook
from contracts.vocabulary import Role
from contracts.working_days import Holiday, LastDay, Notice, WorkingCalendar
from eventlog.readmodels import Source

OPEN = frozenset({"dispatched", "handling"})

RulebookOf = Callable[[int], Awaitable[Rulebook | None]]


class Move(BaseModel):
    """A deadline that a notice moves, or makes certain."""

    proposal_id: str
    number: str | None
    title: str = ""
    unit: str
    was_due_on: date
    due_on: date
    was_provisional: bool
    provisional: bool


async def calendar_of(source: Source, shipped: WorkingCalendar) -> WorkingCalendar:
    """The shipped calendar with the notices that were adopted; its version is that of the latest."""
    rows = sorted(await source.rows(NOTICES), key=lambda each: each.version)
    calendar = shipped
    for row in rows:
        holidays = [Break.model_validate(each) for each in row.holidays]
        worked = [date.fromisoformat(day) for day in row.worked]
        calendar = calendar.with_notice(row.year, notice_of(row.source, holidays, worked))
    version = max([shipped.version, *(row.version for row in rows)])
    return calendar.model_copy(update={"version": version})


def notice_of(source: str, holidays: Sequence[Break], worked: Sequence[date]) -> Notice:
    """Raises pydantic.ValidationError."""
    breaks = tuple(Holiday(name=each.name, first=each.first, last=each.last) for each in holidays)
    return Notice(source=source, holidays=breaks, worked=tuple(worked))


async def moves_under(
    source: Source, calendar: WorkingCalendar, rulebook_of: RulebookOf
) -> list[Move]:
    """Every deadline that is another one under this calendar, in the order of years and cases."""
    moves: list[Move] = []
    for year in sorted({file.year for file in await source.rows(FILES)}):
        rulebook = await rulebook_of(year)
        if rulebook is not None:
            for case in await cases_of_year(source, year):
                moves += _moves_in(case, rulebook, calendar)
    return moves


def _moves_in(case: CaseView, rulebook: Rulebook, calendar: WorkingCalendar) -> list[Move]:
    moves = []
    for part in case.assignments:
        due = _recomputed(case, part, rulebook, calendar)
        if due is not None and (due.on, due.provisional) != (part.due_on, part.provisional):
            moves.append(
                Move(
                    proposal_id=case.proposal_id,
                    number=case.number,
                    title=case.title,
                    unit=part.unit,
                    was_due_on=part.due_on,
                    due_on=due.on,
                    was_provisional=part.provisional,
                    provisional=due.provisional,
                )
            )
    return moves


def _recomputed(
    case: CaseView, part: PartView, rulebook: Rulebook, calendar: WorkingCalendar
) -> LastDay | None:
    """The deadline anew, where its own rule counts working days and nothing else has moved it.

    Not past the upper level's limit, which no notice moves from here.
    """
    is_moved = part.first_due_on is not None and part.first_due_on != part.due_on
    if part.state not in OPEN or case.ended_reason is not None or is_moved:
        return None
    limit = next(
        (
            limit
            for limit, key in _limits_of(rulebook, Role(part.role))
            if part.due_rule == f"{rulebook.id}/{key}"
        ),
        None,
    )
    if limit is None or limit.working_days is None:
        return None
    due, above = limit.last_day(part.dispatched_on, calendar), case.handed_down
    if above is not None and part.due_on <= above.due_on:
        return LastDay(min(due.on, above.due_on), due.provisional)
    return due


def _limits_of(rulebook: Rulebook, role: Role) -> list[tuple[Limit, str]]:
    special = rulebook.limits.special
    numbered = [(limit, f"limits.special.{n}") for n, limit in enumerate(special, start=1)]
    return [(rulebook.limits.of(role), f"limits.{role}"), *numbered]
