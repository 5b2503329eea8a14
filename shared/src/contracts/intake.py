"""Events recorded by intake (收案、审查、立案), and only by intake."""

from typing import ClassVar

from contracts.event import Event
from contracts.handing_down import HandDownRevoked, ProposalHandedDown
from contracts.importing import ClueAdopted, LedgerImported, LedgerRowRecorded
from contracts.marking import (
    ProposalCategorised,
    ProposalMarkedExcellent,
    ProposalMarkedKey,
    ProposalUnmarkedExcellent,
    ProposalUnmarkedKey,
)
from contracts.numbering import CaseNumberCorrected, CaseNumberReleased
from contracts.proposing import (
    AttachmentAdded,
    AttachmentRemoved,
    CosignersDropped,
    CosigningDeclined,
    CosigningOpened,
    DraftDiscarded,
    DraftSaved,
    ProposalCosigned,
    ProposalEvent,
    PublicationConsentStated,
)
from contracts.vocabulary import (
    CollectiveKind,
    Conversion,
    Level,
    Occasion,
    ProposalCategory,
    ProposalForm,
    RefusalReason,
)

__all__ = ["ProposalEvent"]


class ProposalReceived(ProposalEvent):
    """A proposal was handed in; nobody has reviewed it yet.

    `reviewed_twice` says that the place decides only after a first review (初审、终审).
    """

    type: ClassVar[str] = "tian.intake.proposal_received.v1"

    year: int
    title: str
    form: ProposalForm
    proposers: tuple[str, ...]
    body: str = ""
    fabricated: bool = False
    collective: CollectiveKind | None = None
    occasion: Occasion | None = None
    wished_units: tuple[str, ...] = ()
    reviewed_twice: bool = False
    category: ProposalCategory | None = None


class FirstReviewPassed(ProposalEvent):
    """The proposal passed the first of two reviews (初审); the decision is still to come."""

    type: ClassVar[str] = "tian.intake.first_review_passed.v1"

    note: str = ""


class ProposalReturned(ProposalEvent):
    """The proposal went back to its proposers, who are to complete it (退回补充)."""

    type: ClassVar[str] = "tian.intake.proposal_returned.v1"

    reason: str


class ProposalResubmitted(ProposalEvent):
    """The proposers handed in the completed proposal; it is reviewed anew.

    Without a category it keeps the one that it had.
    """

    type: ClassVar[str] = "tian.intake.proposal_resubmitted.v1"

    title: str
    body: str
    category: ProposalCategory | None = None


class ProposalFiled(ProposalEvent):
    """The proposal passed review (立案) and has a case number from now on.

    `category` is the one that the review put it in; without it, it keeps the one that it had.
    """

    type: ClassVar[str] = "tian.intake.proposal_filed.v1"

    year: int
    number: str
    title: str
    category: ProposalCategory | None = None


class CaseNumberAssigned(Event):
    """A case number was given to a proposal and is taken from now on, until it is released."""

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


class ProposalTookIn(ProposalEvent):
    """Another proposal is handled together with this one, and its proposers are answered as well."""

    type: ClassVar[str] = "tian.intake.proposal_took_in.v1"

    merged_proposal_id: str
    proposers: tuple[str, ...]


class ProposalNotTakenIn(ProposalEvent):
    """Another proposal was merged into this one when this one had already ended; it is not handled here."""

    type: ClassVar[str] = "tian.intake.proposal_not_taken_in.v1"

    merged_proposal_id: str


class MergeUndone(ProposalEvent):
    """The merge came too late: the other proposal had ended. This one is as it was before, to be reviewed."""

    type: ClassVar[str] = "tian.intake.merge_undone.v1"

    into_proposal_id: str


class ProposalConverted(ProposalEvent):
    """The proposal is not filed and was passed on as something else; the proposer is told."""

    type: ClassVar[str] = "tian.intake.proposal_converted.v1"

    into: Conversion
    passed_to: str
    notice: str


class ProposalTransferred(ProposalEvent):
    """The proposal was handed over to the committee of another level, which decides on it."""

    type: ClassVar[str] = "tian.intake.proposal_transferred.v1"

    level: Level
    receiver: str
    transfer_reason: str


class ProposalWithdrawn(ProposalEvent):
    """The proposer took the proposal back (撤案)."""

    type: ClassVar[str] = "tian.intake.proposal_withdrawn.v1"

    reason: str


IntakeEvent = (
    DraftSaved
    | DraftDiscarded
    | CosigningOpened
    | ProposalCosigned
    | CosigningDeclined
    | CosignersDropped
    | AttachmentAdded
    | AttachmentRemoved
    | PublicationConsentStated
    | ProposalReceived
    | FirstReviewPassed
    | ProposalReturned
    | ProposalResubmitted
    | ProposalFiled
    | CaseNumberAssigned
    | CaseNumberCorrected
    | CaseNumberReleased
    | ProposalRefused
    | ProposalMerged
    | ProposalTookIn
    | ProposalNotTakenIn
    | MergeUndone
    | ProposalConverted
    | ProposalTransferred
    | ProposalWithdrawn
    | ProposalCategorised
    | ProposalMarkedKey
    | ProposalUnmarkedKey
    | ProposalMarkedExcellent
    | ProposalUnmarkedExcellent
    | LedgerRowRecorded
    | ClueAdopted
    | LedgerImported
    | ProposalHandedDown
    | HandDownRevoked
)
