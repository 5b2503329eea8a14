"""What is told of a proposal beside its review: marks, categories, what a ledger says, who it was handed to."""

from dataclasses import replace

from contracts.handing_down import ProposalHandedDown
from contracts.importing import LedgerRowRecorded
from contracts.intake import ProposalNotTakenIn, ProposalTookIn
from contracts.marking import (
    ProposalCategorised,
    ProposalMarkedExcellent,
    ProposalMarkedKey,
    ProposalUnmarkedExcellent,
    ProposalUnmarkedKey,
)
from intake.state.kinds import Filed, KnownProposal, Proposal, State, Withdrawn

Mark = (
    ProposalCategorised
    | ProposalMarkedKey
    | ProposalUnmarkedKey
    | ProposalMarkedExcellent
    | ProposalUnmarkedExcellent
    | ProposalTookIn
    | ProposalNotTakenIn
    | LedgerRowRecorded
    | ProposalHandedDown
)


def was_taken_back(state: State) -> bool:
    """Whether the upper level took it back, which may hand it down again."""
    return isinstance(state, Withdrawn) and state.taken_back


def marked(known: KnownProposal, event: Mark) -> KnownProposal:
    """What was taken back and is handed down again goes on where it was."""
    proposal = _with_mark(known.proposal, event)
    is_again = isinstance(event, ProposalHandedDown) and was_taken_back(known)
    return Filed(proposal) if is_again else replace(known, proposal=proposal)


def _with_mark(proposal: Proposal, event: Mark) -> Proposal:
    match event:
        case ProposalCategorised(category=category):
            return replace(proposal, category=category)
        case ProposalMarkedKey():
            return replace(proposal, key=True)
        case ProposalUnmarkedKey(unmark_reason=reason):
            return replace(proposal, key=False, unmarked_because=reason)
        case ProposalMarkedExcellent() | ProposalUnmarkedExcellent():
            return replace(proposal, excellent=isinstance(event, ProposalMarkedExcellent))
        case ProposalTookIn():
            return replace(proposal, taken_in=(*proposal.taken_in, event))
        case ProposalNotTakenIn():
            return replace(proposal, not_taken_in=(*proposal.not_taken_in, event))
        case LedgerRowRecorded():
            return replace(proposal, told=event)
        case ProposalHandedDown():
            return replace(proposal, handed_down=event.handed_down)
