"""Events recorded by intake (收案、审查、立案), and only by intake."""

from datetime import date
from typing import ClassVar

from contracts.event import Event
from contracts.ledger import LedgerRow
from contracts.vocabulary import ProposalForm, RefusalReason


class ProposalEvent(Event):
    """Something that happened to one proposal."""

    proposal_id: str

    @property
    def stream(self) -> str:
        return f"proposal-{self.proposal_id}"


class ProposalReceived(ProposalEvent):
    """A proposal was handed in; nobody has reviewed it yet."""

    type: ClassVar[str] = "tian.intake.proposal_received.v1"

    year: int
    title: str
    form: ProposalForm
    proposers: tuple[str, ...]
    body: str = ""
    fabricated: bool = False


class ProposalFiled(ProposalEvent):
    """The proposal passed review (立案) and has a case number from now on."""

    type: ClassVar[str] = "tian.intake.proposal_filed.v1"

    year: int
    number: str
    title: str


class CaseNumberAssigned(Event):
    """A case number was given to a proposal and is taken from now on."""

    type: ClassVar[str] = "tian.intake.case_number_assigned.v1"

    year: int
    number: str
    proposal_id: str

    @property
    def stream(self) -> str:
        return f"number-{self.year}-{self.number}"


class ProposalRefused(ProposalEvent):
    """The proposal is not filed (不予立案); the proposer is told the reason."""

    type: ClassVar[str] = "tian.intake.proposal_refused.v1"

    reason: RefusalReason
    notice: str


class ProposalMerged(ProposalEvent):
    """The proposal is handled together with another; its proposers keep their right to an answer."""

    type: ClassVar[str] = "tian.intake.proposal_merged.v1"

    into_proposal_id: str
    proposers: tuple[str, ...]


class ProposalWithdrawn(ProposalEvent):
    """The proposer took the proposal back (撤案)."""

    type: ClassVar[str] = "tian.intake.proposal_withdrawn.v1"

    reason: str


class ProposalMarkedKey(ProposalEvent):
    """The proposal is a key proposal (重点提案) from now on."""

    type: ClassVar[str] = "tian.intake.proposal_marked_key.v1"


class LedgerRowRecorded(ProposalEvent):
    """A ledger told what had already been done with this proposal before it came into the log."""

    type: ClassVar[str] = "tian.intake.ledger_row_recorded.v1"

    year: int
    row: LedgerRow
    ledger_name: str
    ledger_sha256: str
    sheet: str
    sheet_row: int


class ClueAdopted(Event):
    """A clue (提案线索) offered by the district was adopted by the committee."""

    type: ClassVar[str] = "tian.intake.clue_adopted.v1"
    dated_by: ClassVar[str | None] = "adopted_on"

    year: int
    number: str
    title: str
    unit: str
    adopted_on: date
    fabricated: bool = False

    @property
    def stream(self) -> str:
        return f"clue-{self.year}-{self.number}"


class LedgerImported(Event):
    """A ledger was brought into the log, with this many rows written and left as they were."""

    type: ClassVar[str] = "tian.intake.ledger_imported.v1"

    year: int
    ledger_name: str
    ledger_sha256: str
    written_rows: int
    unchanged_rows: int
    skipped_rows: int

    @property
    def stream(self) -> str:
        return f"ledger-{self.year}-{self.ledger_sha256[:16]}"


IntakeEvent = (
    ProposalReceived
    | ProposalFiled
    | CaseNumberAssigned
    | ProposalRefused
    | ProposalMerged
    | ProposalWithdrawn
    | ProposalMarkedKey
    | LedgerRowRecorded
    | ClueAdopted
    | LedgerImported
)
