"""What can be asked of intake: receive, review, file, refuse, merge, withdraw, and bring in ledgers."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from contracts.command import Command
from contracts.ledger import LedgerRow
from contracts.vocabulary import ActorRole, ProposalForm, RefusalReason

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True)]
Count = Annotated[int, Field(ge=0)]

REVIEWERS = frozenset({ActorRole.COMMITTEE, ActorRole.SUPERVISION})


class ProposalCommand(Command):
    """Something that somebody asks for with one proposal."""

    proposal_id: Text

    @property
    def stream(self) -> str:
        return f"proposal-{self.proposal_id}"


class ReceiveProposal(ProposalCommand):
    """Hand in a proposal (收案)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS | {ActorRole.PROPOSER}

    year: int
    title: Text
    form: ProposalForm
    proposers: Annotated[tuple[Text, ...], Field(min_length=1)]
    body: str = ""
    fabricated: bool = False


class FileProposal(ProposalCommand):
    """Let the proposal pass review, under this case number (立案)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    number: Text


class RefuseProposal(ProposalCommand):
    """Do not file the proposal (不予立案), and tell the proposer why."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    reason: RefusalReason
    notice: Prose


class MergeProposal(ProposalCommand):
    """Handle the proposal together with another (并案)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    into_proposal_id: Text


class WithdrawProposal(ProposalCommand):
    """Take the proposal back (撤案), before or after filing."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.PROPOSER, ActorRole.COMMITTEE})

    reason: Prose


class MarkProposalKey(ProposalCommand):
    """Make the proposal a key proposal (重点提案)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS


class RecordLedgerRow(Command):
    """Bring a proposal into the log as a row of a ledger tells it. Its id is its case number."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    year: int
    row: LedgerRow
    ledger_name: Text
    ledger_sha256: Text
    sheet: str
    sheet_row: int

    @property
    def proposal_id(self) -> str:
        return self.row.number

    @property
    def stream(self) -> str:
        return f"proposal-{self.proposal_id}"


class AdoptClue(Command):
    """Record that the committee adopted a clue (提案线索) of the district."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    year: int
    number: Text
    title: Text
    unit: Text
    adopted_on: date
    fabricated: bool = False

    @property
    def stream(self) -> str:
        return f"clue-{self.year}-{self.number}"


class RecordLedgerImport(Command):
    """Record that a whole ledger has been read, and what came of its rows."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    year: int
    ledger_name: Text
    ledger_sha256: Text
    written_rows: Count
    unchanged_rows: Count
    skipped_rows: Count

    @property
    def stream(self) -> str:
        return f"ledger-{self.year}-{self.ledger_sha256[:16]}"


IntakeCommand = (
    ReceiveProposal
    | FileProposal
    | RefuseProposal
    | MergeProposal
    | WithdrawProposal
    | MarkProposalKey
    | RecordLedgerRow
    | AdoptClue
    | RecordLedgerImport
)
