"""What can be asked of intake: receive, review, file, refuse, merge, withdraw, and bring in ledgers."""

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from contracts.command import Command, Day, Flag, Id, Line, Reason, Words, Year
from contracts.ledger import LedgerRow, proposal_id_of
from contracts.vocabulary import ActorRole, ProposalForm, RefusalReason

Count = Annotated[int, Field(ge=0, le=1_000_000)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

REVIEWERS = frozenset({ActorRole.COMMITTEE, ActorRole.SUPERVISION})


class ProposalCommand(Command):
    """Something that somebody asks for with one proposal."""

    proposal_id: Id

    @property
    def stream(self) -> str:
        return f"proposal-{self.proposal_id}"


class ReceiveProposal(ProposalCommand):
    """Hand in a proposal (收案)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS | {ActorRole.PROPOSER}

    year: Year
    title: Line
    form: ProposalForm
    proposers: Annotated[tuple[Line, ...], Field(min_length=1, max_length=200)]
    body: Words = ""
    fabricated: Flag = False


class FileProposal(ProposalCommand):
    """Let the proposal pass review, under this case number (立案)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    number: Id


class RefuseProposal(ProposalCommand):
    """Do not file the proposal (不予立案), and tell the proposer why."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    reason: RefusalReason
    notice: Words


class MergeProposal(ProposalCommand):
    """Handle the proposal together with another (并案)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    into_proposal_id: Id


class WithdrawProposal(ProposalCommand):
    """Take the proposal back (撤案), before or after filing."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.PROPOSER, ActorRole.COMMITTEE})

    reason: Reason


class MarkProposalKey(ProposalCommand):
    """Make the proposal a key proposal (重点提案)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS


class RecordLedgerRow(Command):
    """Bring a proposal into the log as a row of a ledger tells it. Its id follows from year and case number."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    year: Year
    row: LedgerRow
    ledger_name: Line
    ledger_sha256: Sha256
    sheet: Line
    sheet_row: Count

    @property
    def proposal_id(self) -> str:
        return proposal_id_of(self.year, self.row.number)

    @property
    def stream(self) -> str:
        return f"proposal-{self.proposal_id}"


class AdoptClue(Command):
    """Record that the committee adopted a clue (提案线索) of the district."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    year: Year
    number: Id
    title: Line
    unit: Line
    adopted_on: Day
    fabricated: Flag = False

    @property
    def stream(self) -> str:
        return f"clue-{self.year}-{self.number}"


class RecordLedgerImport(Command):
    """Record that a whole ledger has been read, and what came of its rows."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    year: Year
    ledger_name: Line
    ledger_sha256: Sha256
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
