"""The rules for handling: sign, be in contact with the proposer, give or waive a co-opinion."""

from typing import ClassVar

from assignment.commands import GiveCoOpinion, RecordContact, SignAssignment, WaiveCoOpinion
from assignment.decisions.dates import (
    BEGINNING,
    CONTACT,
    DISPATCH,
    OPINION,
    SIGNING,
    not_before,
    not_in_future,
)
from assignment.decisions.standing import (
    AlreadyAnswered,
    AlreadyClosed,
    AssignmentReturned,
    NotSigned,
    in_handling,
    not_leaving,
    part_of,
    reasoned,
)
from assignment.decisions.timing import clock_runs
from assignment.state import (
    Answered,
    Assignment,
    AwaitingSignature,
    Closed,
    Dispatched,
    InHandling,
    Returned,
)
from contracts.assignment import (
    AssignmentClosed,
    AssignmentServiceEvent,
    AssignmentSigned,
    ContactRecorded,
    CoOpinionGiven,
    CoOpinionWaived,
)
from contracts.refusal import Refused
from contracts.vocabulary import Role


class AlreadySigned(Refused):
    """“{unit}”已于{signed_on}签收。签收日期不再更改。"""

    english: ClassVar[str] = "{unit} signed on {signed_on}; that date stands."


class OnlyCoUnitsGiveOpinions(Refused):
    """“{unit}”是{role}单位，不提会办意见。请直接答复提案人。"""

    english: ClassVar[str] = (
        "{unit} is no co-unit and gives no co-opinion. It answers the proposer."
    )


class OpinionAlreadyGiven(Refused):
    """“{unit}”已于{given_on}提出会办意见，以该日为准。"""

    english: ClassVar[str] = "{unit} gave its opinion on {given_on}; that stands."


class AlreadyWaived(Refused):
    """“{unit}”的会办意见已免除，理由是“{reason}”，不再更改。"""

    english: ClassVar[str] = "The opinion of {unit} was waived already ({reason}); that stands."


class LeadIsOutside(Refused):
    """本案由区外的“{lead_unit}”主办，是否等待“{unit}”的会办意见由其决定。请督促该单位按期提出意见。"""

    english: ClassVar[str] = (
        "{lead_unit}, outside the district, leads this case and decides whether to wait for {unit}."
        " See that the opinion is given in time."
    )


def sign(command: SignAssignment, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    if part.signed_on == command.signed_on:
        return []
    match part.stage:
        case Returned(granted_on=granted_on):
            raise AssignmentReturned(unit=part.unit, granted_on=granted_on)
        case InHandling() | Answered() | Closed():
            raise _too_late_to_sign(part)
        case AwaitingSignature():
            not_in_future(SIGNING, command.signed_on, command.at)
            not_before(SIGNING, command.signed_on, DISPATCH, part.given.dispatched_on)
            return [
                AssignmentSigned(
                    proposal_id=command.proposal_id,
                    unit=command.unit,
                    signed_on=command.signed_on,
                )
            ]


def record_contact(command: RecordContact, case: Dispatched) -> list[AssignmentServiceEvent]:
    """Also after the answer, and after everything: a return visit (办后回访) is welcome."""
    part = part_of(case, command.unit)
    contact = ContactRecorded(
        proposal_id=command.proposal_id,
        unit=command.unit,
        stage=command.stage,
        manner=command.manner,
        contacted_on=command.contacted_on,
        note=command.note,
    )
    if contact in part.contacts:
        return []
    match part.stage:
        case AwaitingSignature():
            raise NotSigned(unit=part.unit)
        case Returned(granted_on=granted_on):
            raise AssignmentReturned(unit=part.unit, granted_on=granted_on)
        case InHandling() | Answered() | Closed():
            not_in_future(CONTACT, command.contacted_on, command.at)
            not_before(CONTACT, command.contacted_on, DISPATCH, part.given.dispatched_on)
            return [contact]


def give_opinion(command: GiveCoOpinion, case: Dispatched) -> list[AssignmentServiceEvent]:
    """With its opinion, a co-unit has done what it had to do."""
    part = _co_part(case, command.unit)
    if part.opinion_given_on == command.given_on:
        return []
    _opinion_not_given(part)
    handling = in_handling(part)
    not_leaving(part)
    clock_runs(part)
    not_in_future(OPINION, command.given_on, command.at)
    not_before(OPINION, command.given_on, BEGINNING, handling.since)
    return [
        CoOpinionGiven(
            proposal_id=command.proposal_id,
            unit=command.unit,
            given_on=command.given_on,
            opinion=command.opinion,
        ),
        AssignmentClosed(
            proposal_id=command.proposal_id, unit=command.unit, closed_on=command.given_on
        ),
    ]


def waive_opinion(command: WaiveCoOpinion, case: Dispatched) -> list[AssignmentServiceEvent]:
    """The lead unit may go on; the co-unit may still hand in its opinion."""
    part = _co_part(case, command.unit)
    if part.waiver == command.reason:
        return []
    if isinstance(part.stage, Returned):
        raise AssignmentReturned(unit=part.unit, granted_on=part.stage.granted_on)
    _opinion_not_given(part)
    if part.waiver is not None:
        raise AlreadyWaived(unit=part.unit, reason=part.waiver)
    if not any(other.role.answers_the_proposer for other in case.assignments):
        raise LeadIsOutside(unit=part.unit, lead_unit=case.lead_unit or "区外单位")
    reasoned(command.reason, "免除会办意见", "Waiving an opinion")
    return [
        CoOpinionWaived(proposal_id=command.proposal_id, unit=command.unit, reason=command.reason)
    ]


def _too_late_to_sign(part: Assignment) -> Refused:
    """A ledger may tell of an answer or an opinion without telling of a signature."""
    if part.signed_on:
        return AlreadySigned(unit=part.unit, signed_on=part.signed_on)
    if part.replies:
        return AlreadyAnswered(unit=part.unit, issued_on=part.replies[-1].issued_on)
    return AlreadyClosed(unit=part.unit)


def _co_part(case: Dispatched, unit: str) -> Assignment:
    part = part_of(case, unit)
    if part.role is not Role.CO:
        raise OnlyCoUnitsGiveOpinions(unit=unit, role=part.role.chinese)
    return part


def _opinion_not_given(part: Assignment) -> None:
    if part.opinion_given_on is not None:
        raise OpinionAlreadyGiven(unit=part.unit, given_on=part.opinion_given_on)
