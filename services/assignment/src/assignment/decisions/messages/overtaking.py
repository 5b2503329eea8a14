"""Which messages an event overtakes: what has been done, or is due on another day, is not said any more."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from contracts.assignment import (
    AssignmentClosed,
    AssignmentEvent,
    AssignmentSigned,
    CaseEnded,
    CaseReopened,
    CommitmentCarriedOver,
    CommitmentEvent,
    CommitmentFulfilled,
    CommitmentGivenUp,
    CommitmentSlipped,
    CoOpinionGiven,
    CoOpinionWaived,
    DueDateMoved,
    EarlyLimitsMoved,
    ExtensionDeclined,
    ExtensionGranted,
    HandlingResumed,
    HandlingRoundOpened,
    HandlingSuspended,
    ReplyIssued,
    ReturnDeclined,
    ReturnGranted,
)
from contracts.evaluation import RatingEvent, ReplyRated
from contracts.event import Event
from contracts.sending import Overtaken
from contracts.vocabulary import Duty

CHASING = "chasing"
DEADLINE = "deadline"
ENDING = "ending"
EXTENSION = "extension"
FORM = "form"
LIMITS = "limits"
RETURN = "return"
VISIT = "visit"


def commitment(number: int | str) -> str:
    return f"{Duty.COMMITMENT}.{number}"


def _about(*about: str) -> Callable[[AssignmentEvent | RatingEvent], Overtaken]:
    return lambda event: Overtaken(event.proposal_id, event.unit, about)


def _of_commitment(event: CommitmentEvent) -> Overtaken:
    return Overtaken(event.proposal_id, event.unit, (commitment(event.commitment),))


def _of_case(event: CaseEnded) -> Overtaken:
    return Overtaken(event.proposal_id)


def _ending(event: CaseReopened) -> Overtaken:
    return Overtaken(event.proposal_id, None, (ENDING,))


_DATED = _about(Duty.REPLY, Duty.OPINION, DEADLINE, EXTENSION)
_DONE = _about(Duty.SIGNING, Duty.REPLY, Duty.OPINION, CHASING, DEADLINE, EXTENSION, LIMITS, RETURN)

OVERTAKING: Mapping[type[Event], Callable[[Any], Overtaken]] = MappingProxyType(
    {
        AssignmentSigned: _about(Duty.SIGNING),
        ReplyIssued: _about(Duty.SIGNING, Duty.REPLY, CHASING, DEADLINE, EXTENSION, LIMITS),
        CoOpinionGiven: _about(Duty.SIGNING, Duty.OPINION, CHASING, DEADLINE, EXTENSION, LIMITS),
        CoOpinionWaived: _about(Duty.SIGNING, Duty.OPINION, CHASING, DEADLINE, EXTENSION, LIMITS),
        ReturnGranted: _about(),
        ReturnDeclined: _about(RETURN),
        ExtensionGranted: _DATED,
        ExtensionDeclined: _about(EXTENSION),
        HandlingSuspended: _DATED,
        HandlingResumed: _DATED,
        DueDateMoved: _DATED,
        EarlyLimitsMoved: _about(Duty.SIGNING, LIMITS),
        HandlingRoundOpened: _about(FORM),
        AssignmentClosed: _DONE,
        CaseEnded: _of_case,
        CaseReopened: _ending,
        CommitmentFulfilled: _of_commitment,
        CommitmentSlipped: _of_commitment,
        CommitmentGivenUp: _of_commitment,
        CommitmentCarriedOver: _of_commitment,
        ReplyRated: _about(FORM),
    }
)


def overtaken_by(event: Event) -> Overtaken | None:
    """What need not be said any more after an event; nothing for most events."""
    which = OVERTAKING.get(type(event))
    return None if which is None else which(event)
