"""The rules for one proposal: receive, file, refuse, merge, withdraw."""

from contracts.intake import (
    CaseNumberAssigned,
    IntakeEvent,
    ProposalFiled,
    ProposalMerged,
    ProposalReceived,
    ProposalRefused,
    ProposalWithdrawn,
)
from contracts.refusal import Refused
from intake.commands import (
    FileProposal,
    MergeProposal,
    ReceiveProposal,
    RefuseProposal,
    WithdrawProposal,
)
from intake.decisions.drafting import kind_fits
from intake.decisions.refusals import (
    AlreadyReceived,
    FiledInAnotherCategory,
    MergedIntoItself,
    NoticeMissing,
    WithdrawalReasonMissing,
)
from intake.decisions.standing import first_reviewed_where_asked, nobody_merged_in, not_now
from intake.state import (
    BeingWritten,
    Filed,
    FirstReviewed,
    Merged,
    NotFiled,
    Proposal,
    Received,
    Returned,
    State,
    Withdrawn,
    known_proposal,
)


def receive(command: ReceiveProposal, state: State) -> list[IntakeEvent]:
    received = ProposalReceived(**command.model_dump(exclude={"at"}))
    known = known_proposal(state)
    if known is not None:
        before = known.proposal.received
        if before == received.model_copy(update={"reviewed_twice": before.reviewed_twice}):
            return []
        raise AlreadyReceived(proposal_id=command.proposal_id, title=known.proposal.received.title)
    if isinstance(state, BeingWritten):
        raise not_now(state, command.proposal_id)
    kind_fits(received)
    return [received]


def file_proposal(command: FileProposal, state: State) -> list[IntakeEvent]:
    match state:
        case Received(proposal) | FirstReviewed(proposal):
            first_reviewed_where_asked(state)
            received = proposal.received
            return [
                ProposalFiled(
                    proposal_id=command.proposal_id,
                    year=received.year,
                    number=command.number,
                    title=received.title,
                    category=command.category or proposal.category,
                ),
                CaseNumberAssigned(
                    year=received.year, number=command.number, proposal_id=command.proposal_id
                ),
            ]
        case Filed(proposal) if proposal.number == command.number:
            if command.category in {None, proposal.category}:
                return []
            raise _in_another_category(proposal)
        case _:
            raise not_now(state, command.proposal_id)


def refuse(command: RefuseProposal, state: State) -> list[IntakeEvent]:
    match state:
        case Received() | FirstReviewed():
            first_reviewed_where_asked(state)
            if not command.notice:
                raise NoticeMissing
            nobody_merged_in(state.proposal)
            return [
                ProposalRefused(
                    proposal_id=command.proposal_id, reason=command.reason, notice=command.notice
                )
            ]
        case NotFiled(_, reason, notice) if (reason, notice) == (command.reason, command.notice):
            return []
        case _:
            raise not_now(state, command.proposal_id)


def merge(command: MergeProposal, state: State) -> list[IntakeEvent]:
    match state:
        case Received(proposal) | FirstReviewed(proposal) | Filed(proposal):
            if command.into_proposal_id == command.proposal_id:
                raise MergedIntoItself
            return [
                ProposalMerged(
                    proposal_id=command.proposal_id,
                    into_proposal_id=command.into_proposal_id,
                    proposers=proposal.everybody,
                )
            ]
        case Merged(_, into_proposal_id) if into_proposal_id == command.into_proposal_id:
            return []
        case _:
            raise not_now(state, command.proposal_id)


def withdraw(command: WithdrawProposal, state: State) -> list[IntakeEvent]:
    match state:
        case Received() | FirstReviewed() | Returned() | Filed():
            if not command.reason:
                raise WithdrawalReasonMissing
            nobody_merged_in(state.proposal)
            return [ProposalWithdrawn(proposal_id=command.proposal_id, reason=command.reason)]
        case Withdrawn(_, reason) if reason == command.reason:
            return []
        case _:
            raise not_now(state, command.proposal_id)


def _in_another_category(proposal: Proposal) -> Refused:
    known = proposal.category
    return FiledInAnotherCategory(
        number=proposal.number,
        category=known.chinese if known else "未分类",
        category_in_english=known.value if known else "uncategorised",
    )
