"""Deadlines follow the calendar: what an adopted notice moves, and what was dispatched past it."""

from collections.abc import Awaitable, Callable
from functools import partial

from assignment.commands import MoveDueDate
from assignment.projections.calendars import Move, calendar_of, moves_under
from contracts.assignment import CALENDAR_STREAM, AssignmentDispatched, HolidayNoticeAdopted
from contracts.command import Command
from contracts.working_days import WorkingCalendar
from eventlog import EventLog
from hosting.as_of import Asked, Views
from hosting.reacting import Occasion, Reaction
from hosting.rulebooks import adopted_rulebook

Moves = Callable[[EventLog, str, int], Awaitable[tuple[WorkingCalendar, list[Move]]]]


def moves_as_of(views: Views, shipped: WorkingCalendar) -> Moves:
    """What the calendar of a log position moves in the cases of that position.

    It is the same whenever it is asked: what follows from an event is numbered, and a reaction
    that is repeated after a crash, when some deadlines have moved already, has to number it alike.
    """

    async def moves(
        log: EventLog, district: str, position: int
    ) -> tuple[WorkingCalendar, list[Move]]:
        rulebook_of = partial(adopted_rulebook, log, district, until=position)
        async with views.of(district, Asked(as_of=str(position))) as view:
            calendar = await calendar_of(view.source, shipped)
            return calendar, await moves_under(view.source, calendar, rulebook_of)

    return moves


def when_a_notice_is_adopted(moves: Moves) -> Reaction:
    """The adoption is one event; the deadlines move because of it, each once."""

    async def react(event: HolidayNoticeAdopted, occasion: Occasion) -> list[Command]:
        at = occasion.recorded.position
        calendar, moved = await moves(occasion.log, occasion.district, at)
        return [_command(move, calendar, occasion) for move in moved]

    return react


def when_a_case_is_dispatched(moves: Moves) -> Reaction:
    """A deadline that was computed before a notice was adopted, and recorded after it, moves too."""

    async def react(event: AssignmentDispatched, occasion: Occasion) -> list[Command]:
        if event.calendar_version is None:
            return []
        at = occasion.recorded.position
        adopted = await occasion.log.read_stream(occasion.district, CALENDAR_STREAM)
        newest = max((each.data["version"] for each in adopted if each.position < at), default=0)
        if newest <= event.calendar_version:
            return []
        calendar, moved = await moves(occasion.log, occasion.district, at)
        return [
            _command(move, calendar, occasion)
            for move in moved
            if (move.proposal_id, move.unit) == (event.proposal_id, event.unit)
        ]

    return react


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
