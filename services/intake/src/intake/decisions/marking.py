"""The rules for marks on a proposal: category, key and excellent; and what is merged into it."""

from typing import ClassVar

from contracts.intake import IntakeEvent, MergeUndone, ProposalNotTakenIn, ProposalTookIn
from contracts.marking import (
    ProposalCategorised,
    ProposalMarkedExcellent,
    ProposalMarkedKey,
    ProposalUnmarkedExcellent,
    ProposalUnmarkedKey,
)
from contracts.refusal import Refused
from intake.commands import (
    CategoriseProposal,
    MarkProposalExcellent,
    MarkProposalKey,
    TakeIn,
    UndoMerge,
    UnmarkProposalExcellent,
    UnmarkProposalKey,
)
from intake.decisions.standing import not_now
from intake.state import (
    Converted,
    Filed,
    FirstReviewed,
    KnownProposal,
    Merged,
    NotFiled,
    Received,
    Returned,
    State,
    Transferred,
    Withdrawn,
)


class UnmarkReasonMissing(Refused):
    """取消标记须说明理由。请填写理由。"""

    english: ClassVar[str] = "A mark is taken back for a reason. State it."


def categorise(command: CategoriseProposal, state: State) -> list[IntakeEvent]:
    match state:
        case Received(proposal) | FirstReviewed(proposal) | Filed(proposal):
            categorised = ProposalCategorised(
                proposal_id=command.proposal_id, category=command.category
            )
            return [] if proposal.category is command.category else [categorised]
        case _:
            raise not_now(state, command.proposal_id)


def mark_key(command: MarkProposalKey, state: State) -> list[IntakeEvent]:
    match state:
        case Received(proposal) | FirstReviewed(proposal) | Filed(proposal):
            return [] if proposal.key else [ProposalMarkedKey(proposal_id=command.proposal_id)]
        case _:
            raise not_now(state, command.proposal_id)


def unmark_key(command: UnmarkProposalKey, state: State) -> list[IntakeEvent]:
    match state:
        case Received(proposal) | FirstReviewed(proposal) | Filed(proposal):
            _has_reason(command.unmark_reason)
            unmarked = ProposalUnmarkedKey(
                proposal_id=command.proposal_id, unmark_reason=command.unmark_reason
            )
            return [unmarked] if proposal.key else []
        case _:
            raise not_now(state, command.proposal_id)


def mark_excellent(command: MarkProposalExcellent, state: State) -> list[IntakeEvent]:
    match state:
        case Filed(proposal):
            marked = ProposalMarkedExcellent(proposal_id=command.proposal_id)
            return [] if proposal.excellent else [marked]
        case _:
            raise not_now(state, command.proposal_id)


def unmark_excellent(command: UnmarkProposalExcellent, state: State) -> list[IntakeEvent]:
    match state:
        case Filed(proposal):
            _has_reason(command.unmark_reason)
            unmarked = ProposalUnmarkedExcellent(
                proposal_id=command.proposal_id, unmark_reason=command.unmark_reason
            )
            return [unmarked] if proposal.excellent else []
        case _:
            raise not_now(state, command.proposal_id)


def take_in(command: TakeIn, state: State) -> list[IntakeEvent]:
    """What has ended takes nothing in and says so, for the merge to be undone."""
    took_in = ProposalTookIn(**command.model_dump(exclude={"at"}))
    not_taken = ProposalNotTakenIn(
        proposal_id=command.proposal_id, merged_proposal_id=command.merged_proposal_id
    )
    match state:
        case Received(proposal) | FirstReviewed(proposal) | Returned(proposal) | Filed(proposal):
            return [] if took_in in proposal.taken_in else [took_in]
        case (
            NotFiled(proposal)
            | Merged(proposal)
            | Converted(proposal)
            | Transferred(proposal)
            | Withdrawn(proposal)
        ):
            is_known = took_in in proposal.taken_in or not_taken in proposal.not_taken_in
            return [] if is_known else [not_taken]
        case _:
            raise not_now(state, command.proposal_id)


def undo_merge(command: UndoMerge, state: State) -> list[IntakeEvent]:
    """Only this merge: a proposal that has been decided on otherwise since is left as it is."""
    match state:
        case Merged(_, into_proposal_id) if into_proposal_id == command.into_proposal_id:
            return [
                MergeUndone(
                    proposal_id=command.proposal_id, into_proposal_id=command.into_proposal_id
                )
            ]
        case _ if isinstance(state, KnownProposal):
            return []
        case _:
            raise not_now(state, command.proposal_id)


def _has_reason(reason: str) -> None:
    if not reason:
        raise UnmarkReasonMissing
