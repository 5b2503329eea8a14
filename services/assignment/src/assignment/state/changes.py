"""How each event changes one unit's part in a case."""

from dataclasses import replace
from datetime import date

from assignment.state.parts import (
    Answered,
    Assignment,
    AwaitingSignature,
    Closed,
    Draft,
    InHandling,
    ReturnAsked,
    Returned,
    ReturnKept,
    Stage,
)
from assignment.state.timing import TimeChange, after_time
from contracts.assignment import (
    AssignmentClosed,
    AssignmentSigned,
    ContactRecorded,
    CoOpinionAccepted,
    CoOpinionGiven,
    CoOpinionSentBack,
    CoOpinionWaived,
    CoUnitDeclined,
    CoUnitSuggested,
    DraftPassed,
    DraftSentBack,
    DueDateMoved,
    EarlyLimitsMoved,
    ExtensionDeclined,
    ExtensionGranted,
    ExtensionRequested,
    HandlerNamed,
    HandlingResumed,
    HandlingRoundOpened,
    HandlingSuspended,
    LateReturnAllowed,
    LowerCaseOpened,
    RedCardIssued,
    ReminderDue,
    ReplyDelivered,
    ReplyDrafted,
    ReplyIssued,
    ReplyParticularsAdded,
    ReplyPublished,
    ReplySigned,
    ResultClassChanged,
    ResultRecorded,
    ReturnDeclined,
    ReturnEscalated,
    ReturnGranted,
    ReturnRequested,
    RoleChanged,
    UnitChased,
    WarningIssued,
    YellowCardIssued,
)

ReturnChange = (
    ReturnRequested | ReturnGranted | ReturnDeclined | LateReturnAllowed | ReturnEscalated
)
OpinionChange = CoOpinionGiven | CoOpinionWaived | CoOpinionSentBack | CoOpinionAccepted
DraftChange = ReplyDrafted | ReplySigned | DraftPassed | DraftSentBack
LetterChange = (
    ReplyIssued | ReplyParticularsAdded | ResultClassChanged | ReplyDelivered | ReplyPublished
)
MembershipChange = HandlerNamed | CoUnitSuggested | CoUnitDeclined | RoleChanged | LowerCaseOpened
CourseChange = (
    AssignmentSigned | ContactRecorded | HandlingRoundOpened | AssignmentClosed | ResultRecorded
)
AlertChange = ReminderDue | WarningIssued | YellowCardIssued | RedCardIssued | UnitChased
PartChange = (
    ReturnChange
    | OpinionChange
    | TimeChange
    | DraftChange
    | LetterChange
    | MembershipChange
    | CourseChange
    | AlertChange
)


def after(part: Assignment, event: PartChange) -> Assignment:
    match event:
        case (
            AssignmentSigned()
            | ContactRecorded()
            | HandlingRoundOpened()
            | AssignmentClosed()
            | ResultRecorded()
        ):
            return _after_course(part, event)
        case (
            ReturnRequested()
            | ReturnGranted()
            | ReturnDeclined()
            | LateReturnAllowed()
            | ReturnEscalated()
        ):
            return _after_return(part, event)
        case CoOpinionGiven() | CoOpinionWaived() | CoOpinionSentBack() | CoOpinionAccepted():
            return _after_opinion(part, event)
        case (
            ExtensionRequested()
            | ExtensionGranted()
            | ExtensionDeclined()
            | HandlingSuspended()
            | HandlingResumed()
            | DueDateMoved()
            | EarlyLimitsMoved()
        ):
            return after_time(part, event)
        case ReplyDrafted() | ReplySigned() | DraftPassed() | DraftSentBack():
            return replace(part, draft=_draft_after(part, event))
        case (
            ReplyIssued()
            | ReplyParticularsAdded()
            | ResultClassChanged()
            | ReplyDelivered()
            | ReplyPublished()
        ):
            return _after_letter(part, event)
        case (
            HandlerNamed()
            | CoUnitSuggested()
            | CoUnitDeclined()
            | RoleChanged()
            | LowerCaseOpened()
        ):
            return _after_membership(part, event)
        case UnitChased():
            return replace(part, chasings=(*part.chasings, event))
        case ReminderDue() | WarningIssued() | YellowCardIssued() | RedCardIssued():
            return replace(part, alerts=(*part.alerts, event))


def _after_course(part: Assignment, event: CourseChange) -> Assignment:
    match event:
        case AssignmentSigned(signed_on=signed_on):
            return replace(part, stage=_signed(part, signed_on), signed_on=signed_on)
        case ContactRecorded():
            return replace(part, contacts=(*part.contacts, event))
        case HandlingRoundOpened(handling_round=handling_round, opened_on=opened_on):
            return replace(part, stage=InHandling(opened_on), handling_round=handling_round)
        case AssignmentClosed():
            return replace(part, stage=Closed())
        case ResultRecorded():
            others = (each for each in part.results if each.number != event.number)
            return replace(part, results=(*others, event))


def _signed(part: Assignment, signed_on: date) -> Stage:
    """A ledger may tell of the signature after it told of the answer."""
    return InHandling(signed_on) if isinstance(part.stage, AwaitingSignature) else part.stage


def _after_return(part: Assignment, event: ReturnChange) -> Assignment:
    match event:
        case ReturnRequested():
            return replace(part, wish=ReturnAsked(event), escalations=())
        case ReturnGranted(granted_on=granted_on):
            return replace(part, stage=Returned(granted_on))
        case ReturnDeclined(reason=reason):
            kept = ReturnKept(part.wish.request, reason) if part.wish else None
            return replace(part, wish=kept)
        case LateReturnAllowed(reason=reason):
            return replace(part, late_return=reason)
        case ReturnEscalated():
            asked = ReturnAsked(part.wish.request) if part.wish else None
            return replace(part, wish=asked, escalations=(*part.escalations, event))


def _after_opinion(part: Assignment, event: OpinionChange) -> Assignment:
    match event:
        case CoOpinionGiven(given_on=given_on, opinion=opinion):
            return replace(part, opinion_given_on=given_on, opinion=opinion)
        case CoOpinionWaived(reason=reason):
            return replace(part, waiver=reason)
        case CoOpinionSentBack(sent_back_on=sent_back_on):
            stage = InHandling(sent_back_on)
            return replace(part, stage=stage, opinion_given_on=None, sent_back=event)
        case CoOpinionAccepted(accepted_on=accepted_on):
            return replace(part, opinion_accepted_on=accepted_on)


def _draft_after(part: Assignment, event: DraftChange) -> Draft | None:
    match event:
        case ReplyDrafted():
            return Draft(event, part.handling_round)
        case ReplySigned():
            return replace(part.draft, signature=event) if part.draft else None
        case DraftPassed() | DraftSentBack():
            return replace(part.draft, ruling=event) if part.draft else None


def _after_letter(part: Assignment, event: LetterChange) -> Assignment:
    match event:
        case ReplyIssued():
            return replace(
                part, stage=Answered(), replies=(*part.replies, event), class_change=None
            )
        case ReplyParticularsAdded():
            return replace(part, replies=tuple(each.completed_by(event) for each in part.replies))
        case ResultClassChanged():
            return replace(part, class_change=event)
        case ReplyDelivered():
            return replace(part, deliveries=(*part.deliveries, event))
        case ReplyPublished():
            return replace(part, published=event)


def _after_membership(part: Assignment, event: MembershipChange) -> Assignment:
    match event:
        case HandlerNamed():
            return replace(part, handler=event)
        case CoUnitSuggested():
            return replace(part, wanted=(*part.wanted, event))
        case CoUnitDeclined(co_unit=co_unit):
            left = tuple(each for each in part.wanted if each.co_unit != co_unit)
            return replace(part, wanted=left, unwanted=(*part.unwanted, event))
        case RoleChanged(role=role):
            return replace(part, given=part.given.model_copy(update={"role": role}))
        case LowerCaseOpened():
            return replace(part, lower=event)
