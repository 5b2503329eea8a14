"""Limits follow the calendar: what an adopted notice moves, and what was dispatched past it."""

from collections.abc import Awaitable, Callable
from functools import partial

from assignment.commands import MoveDueDate, MoveEarlyLimits
from assignment.projections.calendars import (
    EarlyMove,
    LimitMoves,
    Move,
    moves_under,
)
from contracts.assignment import (
    CALENDAR_STREAM,
    AssignmentDispatched,
    CaseReopened,
    HolidayNoticeAdopted,
)
from contracts.command import Command
from contracts.working_days import WorkingCalendar
from eventlog import EventLog
from hosting.as_of import Asked, Views
from hosting.calendars import calendar_in_force, calendars_adopted
from hosting.reacting import Occasion, Reaction
from hosting.rulebooks import adopted_rulebook

NEVER_ADOPTED = 0

Moves = Callable[[EventLog, str, int], Awaitable[tuple[WorkingCalendar, LimitMoves]]]


def moves_as_of(views: Views, shipped: WorkingCalendar) -> Moves:
    """What the calendar of a log position moves in the cases of that position.

    It is the same whenever it is asked: what follows from an event is numbered, and a reaction
    that is repeated after a crash, when some limits have moved already, has to number it alike.
    """

    async def moves(
        log: EventLog, district: str, position: int
    ) -> tuple[WorkingCalendar, LimitMoves]:
        rulebook_of = partial(adopted_rulebook, log, district, until=position)
        earlier = await calendars_adopted(log, district, shipped, until=position - 1)
        calendar = await calendar_in_force(log, district, shipped, until=position)
        async with views.of(district, Asked(as_of=str(position))) as view:
            return calendar, await moves_under(view.source, calendar, rulebook_of, earlier)

    return moves


def when_a_notice_is_adopted(moves: Moves) -> Reaction:
    """The adoption is one event; the limits move because of it, each once.

    Deadlines come first, as they did before early limits moved too: that keeps their numbers.
    """

    async def react(event: HolidayNoticeAdopted, occasion: Occasion) -> list[Command]:
        at = occasion.recorded.position
        calendar, moved = await moves(occasion.log, occasion.district, at)
        return _commands(moved, calendar, occasion)

    return react


def when_a_case_is_dispatched(moves: Moves) -> Reaction:
    """A limit that was computed before a notice was adopted, and recorded after it, moves too."""

    async def react(event: AssignmentDispatched, occasion: Occasion) -> list[Command]:
        if event.calendar_version is None:
            return []
        if await _newest_version(occasion) <= event.calendar_version:
            return []
        return await _moved_in(event.proposal_id, moves, occasion, unit=event.unit)

    return react


def when_a_case_goes_on(moves: Moves) -> Reaction:
    """No notice moves a limit in a case that has ended; what was adopted meanwhile moves them now."""

    async def react(event: CaseReopened, occasion: Occasion) -> list[Command]:
        if await _newest_version(occasion) == NEVER_ADOPTED:
            return []
        return await _moved_in(event.proposal_id, moves, occasion)

    return react


async def _newest_version(occasion: Occasion) -> int:
    """The version of the calendar by the notice that was adopted last before this."""
    adopted = await occasion.log.read_stream(occasion.district, CALENDAR_STREAM)
    before = (each for each in adopted if each.position < occasion.recorded.position)
    return max((each.data["version"] for each in before), default=NEVER_ADOPTED)


async def _moved_in(
    proposal_id: str, moves: Moves, occasion: Occasion, unit: str | None = None
) -> list[Command]:
    """What moves in one case, in one unit's part where that is named."""
    calendar, moved = await moves(occasion.log, occasion.district, occasion.recorded.position)

    def concerned(move: Move | EarlyMove) -> bool:
        return move.proposal_id == proposal_id and unit in {None, move.unit}

    its_own = LimitMoves(
        due=tuple(filter(concerned, moved.due)), early=tuple(filter(concerned, moved.early))
    )
    return _commands(its_own, calendar, occasion)


def _commands(moved: LimitMoves, calendar: WorkingCalendar, occasion: Occasion) -> list[Command]:
    return [
        *(_command(move, calendar, occasion) for move in moved.due),
        *(_early_command(move, calendar, occasion) for move in moved.early),
    ]


def _command(move: Move, calendar: WorkingCalendar, occasion: Occasion) -> MoveDueDate:
    return MoveDueDate(
        at=occasion.recorded.happened_at,
        proposal_id=move.proposal_id,
        unit=move.unit,
        was_due_on=move.was_due_on,
        due_on=move.due_on,
        provisional=move.provisional,
        calendar_version=calendar.version,
    )


def _early_command(
    move: EarlyMove, calendar: WorkingCalendar, occasion: Occasion
) -> MoveEarlyLimits:
    return MoveEarlyLimits(
        at=occasion.recorded.happened_at,
        proposal_id=move.proposal_id,
        unit=move.unit,
        was_sign_by=move.was_sign_by,
        sign_by=move.sign_by,
        was_return_until=move.was_return_until,
        return_until=move.return_until,
        calendar_version=calendar.version,
    )
