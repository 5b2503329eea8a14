"""What is known of the handling of one proposal, and how each event changes it."""

from dataclasses import dataclass, replace
from datetime import date

from contracts.assignment import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentServiceEvent,
    AssignmentSigned,
    CaseEnded,
    ContactRecorded,
    CoOpinionGiven,
    CoOpinionWaived,
    HandlingRoundOpened,
    ReplyIssued,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
)
from contracts.vocabulary import Role


@dataclass(frozen=True)
class AwaitingSignature:
    """待签收。"""


@dataclass(frozen=True)
class InHandling:
    """办理中；第二轮起为重新办理。"""

    since: date


@dataclass(frozen=True)
class Answered:
    """已答复，待评价。"""


@dataclass(frozen=True)
class Closed:
    """已办结。"""


@dataclass(frozen=True)
class Returned:
    """已退回。"""

    granted_on: date


@dataclass(frozen=True)
class ReturnAsked:
    """已申请退回，待督查室答复；答复前仍须继续办理。"""

    request: ReturnRequested


@dataclass(frozen=True)
class ReturnKept:
    """申请退回未获同意。"""

    request: ReturnRequested
    reason: str


Stage = AwaitingSignature | InHandling | Answered | Closed | Returned


@dataclass(frozen=True)
class Assignment:
    """One unit's part in the case (交办件): what it was given, and what has come of it."""

    given: AssignmentDispatched
    stage: Stage = AwaitingSignature()
    signed_on: date | None = None
    wish: ReturnAsked | ReturnKept | None = None
    contacts: tuple[ContactRecorded, ...] = ()
    opinion_given_on: date | None = None
    waiver: str | None = None
    handling_round: int = 1
    replies: tuple[ReplyIssued, ...] = ()

    @property
    def unit(self) -> str:
        return self.given.unit

    @property
    def role(self) -> Role:
        return self.given.role

    @property
    def owes_an_opinion(self) -> bool:
        """The answering unit has to wait for this one: its opinion is neither given nor waived."""
        return (
            self.role is Role.CO
            and not isinstance(self.stage, Returned)
            and self.opinion_given_on is None
            and self.waiver is None
        )


@dataclass(frozen=True)
class NotDispatched:
    """尚未交办。"""


@dataclass(frozen=True)
class Dispatched:
    """已交办：案件的全部交办件，每个单位一件。"""

    lead_unit: str | None
    assignments: tuple[Assignment, ...]
    first_dispatches: tuple[AssignmentDispatched, ...]

    def assignment_of(self, unit: str) -> Assignment | None:
        return next((part for part in self.assignments if part.unit == unit), None)


@dataclass(frozen=True)
class Ended:
    """已终止：提案已撤案或者并案。"""

    reason: str
    was_dispatched: bool


Case = NotDispatched | Dispatched | Ended

INITIAL: Case = NotDispatched()

ReturnChange = ReturnRequested | ReturnGranted | ReturnDeclined
AssignmentChange = (
    ReturnChange
    | AssignmentSigned
    | ContactRecorded
    | CoOpinionGiven
    | CoOpinionWaived
    | ReplyIssued
    | HandlingRoundOpened
    | AssignmentClosed
)


def evolve(state: Case, event: AssignmentServiceEvent) -> Case:
    match event:
        case AssignmentDispatched():
            return _dispatched(state, event)
        case CaseEnded(reason=reason):
            return Ended(reason, was_dispatched=isinstance(state, Dispatched))
        case (
            AssignmentSigned()
            | ReturnRequested()
            | ReturnGranted()
            | ReturnDeclined()
            | ContactRecorded()
            | CoOpinionGiven()
            | CoOpinionWaived()
            | ReplyIssued()
            | HandlingRoundOpened()
            | AssignmentClosed()
        ):
            return _changed(state, event)


def _dispatched(state: Case, event: AssignmentDispatched) -> Case:
    match state:
        case NotDispatched():
            return Dispatched(event.lead_unit, (Assignment(event),), (event,))
        case Dispatched(assignments=assignments, first_dispatches=first):
            redispatched = any(isinstance(part.stage, Returned) for part in assignments)
            others = (part for part in assignments if part.unit != event.unit)
            return replace(
                state,
                assignments=(*others, Assignment(event)),
                first_dispatches=first if redispatched else (*first, event),
            )
        case Ended():
            return state


def _changed(state: Case, event: AssignmentChange) -> Case:
    match state:
        case Dispatched(assignments=assignments):
            return replace(
                state,
                assignments=tuple(
                    _after(part, event) if part.unit == event.unit else part for part in assignments
                ),
            )
        case NotDispatched() | Ended():
            return state


def _after(part: Assignment, event: AssignmentChange) -> Assignment:
    match event:
        case AssignmentSigned(signed_on=signed_on):
            return replace(part, stage=InHandling(signed_on), signed_on=signed_on)
        case ReturnRequested() | ReturnGranted() | ReturnDeclined():
            return _after_return(part, event)
        case ContactRecorded():
            return replace(part, contacts=(*part.contacts, event))
        case CoOpinionGiven(given_on=given_on):
            return replace(part, opinion_given_on=given_on)
        case CoOpinionWaived(reason=reason):
            return replace(part, waiver=reason)
        case ReplyIssued():
            return replace(part, stage=Answered(), replies=(*part.replies, event))
        case HandlingRoundOpened(handling_round=handling_round, opened_on=opened_on):
            return replace(part, stage=InHandling(opened_on), handling_round=handling_round)
        case AssignmentClosed():
            return replace(part, stage=Closed())


def _after_return(part: Assignment, event: ReturnChange) -> Assignment:
    match event:
        case ReturnRequested():
            return replace(part, wish=ReturnAsked(event))
        case ReturnGranted(granted_on=granted_on):
            return replace(part, stage=Returned(granted_on))
        case ReturnDeclined(reason=reason):
            kept = ReturnKept(part.wish.request, reason) if part.wish else None
            return replace(part, wish=kept)
