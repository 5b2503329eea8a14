"""The rules of review beside filing: two stages, return, conversion, transfer."""

from typing import ClassVar

from contracts.intake import (
    FirstReviewPassed,
    IntakeEvent,
    ProposalConverted,
    ProposalResubmitted,
    ProposalReturned,
    ProposalTransferred,
)
from contracts.refusal import Refused
from intake.commands import (
    ConvertProposal,
    PassFirstReview,
    ResubmitProposal,
    ReturnProposal,
    TransferProposal,
)
from intake.decisions.drafting import BodyMissing
from intake.decisions.refusals import NoticeMissing
from intake.decisions.standing import first_reviewed_where_asked, nobody_merged_in, not_now
from intake.state import (
    Converted,
    FirstReviewed,
    NotFiled,
    Received,
    Returned,
    State,
    Transferred,
)


class ReturnReasonMissing(Refused):
    """退回补充须说明要补充什么。请填写退回意见。"""

    english: ClassVar[str] = (
        "A proposal is returned with what it lacks. State what is to be completed."
    )


class TransferReasonMissing(Refused):
    """转送须说明理由。请填写转送理由。"""

    english: ClassVar[str] = "A transfer needs a reason. State it."


def pass_first_review(command: PassFirstReview, state: State) -> list[IntakeEvent]:
    match state:
        case Received():
            return [FirstReviewPassed(proposal_id=command.proposal_id, note=command.note)]
        case FirstReviewed(note=note) if note == command.note:
            return []
        case _:
            raise not_now(state, command.proposal_id)


def return_proposal(command: ReturnProposal, state: State) -> list[IntakeEvent]:
    match state:
        case Received() | FirstReviewed():
            if not command.reason:
                raise ReturnReasonMissing
            return [ProposalReturned(proposal_id=command.proposal_id, reason=command.reason)]
        case Returned(reason=reason) if reason == command.reason:
            return []
        case _:
            raise not_now(state, command.proposal_id)


def resubmit(command: ResubmitProposal, state: State) -> list[IntakeEvent]:
    match state:
        case Returned():
            if not command.body:
                raise BodyMissing
            return [ProposalResubmitted(**command.model_dump(exclude={"at"}))]
        case Received(proposal) if (proposal.received.title, proposal.received.body) == (
            command.title,
            command.body,
        ) and command.category in {None, proposal.category}:
            return []
        case _:
            raise not_now(state, command.proposal_id)


def convert(command: ConvertProposal, state: State) -> list[IntakeEvent]:
    converted = ProposalConverted(**command.model_dump(exclude={"at"}))
    match state:
        case Received() | FirstReviewed() | NotFiled():
            first_reviewed_where_asked(state)
            if not command.notice:
                raise NoticeMissing
            nobody_merged_in(state.proposal)
            return [converted]
        case Converted(conversion=conversion) if conversion == converted:
            return []
        case _:
            raise not_now(state, command.proposal_id)


def transfer(command: TransferProposal, state: State) -> list[IntakeEvent]:
    transferred = ProposalTransferred(**command.model_dump(exclude={"at"}))
    match state:
        case Received() | FirstReviewed() | NotFiled():
            first_reviewed_where_asked(state)
            if not command.transfer_reason:
                raise TransferReasonMissing
            nobody_merged_in(state.proposal)
            return [transferred]
        case Transferred(transfer=before) if before == transferred:
            return []
        case _:
            raise not_now(state, command.proposal_id)
