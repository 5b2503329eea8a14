"""The rules of intake: what each command comes to, given what is known of its stream."""

from contracts.intake import IntakeEvent
from intake.commands import (
    AdoptClue,
    FileProposal,
    IntakeCommand,
    MarkProposalKey,
    MergeProposal,
    ReceiveProposal,
    RecordLedgerImport,
    RecordLedgerRow,
    RefuseProposal,
    WithdrawProposal,
)
from intake.decisions.ledgers import adopt_clue, record_ledger_import, record_ledger_row
from intake.decisions.proposals import (
    file_proposal,
    mark_key,
    merge,
    receive,
    refuse,
    withdraw,
)
from intake.state import State, known_proposal


def decide(command: IntakeCommand, state: State) -> list[IntakeEvent]:
    """What the command comes to. Raises Refused; a repeated command comes to nothing."""
    match command:
        case ReceiveProposal():
            return receive(command, known_proposal(state))
        case FileProposal():
            return file_proposal(command, known_proposal(state))
        case RefuseProposal():
            return refuse(command, known_proposal(state))
        case MergeProposal():
            return merge(command, known_proposal(state))
        case WithdrawProposal():
            return withdraw(command, known_proposal(state))
        case MarkProposalKey():
            return mark_key(command, known_proposal(state))
        case RecordLedgerRow():
            return record_ledger_row(command, known_proposal(state))
        case AdoptClue():
            return adopt_clue(command, state)
        case RecordLedgerImport():
            return record_ledger_import(command, state)
