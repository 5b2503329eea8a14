"""Where a case and a unit stand: what every rule asks before it asks its own questions."""

from typing import ClassVar

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
    ReturnAsked,
    Returned,
)
from contracts.refusal import Refused


class CaseUnknown(Refused):
    """提案“{proposal_id}”尚未交办。请督查室先办理交办。"""

    english: ClassVar[str] = (
        "Proposal {proposal_id} has not been dispatched. The supervision office dispatches it first."
    )


class CaseHasEnded(Refused):
    """提案“{proposal_id}”已终止办理（{reason}），不能再办理此事。请核对案号。"""

    english: ClassVar[str] = (
        "The handling of proposal {proposal_id} has ended ({reason}); nothing more is done in it."
        " Check the case number."
    )


class NotInThisCase(Refused):
    """“{unit}”没有承办提案“{proposal_id}”。承办单位是：{units}。"""

    english: ClassVar[str] = "{unit} has no part in proposal {proposal_id}. Its units are {units}."


class NotSigned(Refused):
    """“{unit}”尚未签收。请先签收。"""

    english: ClassVar[str] = "{unit} has not signed for the case. Sign first."


class AssignmentReturned(Refused):
    """“{unit}”已于{granted_on}退回此件，不再承办。请由改派后的单位办理。"""

    english: ClassVar[str] = (
        "{unit} was released on {granted_on} and has no part in the case any more. The unit that"
        " took over acts."
    )


class AlreadyClosed(Refused):
    """“{unit}”的交办件已办结，不能再办理此事。"""

    english: ClassVar[str] = (
        "The assignment of {unit} is closed. What was done stands; a new round starts only if the"
        " proposer is dissatisfied."
    )


class AlreadyAnswered(Refused):
    """“{unit}”已于{issued_on}答复提案人。提案人评价为不满意时，才重新办理。"""

    english: ClassVar[str] = (
        "{unit} answered on {issued_on}. It answers again only in a new round, when the proposer is"
        " dissatisfied."
    )


class CoUnitsDoNotAnswer(Refused):
    """“{unit}”是会办单位，不直接答复提案人。请将会办意见交主办单位。"""

    english: ClassVar[str] = (
        "{unit} is a co-unit and does not answer the proposer. Hand your opinion to the lead unit."
    )


class NotAnswered(Refused):
    """“{unit}”本轮尚未答复提案人。请先答复。"""

    english: ClassVar[str] = "{unit} has not answered the proposer in this round. Answer first."


class ReturnPending(Refused):
    """“{unit}”已于{requested_on}申请退回，督查室尚未答复。请等待答复后再办理。"""

    english: ClassVar[str] = (
        "{unit} asked to be released on {requested_on}. Wait until the supervision office decides."
    )


class ReasonMissing(Refused):
    """{matter}须说明理由。请填写理由。"""

    english: ClassVar[str] = "{matter_in_english} needs a reason. State it."


def dispatched_case(case: Case, proposal_id: str) -> Dispatched:
    match case:
        case Dispatched():
            return case
        case NotDispatched():
            raise CaseUnknown(proposal_id=proposal_id)
        case Ended(reason=reason):
            raise CaseHasEnded(proposal_id=proposal_id, reason=reason)


def part_of(case: Dispatched, unit: str) -> Assignment:
    part = case.assignment_of(unit)
    if part is None:
        raise NotInThisCase(
            unit=unit,
            proposal_id=case.first_dispatches[0].proposal_id,
            units="、".join(part.unit for part in case.assignments),
        )
    return part


def in_handling(part: Assignment) -> InHandling:
    """The unit has signed, and has neither answered nor left."""
    match part.stage:
        case InHandling():
            return part.stage
        case AwaitingSignature():
            raise NotSigned(unit=part.unit)
        case Answered():
            raise AlreadyAnswered(unit=part.unit, issued_on=part.replies[-1].issued_on)
        case Closed():
            raise AlreadyClosed(unit=part.unit)
        case Returned(granted_on=granted_on):
            raise AssignmentReturned(unit=part.unit, granted_on=granted_on)


def not_leaving(part: Assignment) -> None:
    """Nothing final is done while the supervision office has still to rule on a return."""
    if isinstance(part.wish, ReturnAsked):
        raise ReturnPending(unit=part.unit, requested_on=part.wish.request.requested_on)


def nothing_delivered(part: Assignment) -> None:
    """Who has answered, closed or left does not ask to leave any more."""
    if part.replies:
        raise AlreadyAnswered(unit=part.unit, issued_on=part.replies[-1].issued_on)
    match part.stage:
        case AwaitingSignature() | InHandling() | Answered():
            return
        case Closed():
            raise AlreadyClosed(unit=part.unit)
        case Returned(granted_on=granted_on):
            raise AssignmentReturned(unit=part.unit, granted_on=granted_on)


def reasoned(reason: str, matter: str, matter_in_english: str) -> None:
    if not reason:
        raise ReasonMissing(matter=matter, matter_in_english=matter_in_english)
