"""The rules for who takes part: handlers in a unit, co-units added (建议增办), merged proposers."""

from typing import ClassVar

from assignment.commands import (
    AddCoUnit,
    DeclineCoUnit,
    JoinProposers,
    NameHandler,
    SuggestCoUnit,
)
from assignment.decisions.dates import ADDITION, DISPATCH, SUGGESTION, not_before, not_in_future
from assignment.decisions.dispatching import LimitBeforeDispatch
from assignment.decisions.returning import UnitIsInTheCase
from assignment.decisions.standing import (
    AlreadyAnswered,
    AlreadyClosed,
    AssignmentReturned,
    CoUnitsDoNotAnswer,
    part_of,
    reasoned,
)
from assignment.state import (
    Answered,
    Assignment,
    AwaitingSignature,
    Case,
    Closed,
    Dispatched,
    Ended,
    InHandling,
    NotDispatched,
    Returned,
)
from contracts.assignment import (
    AssignmentDispatched,
    AssignmentServiceEvent,
    CoUnitDeclined,
    CoUnitSuggested,
    HandlerNamed,
    ProposersJoined,
    RoleChanged,
)
from contracts.refusal import Refused
from contracts.vocabulary import Role


class CoUnitNotAsked(Refused):
    """“{unit}”没有建议增加“{co_unit}”会办。请先由该单位提出建议。"""

    english: ClassVar[str] = "{unit} has not asked for {co_unit} as a co-unit. It asks first."


class AlreadySuggested(Refused):
    """“{unit}”已建议增加“{co_unit}”会办，督查室尚未答复。请等待答复。"""

    english: ClassVar[str] = (
        "{unit} has asked for {co_unit} already. Wait until the supervision office decides."
    )


def name_handler(command: NameHandler, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    named = HandlerNamed(
        proposal_id=command.proposal_id,
        unit=command.unit,
        handler=command.handler,
        department=command.department,
    )
    if part.handler == named:
        return []
    match part.stage:
        case Closed():
            raise AlreadyClosed(unit=part.unit)
        case Returned(granted_on=granted_on):
            raise AssignmentReturned(unit=part.unit, granted_on=granted_on)
        case AwaitingSignature() | InHandling() | Answered():
            return [named]


def suggest_co_unit(command: SuggestCoUnit, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    if not part.role.answers_the_proposer:
        raise CoUnitsDoNotAnswer(unit=part.unit)
    suggested = CoUnitSuggested(
        proposal_id=command.proposal_id,
        unit=command.unit,
        co_unit=command.co_unit,
        reason=command.reason,
        suggested_on=command.suggested_on,
    )
    if suggested in part.wanted:
        return []
    _still_handles(part)
    if any(each.co_unit == command.co_unit for each in part.wanted):
        raise AlreadySuggested(unit=part.unit, co_unit=command.co_unit)
    _is_new(command.co_unit, case)
    reasoned(command.reason, "建议增办", "Asking for another co-unit")
    not_in_future(SUGGESTION, command.suggested_on, command.at)
    not_before(SUGGESTION, command.suggested_on, DISPATCH, part.given.dispatched_on)
    return [suggested]


def add_co_unit(command: AddCoUnit, case: Dispatched) -> list[AssignmentServiceEvent]:
    """A sole unit leads as soon as it is not alone any more."""
    part = part_of(case, command.unit)
    added = _added(command, part)
    there = case.assignment_of(command.co_unit)
    if there is not None and there.given == added:
        return []
    _still_handles(part)
    _is_wanted(command.co_unit, part)
    _is_new(command.co_unit, case)
    not_in_future(ADDITION, command.added_on, command.at)
    if command.due_on < command.added_on:
        raise LimitBeforeDispatch(
            unit=command.co_unit, due_on=command.due_on, dispatched_on=command.added_on
        )
    leads = RoleChanged(proposal_id=command.proposal_id, unit=command.unit, role=Role.LEAD)
    return [leads, added] if part.role is Role.SOLE else [added]


def decline_co_unit(command: DeclineCoUnit, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    declined = CoUnitDeclined(
        proposal_id=command.proposal_id,
        unit=command.unit,
        co_unit=command.co_unit,
        reason=command.reason,
    )
    is_wanted = any(each.co_unit == command.co_unit for each in part.wanted)
    if declined in part.unwanted and not is_wanted:
        return []
    if isinstance(part.stage, Returned):
        raise AssignmentReturned(unit=part.unit, granted_on=part.stage.granted_on)
    _is_wanted(command.co_unit, part)
    reasoned(command.reason, "不同意增办", "Declining a co-unit")
    return [declined]


def join_proposers(command: JoinProposers, case: Case) -> list[AssignmentServiceEvent]:
    """Also before the dispatch: proposals are often merged first.

    In a case that has ended nobody is answered; intake undoes a merge that came too late.
    """
    match case:
        case Ended():
            return []
        case NotDispatched(joined=joined) | Dispatched(joined=joined):
            event = ProposersJoined(
                proposal_id=command.proposal_id,
                from_proposal_id=command.from_proposal_id,
                proposers=command.proposers,
            )
            return [] if event in joined else [event]


def _still_handles(part: Assignment) -> None:
    match part.stage:
        case AwaitingSignature() | InHandling():
            return
        case Answered():
            raise AlreadyAnswered(unit=part.unit, issued_on=part.replies[-1].issued_on)
        case Closed():
            raise AlreadyClosed(unit=part.unit)
        case Returned(granted_on=granted_on):
            raise AssignmentReturned(unit=part.unit, granted_on=granted_on)


def _is_wanted(co_unit: str, part: Assignment) -> None:
    if all(each.co_unit != co_unit for each in part.wanted):
        raise CoUnitNotAsked(unit=part.unit, co_unit=co_unit)


def _is_new(co_unit: str, case: Dispatched) -> None:
    there = case.assignment_of(co_unit)
    if there is not None and not isinstance(there.stage, Returned):
        raise UnitIsInTheCase(unit=co_unit, role=there.role.chinese)
    if co_unit == case.lead_unit:
        raise UnitIsInTheCase(unit=co_unit, role=Role.LEAD.chinese)


def _added(command: AddCoUnit, part: Assignment) -> AssignmentDispatched:
    return part.given.model_copy(
        update={
            "unit": command.co_unit,
            "role": Role.CO,
            "own": command.own,
            "reporting": False,
            "dispatched_on": command.added_on,
            "due_on": command.due_on,
            "due_rule": command.due_rule,
            "sign_by": command.sign_by,
            "return_until": command.return_until,
            "provisional": command.provisional,
            "at_request_of": command.unit,
        }
    )
