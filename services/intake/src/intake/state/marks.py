"""What is told of a proposal beside its review: marks, categories, ledgers, levels, a corrected number."""

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
from contracts.numbering import CaseNumberCorrected
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
    | CaseNumberCorrected
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
        case CaseNumberCorrected(was=was, number=number):
            wrong = tuple(each for each in (*proposal.wrong_numbers, was) if each != number)
            told = _told_under(number, proposal.told)
            above = proposal.handed_down
            above = above and above.model_copy(update={"number": number})
            return replace(
                proposal, number=number, told=told, handed_down=above, wrong_numbers=wrong
            )


def _told_under(number: str, told: LedgerRowRecorded | None) -> LedgerRowRecorded | None:
    """What a ledger told, as later ledgers will tell it: under the number that was meant."""
    if told is None:
        return None
    row = told.row.model_copy(update={"number": number})
    return told.model_copy(update={"row": row})
