"""The rules for a disputed return: the limit, leave to come late, and three steps to a decision."""

from typing import ClassVar

from assignment.commands import AllowLateReturn, EscalateReturn, RequestReturn
from assignment.decisions.dates import ESCALATION, REQUEST, not_before, not_in_future
from assignment.decisions.standing import (
    AssignmentReturned,
    nothing_delivered,
    part_of,
    reasoned,
)
from assignment.state import Assignment, Dispatched, ReturnAsked, Returned, ReturnKept
from contracts.assignment import AssignmentServiceEvent, LateReturnAllowed, ReturnEscalated
from contracts.refusal import Refused
from contracts.vocabulary import CHINA, EscalationStep

NEXT_STEP = {
    EscalationStep.OFFICE: EscalationStep.MEETING,
    EscalationStep.MEETING: EscalationStep.LEADER,
}


class ReturnTooLate(Refused):
    """申请退回的期限是{until}，现已超过。请继续办理；确有理由的，由督查室先批准逾期退回。"""

    english: ClassVar[str] = (
        "The limit for asking to be released was {until}. Go on handling, or have the supervision"
        " office allow a late request first."
    )


class NothingToAllow(Refused):
    """“{unit}”的退回申请没有逾期，不需要批准。请由该单位直接申请退回。"""

    english: ClassVar[str] = "{unit} is not too late to ask for its release; it may simply ask."


class NoDispute(Refused):
    """“{unit}”没有申请退回，没有可以提请裁定的争议。请先申请退回。"""

    english: ClassVar[str] = "{unit} has not asked to be released; there is nothing to dispute yet."


class LeaderHasDecided(Refused):
    """“{unit}”的退回争议已由区领导决定，不再变动。请继续办理。"""

    english: ClassVar[str] = (
        "A leader of the district has decided the dispute of {unit}. Go on handling the case."
    )


def allow_late(command: AllowLateReturn, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    if part.late_return == command.reason:
        return []
    if isinstance(part.stage, Returned):
        raise AssignmentReturned(unit=part.unit, granted_on=part.stage.granted_on)
    until = part.return_until
    if until is None or command.at.astimezone(CHINA).date() <= until:
        raise NothingToAllow(unit=part.unit)
    reasoned(command.reason, "批准逾期退回", "Allowing a late return")
    return [
        LateReturnAllowed(proposal_id=command.proposal_id, unit=command.unit, reason=command.reason)
    ]


def escalate(command: EscalateReturn, case: Dispatched) -> list[AssignmentServiceEvent]:
    """Also while the office has not answered: it may be slow to."""
    part = part_of(case, command.unit)
    if _is_repeated(command, part):
        return []
    nothing_delivered(part)
    if part.wish is None:
        raise NoDispute(unit=part.unit)
    if part.step not in NEXT_STEP:
        raise LeaderHasDecided(unit=part.unit)
    not_in_future(ESCALATION, command.escalated_on, command.at)
    not_before(ESCALATION, command.escalated_on, REQUEST, part.wish.request.requested_on)
    return [
        ReturnEscalated(
            proposal_id=command.proposal_id,
            unit=command.unit,
            step=NEXT_STEP[part.step],
            escalated_on=command.escalated_on,
            note=command.note,
        )
    ]


def in_time_to_return(command: RequestReturn, part: Assignment) -> None:
    """A late request is refused, unless it was allowed; one that a leader declined, always."""
    if isinstance(part.wish, ReturnKept) and part.step is EscalationStep.LEADER:
        raise LeaderHasDecided(unit=part.unit)
    until = part.return_until
    if until is not None and command.requested_on > until and part.late_return is None:
        raise ReturnTooLate(until=until)


def _is_repeated(command: EscalateReturn, part: Assignment) -> bool:
    if not part.escalations or not isinstance(part.wish, ReturnAsked):
        return False
    last = part.escalations[-1]
    return (last.escalated_on, last.note) == (command.escalated_on, command.note)
