"""The rules for supervision: steps of the rulebook that are reached, and chasing by people."""

from assignment.commands import ChaseUnit, RaiseAlert
from assignment.decisions.dates import CHASING, DISPATCH, not_before, not_in_future
from assignment.decisions.standing import AssignmentReturned, part_of
from assignment.state import (
    Assignment,
    AwaitingSignature,
    Dispatched,
    InHandling,
    Returned,
)
from contracts.assignment import (
    AssignmentServiceEvent,
    RedCardIssued,
    ReminderDue,
    UnitChased,
    WarningIssued,
    YellowCardIssued,
)
from contracts.vocabulary import AlertLevel, Duty

EVENTS: dict[AlertLevel, type[ReminderDue | WarningIssued | YellowCardIssued | RedCardIssued]] = {
    AlertLevel.REMINDER: ReminderDue,
    AlertLevel.WARNING: WarningIssued,
    AlertLevel.YELLOW: YellowCardIssued,
    AlertLevel.RED: RedCardIssued,
}


def raise_alert(command: RaiseAlert, case: Dispatched) -> list[AssignmentServiceEvent]:
    """Once for each step and deadline, and only while the duty is not done."""
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
    return [event] if owes(part, case, command.duty) else []


def chase(command: ChaseUnit, case: Dispatched) -> list[AssignmentServiceEvent]:
    """Also after the answer: a return visit looks whether it was kept."""
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
    not_in_future(CHASING, command.chased_on, command.at)
    not_before(CHASING, command.chased_on, DISPATCH, part.given.dispatched_on)
    return [chased]


def owes(part: Assignment, case: Dispatched, duty: Duty) -> bool:
    """Whether the unit has still to do it, and its clock runs."""
    if part.suspended is not None and part.resumed is None:
        return False
    is_open = isinstance(part.stage, (AwaitingSignature, InHandling))
    match duty:
        case Duty.SIGNING:
            return isinstance(part.stage, AwaitingSignature)
        case Duty.OPINION:
            return is_open and part.owes_an_opinion
        case Duty.REPLY:
            return is_open and part.role.answers_the_proposer and not part.replies
        case Duty.COMMITMENT:
            open_ones = [each for each in case.commitments_of(part.unit) if each.is_open]
            return bool(open_ones) and not isinstance(part.stage, Returned)
