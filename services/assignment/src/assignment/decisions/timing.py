"""The rules for time that stands still or runs again, and for limits that a new calendar moves."""

from datetime import date, timedelta
from typing import ClassVar

from assignment.commands import MoveDueDate, MoveEarlyLimits, ResumeHandling, SuspendHandling
from assignment.decisions.dates import (
    BEGINNING,
    DISPATCH,
    RESUMPTION,
    SUSPENSION,
    not_before,
    not_in_future,
)
from assignment.decisions.standing import (
    AlreadyAnswered,
    AlreadyClosed,
    AssignmentReturned,
    part_of,
    reasoned,
)
from assignment.state import (
    Answered,
    Assignment,
    AwaitingSignature,
    Closed,
    Dispatched,
    InHandling,
    ReturnAsked,
    Returned,
)
from contracts.assignment import (
    AssignmentServiceEvent,
    DueDateMoved,
    EarlyLimitsMoved,
    HandlingResumed,
    HandlingSuspended,
)
from contracts.deadlines import BY_UPPER_LEVEL
from contracts.refusal import Refused
from contracts.vocabulary import EscalationStep


class AlreadySuspended(Refused):
    """“{unit}”已于{suspended_on}中止办理。请先恢复办理。"""

    english: ClassVar[str] = "{unit} has stood still since {suspended_on}. Resume handling first."


class NotSuspended(Refused):
    """“{unit}”没有中止办理，不需要恢复。"""

    english: ClassVar[str] = "{unit} does not stand still; there is nothing to resume. Go on."


class StandsStill(Refused):
    """“{unit}”自{suspended_on}起中止办理。请先由督查室恢复办理。"""

    english: ClassVar[str] = (
        "{unit} has stood still since {suspended_on}. Let the supervision office resume it first."
    )


def suspend(command: SuspendHandling, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    suspended = HandlingSuspended(
        proposal_id=command.proposal_id,
        unit=command.unit,
        reason=command.reason,
        suspended_on=command.suspended_on,
    )
    if part.suspended == suspended and part.resumed is None:
        return []
    not_done(part)
    if part.suspended is not None and part.resumed is None:
        raise AlreadySuspended(unit=part.unit, suspended_on=part.suspended.suspended_on)
    reasoned(command.reason, "中止办理", "Letting the clock stand still")
    not_in_future(SUSPENSION, command.suspended_on, command.at)
    begun = part.stage.since if isinstance(part.stage, InHandling) else None
    not_before(SUSPENSION, command.suspended_on, DISPATCH, part.given.dispatched_on)
    not_before(SUSPENSION, command.suspended_on, BEGINNING, begun)
    if part.resumed is not None:
        not_before(SUSPENSION, command.suspended_on, RESUMPTION, part.resumed.resumed_on)
    return [suspended]


def resume(command: ResumeHandling, case: Dispatched) -> list[AssignmentServiceEvent]:
    """The deadline is later by the days that the clock stood still, unless an answer met it.

    Not past the upper level's limit, whose clock has not stood still. One that ran out before, while
    the deadline was past it already, holds nobody here.
    """
    part = part_of(case, command.unit)
    if part.resumed is not None and part.resumed.resumed_on == command.resumed_on:
        return []
    if isinstance(part.stage, Returned):
        raise AssignmentReturned(unit=part.unit, granted_on=part.stage.granted_on)
    if part.suspended is None or part.resumed is not None:
        raise NotSuspended(unit=part.unit)
    not_in_future(RESUMPTION, command.resumed_on, command.at)
    not_before(RESUMPTION, command.resumed_on, SUSPENSION, part.suspended.suspended_on)
    stood_still = command.resumed_on - part.suspended.suspended_on
    return [
        HandlingResumed(
            proposal_id=command.proposal_id,
            unit=command.unit,
            resumed_on=command.resumed_on,
            due_on=part.due_on if part.replies else _due_after(part, stood_still, command),
        )
    ]


def _due_after(part: Assignment, stood_still: timedelta, command: ResumeHandling) -> date:
    """The upper level may have handed the case down anew in between, under an earlier limit."""
    due_on, upper = part.due_on + stood_still, command.upper_due_on
    if upper is not None and (part.due_on <= upper or command.resumed_on <= upper):
        return min(due_on, upper)
    return part.due_on if part.given.due_rule == BY_UPPER_LEVEL else due_on


def move_due_date(command: MoveDueDate, case: Dispatched) -> list[AssignmentServiceEvent]:
    """Nothing to move where the work is done, or something else has moved the deadline since."""
    part = part_of(case, command.unit)
    is_open = isinstance(part.stage, (AwaitingSignature, InHandling))
    if part.replies or not is_open or part.due_on != command.was_due_on:
        return []
    was_provisional = part.given.provisional if part.provisional is None else part.provisional
    if command.due_on == part.due_on and command.provisional == was_provisional:
        return []
    return [
        DueDateMoved(
            proposal_id=command.proposal_id,
            unit=command.unit,
            due_on=command.due_on,
            was_due_on=command.was_due_on,
            provisional=command.provisional,
            calendar_version=command.calendar_version,
        )
    ]


def move_early_limits(command: MoveEarlyLimits, case: Dispatched) -> list[AssignmentServiceEvent]:
    """Each while it is open and still the day that was looked at; they stand or move apart."""
    part = part_of(case, command.unit)
    sign_by, return_until = part.sign_by, part.return_until
    is_unsigned = isinstance(part.stage, AwaitingSignature)
    if is_unsigned and sign_by == command.was_sign_by:
        sign_by = command.sign_by
    if _may_ask_to_leave(part) and return_until == command.was_return_until:
        return_until = command.return_until
    if (sign_by, return_until) == (part.sign_by, part.return_until):
        return []
    return [
        EarlyLimitsMoved(
            proposal_id=command.proposal_id,
            unit=command.unit,
            sign_by=sign_by,
            was_sign_by=part.sign_by,
            return_until=return_until,
            was_return_until=part.return_until,
            calendar_version=command.calendar_version,
        )
    ]


def clock_runs(part: Assignment) -> None:
    """Nothing final is done while handling is suspended."""
    if part.suspended is not None and part.resumed is None:
        raise StandsStill(unit=part.unit, suspended_on=part.suspended.suspended_on)


def not_done(part: Assignment) -> None:
    """Raises AlreadyAnswered, AlreadyClosed or AssignmentReturned."""
    match part.stage:
        case AwaitingSignature() | InHandling():
            return
        case Answered():
            raise AlreadyAnswered(unit=part.unit, issued_on=part.replies[-1].issued_on)
        case Closed():
            raise AlreadyClosed(unit=part.unit)
        case Returned(granted_on=granted_on):
            raise AssignmentReturned(unit=part.unit, granted_on=granted_on)


def _may_ask_to_leave(part: Assignment) -> bool:
    """Whether the unit may still ask to be released: it does not wait, and no leader has decided."""
    is_open = isinstance(part.stage, (AwaitingSignature, InHandling)) and not part.replies
    is_decided = part.wish is not None and part.step is EscalationStep.LEADER
    return is_open and not isinstance(part.wish, ReturnAsked) and not is_decided
