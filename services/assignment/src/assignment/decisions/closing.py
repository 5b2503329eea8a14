"""The rules for closing an assignment (办结) and for ending a case without an answer (终止)."""

from typing import ClassVar

from assignment.commands import CloseAssignment, EndCase, ReopenCase
from assignment.decisions.standing import (
    AssignmentReturned,
    CaseHasEnded,
    NotAnswered,
    not_leaving,
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
    AssignmentClosed,
    AssignmentServiceEvent,
    CaseEnded,
    CaseReopened,
    HandlingResumed,
)
from contracts.refusal import Refused
from contracts.vocabulary import CHINA


class OpinionNotGiven(Refused):
    """“{unit}”的会办意见尚未提出，也未免除，不能办结。请先提出会办意见，或者由督查室免除。"""

    english: ClassVar[str] = (
        "{unit} has not given its opinion and was not excused. Give it, or let the supervision"
        " office waive it."
    )


class CaseIsFinished(Refused):
    """提案“{proposal_id}”的各交办件均已办结，不能再终止。请保留办理结果。"""

    english: ClassVar[str] = (
        "All assignments of proposal {proposal_id} are closed; it is not ended any more. What was"
        " done in it stands."
    )


def close(command: CloseAssignment, case: Dispatched) -> list[AssignmentServiceEvent]:
    part = part_of(case, command.unit)
    match part.stage:
        case Closed():
            return []
        case Returned(granted_on=granted_on):
            raise AssignmentReturned(unit=part.unit, granted_on=granted_on)
        case AwaitingSignature() | InHandling() if part.role.answers_the_proposer:
            raise NotAnswered(unit=part.unit)
        case AwaitingSignature() | InHandling() if part.owes_an_opinion:
            raise OpinionNotGiven(unit=part.unit)
        case AwaitingSignature() | InHandling() | Answered():
            not_leaving(part)
            return [
                AssignmentClosed(
                    proposal_id=command.proposal_id,
                    unit=command.unit,
                    closed_on=command.closed_on,
                )
            ]


def end(command: EndCase, case: Case) -> list[AssignmentServiceEvent]:
    """Also before the dispatch: a proposal that was withdrawn is not dispatched afterwards."""
    match case:
        case Ended(reason=reason) if reason == command.reason:
            return []
        case Ended(reason=reason):
            raise CaseHasEnded(proposal_id=command.proposal_id, reason=reason)
        case Dispatched(assignments=assignments) if all(map(_is_over, assignments)):
            if command.spares_finished:
                return []
            raise CaseIsFinished(proposal_id=command.proposal_id)
        case NotDispatched() | Dispatched():
            reasoned(command.reason, "终止办理", "Ending a case")
            return [CaseEnded(proposal_id=command.proposal_id, reason=command.reason)]


def reopen(command: ReopenCase, case: Case) -> list[AssignmentServiceEvent]:
    """Where it was before it ended; a case that did not end, because its work was done, is left so."""
    match case:
        case Ended(before=before):
            reopened = CaseReopened(proposal_id=command.proposal_id, reason=command.reason)
            return [reopened, *_under_the_new_limit(command, before)]
        case NotDispatched() | Dispatched():
            return []


def _under_the_new_limit(
    command: ReopenCase, case: NotDispatched | Dispatched
) -> list[HandlingResumed]:
    """Who is due last has until the limit from above; the others stay as far before it as they were.

    A limit from above that has run out already moves nothing, as at a dispatch; nor does a deadline
    move that a first answer has met or missed.
    """
    today = command.at.astimezone(CHINA).date()
    if isinstance(case, NotDispatched) or command.due_on is None or command.due_on < today:
        return []
    kept = [part for part in case.assignments if not isinstance(part.stage, Returned)]
    if not kept:
        return []
    by = command.due_on - max(part.due_on for part in kept)
    return [
        HandlingResumed(
            proposal_id=command.proposal_id,
            unit=part.unit,
            resumed_on=today,
            due_on=max(part.due_on + by, today),
        )
        for part in kept
        if by and _is_at_work(part)
    ]


def _is_at_work(part: Assignment) -> bool:
    """Whether it has anything left to hand in, and its clock was running."""
    stands_still = part.suspended is not None and part.resumed is None
    is_open = isinstance(part.stage, (AwaitingSignature, InHandling))
    return is_open and not part.replies and not stands_still


def _is_over(part: Assignment) -> bool:
    return isinstance(part.stage, (Closed, Returned))
