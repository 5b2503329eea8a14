"""The rules for one proposal: receive, file, refuse, merge, withdraw, mark as key."""

from contracts.intake import (
    CaseNumberAssigned,
    IntakeEvent,
    ProposalFiled,
    ProposalMarkedKey,
    ProposalMerged,
    ProposalReceived,
    ProposalRefused,
    ProposalWithdrawn,
)
from contracts.refusal import Refused
from intake.commands import (
    FileProposal,
    MarkProposalKey,
    MergeProposal,
    ReceiveProposal,
    RefuseProposal,
    WithdrawProposal,
)
from intake.decisions.refusals import (
    AlreadyFiled,
    AlreadyMerged,
    AlreadyReceived,
    AlreadyRefused,
    AlreadyWithdrawn,
    MergedIntoItself,
    NoticeMissing,
    ProposalUnknown,
    WithdrawalReasonMissing,
)
from intake.state import Filed, KnownProposal, Merged, NotFiled, Received, Withdrawn


def receive(command: ReceiveProposal, known: KnownProposal | None) -> list[IntakeEvent]:
    received = ProposalReceived(
        proposal_id=command.proposal_id,
        year=command.year,
        title=command.title,
        form=command.form,
        proposers=command.proposers,
        body=command.body,
        fabricated=command.fabricated,
    )
    if known is None:
        return [received]
    if known.proposal.received == received:
        return []
    raise AlreadyReceived(proposal_id=command.proposal_id, title=known.proposal.received.title)


def file_proposal(command: FileProposal, known: KnownProposal | None) -> list[IntakeEvent]:
    match known:
        case Received(proposal):
            received = proposal.received
            return [
                ProposalFiled(
                    proposal_id=command.proposal_id,
                    year=received.year,
                    number=command.number,
                    title=received.title,
                ),
                CaseNumberAssigned(
                    year=received.year, number=command.number, proposal_id=command.proposal_id
                ),
            ]
        case Filed(proposal) if proposal.number == command.number:
            return []
        case None:
            raise ProposalUnknown(proposal_id=command.proposal_id)
        case Filed() | NotFiled() | Merged() | Withdrawn():
            raise _why_not(known)


def refuse(command: RefuseProposal, known: KnownProposal | None) -> list[IntakeEvent]:
    match known:
        case Received():
            if not command.notice:
                raise NoticeMissing
            return [
                ProposalRefused(
                    proposal_id=command.proposal_id, reason=command.reason, notice=command.notice
                )
            ]
        case NotFiled(_, reason, notice) if (reason, notice) == (command.reason, command.notice):
            return []
        case None:
            raise ProposalUnknown(proposal_id=command.proposal_id)
        case Filed() | NotFiled() | Merged() | Withdrawn():
            raise _why_not(known)


def merge(command: MergeProposal, known: KnownProposal | None) -> list[IntakeEvent]:
    match known:
        case Received(proposal) | Filed(proposal):
            if command.into_proposal_id == command.proposal_id:
                raise MergedIntoItself
            return [
                ProposalMerged(
                    proposal_id=command.proposal_id,
                    into_proposal_id=command.into_proposal_id,
                    proposers=proposal.received.proposers,
                )
            ]
        case Merged(_, into_proposal_id) if into_proposal_id == command.into_proposal_id:
            return []
        case None:
            raise ProposalUnknown(proposal_id=command.proposal_id)
        case NotFiled() | Merged() | Withdrawn():
            raise _why_not(known)


def withdraw(command: WithdrawProposal, known: KnownProposal | None) -> list[IntakeEvent]:
    match known:
        case Received() | Filed():
            if not command.reason:
                raise WithdrawalReasonMissing
            return [ProposalWithdrawn(proposal_id=command.proposal_id, reason=command.reason)]
        case Withdrawn(_, reason) if reason == command.reason:
            return []
        case None:
            raise ProposalUnknown(proposal_id=command.proposal_id)
        case NotFiled() | Merged() | Withdrawn():
            raise _why_not(known)


def mark_key(command: MarkProposalKey, known: KnownProposal | None) -> list[IntakeEvent]:
    match known:
        case Received(proposal) | Filed(proposal):
            if proposal.key:
                return []
            return [ProposalMarkedKey(proposal_id=command.proposal_id)]
        case None:
            raise ProposalUnknown(proposal_id=command.proposal_id)
        case NotFiled() | Merged() | Withdrawn():
            raise _why_not(known)


def _why_not(done: Filed | NotFiled | Merged | Withdrawn) -> Refused:
    match done:
        case Filed(proposal):
            return AlreadyFiled(number=proposal.number)
        case NotFiled(_, reason, _):
            return AlreadyRefused(reason=reason.chinese)
        case Merged(_, into_proposal_id):
            return AlreadyMerged(into_proposal_id=into_proposal_id)
        case Withdrawn(_, given_reason):
            return AlreadyWithdrawn(reason=given_reason)
