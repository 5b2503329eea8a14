"""The rules for marks on a proposal: key and excellent, set and taken back; and what is merged into it."""

from typing import ClassVar

from contracts.intake import (
    IntakeEvent,
    ProposalMarkedExcellent,
    ProposalMarkedKey,
    ProposalTookIn,
    ProposalUnmarkedExcellent,
    ProposalUnmarkedKey,
)
from contracts.refusal import Refused
from intake.commands import (
    MarkProposalExcellent,
    MarkProposalKey,
    TakeIn,
    UnmarkProposalExcellent,
    UnmarkProposalKey,
)
from intake.decisions.standing import not_now
from intake.state import Filed, FirstReviewed, Received, Returned, State


class UnmarkReasonMissing(Refused):
    """取消标记须说明理由。请填写理由。"""

    english: ClassVar[str] = "A mark is taken back for a reason. State it."


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
    took_in = ProposalTookIn(**command.model_dump(exclude={"at"}))
    match state:
        case Received(proposal) | FirstReviewed(proposal) | Returned(proposal) | Filed(proposal):
            return [] if took_in in proposal.taken_in else [took_in]
        case _:
            raise not_now(state, command.proposal_id)


def _has_reason(reason: str) -> None:
    if not reason:
        raise UnmarkReasonMissing
