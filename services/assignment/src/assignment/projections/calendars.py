"""The limits of open cases that a calendar moves."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from assignment.projections.reading import CaseView, PartView, cases_of_year
from assignment.projections.rows import FILES
from contracts.deadlines import BY_HAND, BY_UPPER_LEVEL
from contracts.limits import Limit
from contracts.rulebook import Rulebook
from contracts.vocabulary import Role
from contracts.working_days import LastDay, WorkingCalendar
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


class EarlyMove(BaseModel):
    """Limits for signing and for asking to be released that a notice moves; one of them may stay."""

    proposal_id: str
    number: str | None
    title: str = ""
    unit: str
    was_sign_by: date | None
    sign_by: date | None
    was_return_until: date | None
    return_until: date | None


@dataclass(frozen=True)
class LimitMoves:
    """What a calendar moves, in the order of years and cases."""

    due: tuple[Move, ...]
    early: tuple[EarlyMove, ...]


async def moves_under(
    source: Source,
    calendar: WorkingCalendar,
    rulebook_of: RulebookOf,
    earlier: Sequence[WorkingCalendar],
) -> LimitMoves:
    """Every limit that is another one under this calendar.

    What was given goes on as it began though the rulebook was amended since: a limit moves where,
    under one of the `earlier` calendars, the rulebook gives the day that it has.
    """
    due: list[Move] = []
    early: list[EarlyMove] = []
    for year in sorted({file.year for file in await source.rows(FILES)}):
        rulebook = await rulebook_of(year)
        if rulebook is not None:
            for case in await cases_of_year(source, year):
                due += _moves_in(case, rulebook, calendar, earlier)
                early += _early_moves_in(case, rulebook, calendar, earlier)
    return LimitMoves(tuple(due), tuple(early))


def _moves_in(
    case: CaseView,
    rulebook: Rulebook,
    calendar: WorkingCalendar,
    earlier: Sequence[WorkingCalendar],
) -> list[Move]:
    moves = []
    for part in case.assignments:
        due = _recomputed(case, part, rulebook, calendar, earlier)
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


def _early_moves_in(
    case: CaseView,
    rulebook: Rulebook,
    calendar: WorkingCalendar,
    earlier: Sequence[WorkingCalendar],
) -> Iterator[EarlyMove]:
    """Of what is not signed for yet, and of what may still be returned and is not asked to be."""
    for part in case.assignments if case.ended_reason is None else ():
        if part.state not in OPEN or not _is_under(rulebook, part):
            continue
        sign_by, return_until = part.sign_by, part.return_until
        if part.state == "dispatched":
            sign_by = _early(rulebook.limits.signing, sign_by, part, calendar, earlier)
        if part.return_reason is None:
            return_until = _early(rulebook.limits.returning, return_until, part, calendar, earlier)
        if (sign_by, return_until) != (part.sign_by, part.return_until):
            yield EarlyMove(
                proposal_id=case.proposal_id,
                number=case.number,
                title=case.title,
                unit=part.unit,
                was_sign_by=part.sign_by,
                sign_by=sign_by,
                was_return_until=part.return_until,
                return_until=return_until,
            )


def _is_under(rulebook: Rulebook, part: PartView) -> bool:
    """Whether the part was given under this rulebook, as far as it says so."""
    named, _, key = part.due_rule.rpartition("/")
    return named == rulebook.id or (not named and key in {BY_HAND, BY_UPPER_LEVEL})


def _early(
    limit: Limit | None,
    was: date | None,
    part: PartView,
    calendar: WorkingCalendar,
    earlier: Sequence[WorkingCalendar],
) -> date | None:
    if limit is None or limit.working_days is None or was is None:
        return was
    begins_on = part.dispatched_on
    is_its_rule = any(limit.last_day(begins_on, each).on == was for each in earlier)
    return limit.last_day(begins_on, calendar).on if is_its_rule else was


def _recomputed(
    case: CaseView,
    part: PartView,
    rulebook: Rulebook,
    calendar: WorkingCalendar,
    earlier: Sequence[WorkingCalendar],
) -> LastDay | None:
    """The deadline anew, where its own rule counts working days and nothing else has moved it.

    A rulebook that was amended since may have another limit under the same name: it is the part's
    own only where it gives, under an `earlier` calendar, the day that stands.
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
    if not any(_due(limit, case, part, each).on == part.due_on for each in earlier):
        return None
    return _due(limit, case, part, calendar)


def _due(limit: Limit, case: CaseView, part: PartView, calendar: WorkingCalendar) -> LastDay:
    """Not past the upper level's limit, which no notice moves from here."""
    due, above = limit.last_day(part.dispatched_on, calendar), case.handed_down
    if above is not None and part.due_on <= above.due_on:
        return LastDay(min(due.on, above.due_on), due.provisional)
    return due


def _limits_of(rulebook: Rulebook, role: Role) -> list[tuple[Limit, str]]:
    special = rulebook.limits.special
    numbered = [(limit, f"limits.special.{n}") for n, limit in enumerate(special, start=1)]
    return [(rulebook.limits.of(role), f"limits.{role}"), *numbered]
