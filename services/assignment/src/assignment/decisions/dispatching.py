"""The rules for dispatching a case (交办): who may have which part in it."""

from collections.abc import Sequence
from typing import ClassVar

from assignment.commands import DispatchCase, Part
from assignment.decisions.dates import DISPATCH, not_in_future
from assignment.decisions.standing import CaseHasEnded
from assignment.state import Case, Dispatched, Ended, NotDispatched
from contracts.assignment import AssignmentDispatched, AssignmentServiceEvent
from contracts.refusal import Refused
from contracts.vocabulary import Role


class AlreadyDispatched(Refused):
    """提案“{proposal_id}”已交办给{units}，与这次的安排不同。需要调整的，请办理退回改派。"""

    english: ClassVar[str] = (
        "Proposal {proposal_id} has been dispatched to {units}, which differs from this. To change"
        " that, let the unit ask for its return and grant it."
    )


class UnitNamedTwice(Refused):
    """“{unit}”在同一案件中出现了两次。一个单位在一件提案中只承担一种角色，请只保留一处。"""

    english: ClassVar[str] = "{unit} is named twice. A unit has one role in a case; name it once."


class TwoLeads(Refused):
    """一件提案只能有一个主办单位，现有：{units}。请确定一家主办，其余改为会办。"""

    english: ClassVar[str] = (
        "A case has one lead unit; here are {units}. Choose one of them, and make the others"
        " co-units."
    )


class LeadMissing(Refused):
    """只有会办单位，没有主办单位。请指定本区的主办单位，或者填写区外的主办单位。"""

    english: ClassVar[str] = (
        "There are co-units but nobody leads. Name a lead unit of the district, or the one outside."
    )


class SoleUnitIsNotAlone(Refused):
    """独办提案只有一个承办单位，现另有：{units}。有其他单位参加的，请改为主办与会办，或者分办。"""

    english: ClassVar[str] = (
        "A sole unit handles its case alone; here are also {units}. If others take part, dispatch"
        " as lead and co-units, or as split units."
    )


class RolesDoNotMix(Refused):
    """同一件提案不能既有主办又有分办：{units}。请改为一家主办、其余会办，或者全部分办。"""

    english: ClassVar[str] = (
        "A case is led or split, not both: {units}. Make it one lead with co-units, or split units"
        " only."
    )


class NotOfThisDistrict(Refused):
    """“{unit}”不是本区单位，不能作为本区的{role}交办。区外单位只能会办本区主办、分办的提案；由区外主办的，请填写为区外主办单位。"""

    english: ClassVar[str] = (
        "{unit} is not a unit of this district and cannot be given this part. An outside unit may"
        " be a co-unit where the district answers; an outside lead is named as such."
    )


class LimitBeforeDispatch(Refused):
    """“{unit}”的办理期限{due_on}早于交办日期{dispatched_on}。请填写交办日期当日或者之后的期限。"""

    english: ClassVar[str] = (
        "The limit of {unit}, {due_on}, lies before the dispatch on {dispatched_on}. Give one on or"
        " after that day."
    )


def dispatch(command: DispatchCase, case: Case) -> list[AssignmentServiceEvent]:
    dispatches = _dispatches(command)
    match case:
        case Dispatched(first_dispatches=first) if set(first) == set(dispatches):
            return []
        case Dispatched(first_dispatches=first):
            units = "、".join(f"{event.unit}（{event.role.chinese}）" for event in first)
            raise AlreadyDispatched(proposal_id=command.proposal_id, units=units)
        case Ended(reason=reason):
            raise CaseHasEnded(proposal_id=command.proposal_id, reason=reason)
        case NotDispatched():
            not_in_future(DISPATCH, command.dispatched_on, command.at)
            roles_agree(command.assignments, command.lead_unit)
            _somebody_leads(command)
            for part in command.assignments:
                _is_ours(part, command)
                _has_time(part, command)
            return [*dispatches]


def roles_agree(parts: Sequence[Part], outside_lead: str | None) -> None:
    """One role for each unit; a sole unit alone, or one lead, or split units, with co-units."""
    units = [part.unit for part in parts] + ([outside_lead] if outside_lead else [])
    for unit in units:
        if units.count(unit) > 1:
            raise UnitNamedTwice(unit=unit)
    soles, leads, splits = (_units(parts, role) for role in (Role.SOLE, Role.LEAD, Role.SPLIT))
    leads += [outside_lead] if outside_lead else []
    if soles and len(units) > 1:
        raise SoleUnitIsNotAlone(units="、".join(unit for unit in units if unit != soles[0]))
    if len(leads) > 1:
        raise TwoLeads(units="、".join(leads))
    if leads and splits:
        raise RolesDoNotMix(units="、".join(leads + splits))


def counts_for_the_district(role: Role, outside_lead: str | None) -> bool:
    """A district counts a case in the role it has there; co-units of an own lead add nothing."""
    return role.answers_the_proposer or outside_lead is not None


def _dispatches(command: DispatchCase) -> list[AssignmentDispatched]:
    return [
        AssignmentDispatched(
            proposal_id=command.proposal_id,
            unit=part.unit,
            year=command.year,
            number=command.number,
            role=part.role,
            own=part.own,
            reporting=part.own and counts_for_the_district(part.role, command.lead_unit),
            dispatched_on=command.dispatched_on,
            due_on=part.due_on,
            due_rule=part.due_rule,
            lead_unit=command.lead_unit,
            origin=command.origin,
            is_key=command.is_key,
            proposers=command.proposers,
            sign_by=part.sign_by,
            return_until=part.return_until,
            provisional=part.provisional,
            calendar_version=command.calendar_version,
            requirements=part.requirements,
        )
        for part in command.assignments
    ]


def _units(parts: Sequence[Part], role: Role) -> list[str]:
    return [part.unit for part in parts if part.role is role]


def _somebody_leads(command: DispatchCase) -> None:
    if command.lead_unit is None and not any(
        part.role.answers_the_proposer for part in command.assignments
    ):
        raise LeadMissing


def _is_ours(part: Part, command: DispatchCase) -> None:
    """An outside unit has a part in our case only as a co-unit of a unit of ours that answers."""
    if not part.own and counts_for_the_district(part.role, command.lead_unit):
        raise NotOfThisDistrict(unit=part.unit, role=part.role.chinese)


def _has_time(part: Part, command: DispatchCase) -> None:
    if part.due_on < command.dispatched_on:
        raise LimitBeforeDispatch(
            unit=part.unit, due_on=part.due_on, dispatched_on=command.dispatched_on
        )
