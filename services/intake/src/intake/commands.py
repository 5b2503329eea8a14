"""What can be asked of intake: receive, review, file, refuse, merge, withdraw, and bring in ledgers."""

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from contracts.command import (
    Command,
    Day,
    Flag,
    Id,
    Line,
    OptionalLine,
    Reason,
    Words,
    Year,
)
from contracts.handing_down import HandedDown
from contracts.ledger import LedgerRow, proposal_id_of
from contracts.vocabulary import (
    ActorRole,
    CollectiveKind,
    Conversion,
    Level,
    Occasion,
    ProposalForm,
    RefusalReason,
)

Count = Annotated[int, Field(ge=0, le=1_000_000)]
MediaType = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9.+-]{1,100}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

Names = Annotated[tuple[Line, ...], Field(min_length=1, max_length=200)]
Units = Annotated[tuple[Line, ...], Field(max_length=20)]

MOST_BYTES_OF_AN_ATTACHMENT = 20_000_000

REVIEWERS = frozenset({ActorRole.COMMITTEE, ActorRole.SUPERVISION})
FROM_ABOVE = frozenset({ActorRole.SUPERVISION, ActorRole.SERVICE})
PROPOSERS = frozenset({ActorRole.PROPOSER, ActorRole.COMMITTEE})


class ProposalCommand(Command):
    """Something that somebody asks for with one proposal."""

    proposal_id: Id

    @property
    def stream(self) -> str:
        return f"proposal-{self.proposal_id}"


class HandingIn(ProposalCommand):
    """Something that brings a proposal before the reviewers.

    `reviewed_twice` is what the district's directory says; the door sets it, whatever was asked.
    """

    reviewed_twice: Flag = False


class ReceiveProposal(HandingIn):
    """Hand in a proposal (收案)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS | {ActorRole.PROPOSER}

    year: Year
    title: Line
    form: ProposalForm
    proposers: Names
    body: Words = ""
    fabricated: Flag = False
    collective: CollectiveKind | None = None
    occasion: Occasion | None = None
    wished_units: Units = ()


class SaveDraft(ProposalCommand):
    """Write a draft, or change it as a whole (暂存)."""

    may: ClassVar[frozenset[ActorRole]] = PROPOSERS

    year: Year
    title: Line
    form: ProposalForm
    proposers: Names
    body: Words = ""
    collective: CollectiveKind | None = None
    occasion: Occasion | None = None
    wished_units: Units = ()
    fabricated: Flag = False


class DiscardDraft(ProposalCommand):
    """Give a draft up (作废草稿)."""

    may: ClassVar[frozenset[ActorRole]] = PROPOSERS


class OpenCosigning(ProposalCommand):
    """Invite people to sign a draft until a day (征集联名); invite more, or move the day."""

    may: ClassVar[frozenset[ActorRole]] = PROPOSERS

    invited: Names
    closes_on: Day


class CosignProposal(ProposalCommand):
    """Sign a proposal one was invited to sign (联名)."""

    may: ClassVar[frozenset[ActorRole]] = PROPOSERS

    name: Line


class DeclineCosigning(ProposalCommand):
    """Do not sign a proposal one was invited to sign."""

    may: ClassVar[frozenset[ActorRole]] = PROPOSERS

    name: Line


class SubmitProposal(HandingIn):
    """Hand in a draft, with everybody who signed it (提交)."""

    may: ClassVar[frozenset[ActorRole]] = PROPOSERS


class AddAttachment(ProposalCommand):
    """Attach a file; its content has been kept under its SHA-256 before."""

    may: ClassVar[frozenset[ActorRole]] = PROPOSERS | REVIEWERS

    sha256: Sha256
    file_name: Line
    media_type: MediaType
    size_bytes: Annotated[int, Field(ge=1, le=MOST_BYTES_OF_AN_ATTACHMENT)]


class RemoveAttachment(ProposalCommand):
    """Take an attached file away."""

    may: ClassVar[frozenset[ActorRole]] = PROPOSERS

    sha256: Sha256


class StatePublicationConsent(ProposalCommand):
    """Agree to the publication of the proposal, or say why not (是否同意公开)."""

    may: ClassVar[frozenset[ActorRole]] = PROPOSERS

    consents: Flag
    consent_reason: OptionalLine = ""


class PassFirstReview(ProposalCommand):
    """Let the proposal pass the first of two reviews (初审)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    note: Reason = ""


class ReturnProposal(ProposalCommand):
    """Give the proposal back to be completed (退回补充)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    reason: Reason


class ResubmitProposal(ProposalCommand):
    """Hand in the completed proposal again (重新提交)."""

    may: ClassVar[frozenset[ActorRole]] = PROPOSERS

    title: Line
    body: Words


class ConvertProposal(ProposalCommand):
    """Pass the proposal on as a suggestion, as public opinion, or as a letter (转意见建议、社情民意)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    into: Conversion
    passed_to: Line
    notice: Words


class TransferProposal(ProposalCommand):
    """Hand the proposal over to the committee of another level (转上级、下级)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    level: Level
    receiver: Line
    transfer_reason: Reason


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


class UnmarkProposalKey(ProposalCommand):
    """Take the mark as a key proposal back."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    unmark_reason: Reason


class MarkProposalExcellent(ProposalCommand):
    """Choose the proposal as an excellent one (优秀提案)."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS


class UnmarkProposalExcellent(ProposalCommand):
    """Take the choice as an excellent proposal back."""

    may: ClassVar[frozenset[ActorRole]] = REVIEWERS

    unmark_reason: Reason


class TakeIn(ProposalCommand):
    """Note that another proposal is handled together with this one."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SERVICE})

    merged_proposal_id: Id
    proposers: Annotated[tuple[Line, ...], Field(min_length=1, max_length=10_000)]


class UndoMerge(ProposalCommand):
    """Take a merge back, because what the proposal was merged into had already ended."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SERVICE})

    into_proposal_id: Id


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


class ReceiveFromAbove(ProposalCommand):
    """Take over a proposal that the upper level dispatched to this district (接收上级交办)."""

    may: ClassVar[frozenset[ActorRole]] = FROM_ABOVE

    year: Year
    title: Line
    form: ProposalForm
    proposers: Annotated[tuple[Line, ...], Field(min_length=1, max_length=500)]
    body: Words = ""
    key: Flag = False
    fabricated: Flag = False
    collective: CollectiveKind | None = None
    occasion: Occasion | None = None
    handed_down: HandedDown


class RevokeHandDown(ProposalCommand):
    """Record that the upper level took the proposal back (上级收回)."""

    may: ClassVar[frozenset[ActorRole]] = FROM_ABOVE

    reason: Reason
    revoked_on: Day


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
    SaveDraft
    | DiscardDraft
    | OpenCosigning
    | CosignProposal
    | DeclineCosigning
    | SubmitProposal
    | AddAttachment
    | RemoveAttachment
    | StatePublicationConsent
    | ReceiveProposal
    | PassFirstReview
    | ReturnProposal
    | ResubmitProposal
    | FileProposal
    | RefuseProposal
    | MergeProposal
    | TakeIn
    | UndoMerge
    | ConvertProposal
    | TransferProposal
    | WithdrawProposal
    | MarkProposalKey
    | UnmarkProposalKey
    | MarkProposalExcellent
    | UnmarkProposalExcellent
    | RecordLedgerRow
    | AdoptClue
    | RecordLedgerImport
    | ReceiveFromAbove
    | RevokeHandDown
)
