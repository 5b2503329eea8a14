"""The rules for returning an assignment (退回): ask, grant and pass on, or decline."""

from typing import ClassVar

from assignment.commands import DeclineReturn, GrantReturn, RequestReturn
from assignment.decisions.dates import DISPATCH, RELEASE, REQUEST, not_before, not_in_future
from assignment.decisions.dispatching import (
    LimitBeforeDispatch,
    NotOfThisDistrict,
)
from assignment.decisions.escalating import in_time_to_return
from assignment.decisions.standing import (
    AssignmentReturned,
    not_leaving,
    nothing_delivered,
    part_of,
    reasoned,
)
from assignment.state import (
    Assignment,
    Dispatched,
    ReturnAsked,
    Returned,
    ReturnKept,
)
from contracts.assignment import (
    AssignmentDispatched,
    AssignmentServiceEvent,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
)
from contracts.refusal import Refused
from contracts.vocabulary import Role


class ReturnIncomplete(Refused):
    """申请退回须写明理由和建议改派的单位。请补充填写。"""

    english: ClassVar[str] = (
        "A request to be released needs its reason and the unit you think is right. Give both."
    )


class SuggestsItself(Refused):
    """建议改派的单位不能是“{unit}”自己。请填写另一个单位。"""

    english: ClassVar[str] = "{unit} cannot suggest itself. Name another unit."


class ReturnNotAsked(Refused):
    """“{unit}”没有待答复的退回申请。请先由该单位申请退回，写明理由和建议单位。"""

    english: ClassVar[str] = (
        "{unit} has no request to be released waiting. It asks first, with reason and suggested"
        " unit."
    )


class UnitIsInTheCase(Refused):
    """“{unit}”已是本案的{role}单位，不能再改派给它。请另选单位。"""

    english: ClassVar[str] = "{unit} already has a part in this case. Choose another unit."


def request_return(command: RequestReturn, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    request = ReturnRequested(
        proposal_id=command.proposal_id,
        unit=command.unit,
        reason=command.reason,
        suggested_unit=command.suggested_unit,
        requested_on=command.requested_on,
    )
    if part.wish and part.wish.request == request:
        return []
    nothing_delivered(part)
    not_leaving(part)
    if not (command.reason and command.suggested_unit):
        raise ReturnIncomplete
    if command.suggested_unit == command.unit:
        raise SuggestsItself(unit=command.unit)
    in_time_to_return(command, part)
    not_in_future(REQUEST, command.requested_on, command.at)
    not_before(REQUEST, command.requested_on, DISPATCH, part.given.dispatched_on)
    return [request]


def grant_return(command: GrantReturn, case: Dispatched) -> list[AssignmentServiceEvent]:
    """The new unit takes over the role, with a limit of its own."""
    part = part_of(case, command.unit)
    if _was_granted(command, part, case):
        return []
    asked = _pending_wish(part)
    new_part = case.assignment_of(command.new_unit)
    if new_part and not isinstance(new_part.stage, Returned):
        raise UnitIsInTheCase(unit=command.new_unit, role=new_part.role.chinese)
    if command.new_unit == case.lead_unit:
        raise UnitIsInTheCase(unit=command.new_unit, role=Role.LEAD.chinese)
    if part.given.reporting and not command.own:
        raise NotOfThisDistrict(unit=command.new_unit, role=part.role.chinese)
    not_in_future(RELEASE, command.granted_on, command.at)
    not_before(RELEASE, command.granted_on, REQUEST, asked.request.requested_on)
    if command.due_on < command.granted_on:
        raise LimitBeforeDispatch(
            unit=command.new_unit, due_on=command.due_on, dispatched_on=command.granted_on
        )
    return [
        ReturnGranted(
            proposal_id=command.proposal_id, unit=command.unit, granted_on=command.granted_on
        ),
        _passed_on(command, part),
    ]


def decline_return(command: DeclineReturn, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    if isinstance(part.wish, ReturnKept) and part.wish.reason == command.reason:
        return []
    _pending_wish(part)
    reasoned(command.reason, "不同意退回", "Declining a return")
    return [
        ReturnDeclined(proposal_id=command.proposal_id, unit=command.unit, reason=command.reason)
    ]


def _pending_wish(part: Assignment) -> ReturnAsked:
    if isinstance(part.stage, Returned):
        raise AssignmentReturned(unit=part.unit, granted_on=part.stage.granted_on)
    if not isinstance(part.wish, ReturnAsked):
        raise ReturnNotAsked(unit=part.unit)
    return part.wish


def _was_granted(command: GrantReturn, part: Assignment, case: Dispatched) -> bool:
    new_part = case.assignment_of(command.new_unit)
    return part.stage == Returned(command.granted_on) and (
        new_part is not None and new_part.given == _passed_on(command, part)
    )


def _passed_on(command: GrantReturn, part: Assignment) -> AssignmentDispatched:
    given = part.given
    return given.model_copy(
        update={
            "unit": command.new_unit,
            "own": command.own,
            "reporting": given.reporting and command.own,
            "dispatched_on": command.granted_on,
            "due_on": command.due_on,
            "due_rule": command.due_rule,
            "sign_by": command.sign_by,
            "return_until": command.return_until,
            "provisional": command.provisional,
        }
    )
