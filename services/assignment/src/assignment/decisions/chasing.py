"""The rules for supervision: steps of the rulebook that are reached, and chasing by people."""

from collections.abc import Iterator
from typing import ClassVar

from assignment.commands import ChaseUnit, RaiseAlert
from assignment.decisions.dates import CHASING, DISPATCH, not_before, not_in_future
from assignment.decisions.standing import AssignmentReturned, part_of
from assignment.state import (
    Assignment,
    AwaitingSignature,
    Dispatched,
    InHandling,
    OpenLimit,
    Owing,
    Returned,
    open_limits,
)
from contracts.assignment import (
    AssignmentServiceEvent,
    RedCardIssued,
    ReminderDue,
    UnitChased,
    WarningIssued,
    YellowCardIssued,
)
from contracts.refusal import Refused
from contracts.vocabulary import AlertLevel, ChasingManner


class NothingToChase(Refused):
    """“{unit}”承办的这一件已经办完，没有未了的事项，不再催办。要了解答复落实得怎样，催办方式请选“回访复核”。"""

    english: ClassVar[str] = (
        "{unit} has done its part of this case and owes nothing, so it is not chased any more. To see"
        " what became of the answer, record a return visit."
    )


EVENTS: dict[AlertLevel, type[ReminderDue | WarningIssued | YellowCardIssued | RedCardIssued]] = {
    AlertLevel.REMINDER: ReminderDue,
    AlertLevel.WARNING: WarningIssued,
    AlertLevel.YELLOW: YellowCardIssued,
    AlertLevel.RED: RedCardIssued,
}


def raise_alert(command: RaiseAlert, case: Dispatched) -> list[AssignmentServiceEvent]:
    """Once for each step and deadline, and only while that deadline holds and the duty is not done."""
    part = part_of(case, command.unit)
    event = EVENTS[command.level](
        proposal_id=command.proposal_id,
        unit=command.unit,
        duty=command.duty,
        rule=command.rule,
        due_on=command.due_on,
        raised_on=command.raised_on,
    )
    raised = {(each.duty, each.rule, each.due_on) for each in part.alerts}
    if (command.duty, command.rule, command.due_on) in raised:
        return []
    holds = any(
        (limit.duty, limit.due_on) == (command.duty, command.due_on)
        and command.rule.endswith(limit.suffix)
        for limit in limits_of(part, case)
    )
    return [event] if holds else []


def chase(command: ChaseUnit, case: Dispatched) -> list[AssignmentServiceEvent]:
    """While something is owed; after that only a return visit, which looks what became of it."""
    part = part_of(case, command.unit)
    chased = UnitChased(
        proposal_id=command.proposal_id,
        unit=command.unit,
        manner=command.manner,
        chased_on=command.chased_on,
        note=command.note,
    )
    if chased in part.chasings:
        return []
    if isinstance(part.stage, Returned):
        raise AssignmentReturned(unit=part.unit, granted_on=part.stage.granted_on)
    if command.manner is not ChasingManner.RETURN_VISIT and not _owes_anything(part, case):
        raise NothingToChase(unit=part.unit)
    not_in_future(CHASING, command.chased_on, command.at)
    not_before(CHASING, command.chased_on, DISPATCH, part.given.dispatched_on)
    return [chased]


def _owes_anything(part: Assignment, case: Dispatched) -> bool:
    """Whether an answer, an opinion or what an answer promised is still to come."""
    is_open = isinstance(part.stage, (AwaitingSignature, InHandling)) and part.waiver is None
    return is_open or any(each.is_open for each in case.commitments_of(part.unit))


def limits_of(part: Assignment, case: Dispatched) -> Iterator[OpenLimit]:
    """What the unit has still to do, and by when, while its clock runs."""
    return open_limits(
        Owing(
            role=part.role,
            is_signed=not isinstance(part.stage, AwaitingSignature),
            is_open=isinstance(part.stage, (AwaitingSignature, InHandling)),
            is_returned=isinstance(part.stage, Returned),
            stands_still=part.suspended is not None and part.resumed is None,
            has_given_opinion=part.opinion_given_on is not None or part.waiver is not None,
            has_answered=bool(part.replies),
            sign_by=part.sign_by,
            due_on=part.due_on,
            commitments=[
                (each.made.commitment, each.due_on)
                for each in case.commitments_of(part.unit)
                if each.is_open
            ],
        )
    )
