"""Events of a proposal before it is handed in: its draft, who signs with it, and what is attached."""

from datetime import date
from typing import ClassVar

from contracts.event import Event
from contracts.vocabulary import CollectiveKind, Occasion, ProposalCategory, ProposalForm


class ProposalEvent(Event):
    """Something that happened to one proposal."""

    proposal_id: str

    @property
    def stream(self) -> str:
        return f"proposal-{self.proposal_id}"


class DraftSaved(ProposalEvent):
    """The draft reads like this from now on; nobody but its author has to do with it yet."""

    type: ClassVar[str] = "tian.intake.draft_saved.v1"

    year: int
    title: str
    form: ProposalForm
    proposers: tuple[str, ...]
    body: str = ""
    collective: CollectiveKind | None = None
    occasion: Occasion | None = None
    wished_units: tuple[str, ...] = ()
    fabricated: bool = False
    category: ProposalCategory | None = None


class DraftDiscarded(ProposalEvent):
    """The draft was given up and never handed in."""

    type: ClassVar[str] = "tian.intake.draft_discarded.v1"


class CosigningOpened(ProposalEvent):
    """These people are invited to sign the draft as well, until the end of this day."""

    type: ClassVar[str] = "tian.intake.cosigning_opened.v1"

    invited: tuple[str, ...]
    closes_on: date


class ProposalCosigned(ProposalEvent):
    """Somebody invited signed, and is a proposer of it for good."""

    type: ClassVar[str] = "tian.intake.proposal_cosigned.v1"

    name: str


class CosigningDeclined(ProposalEvent):
    """Somebody invited does not sign."""

    type: ClassVar[str] = "tian.intake.cosigning_declined.v1"

    name: str


class CosignersDropped(ProposalEvent):
    """The deadline passed without the signatures of these people; it is handed in without them."""

    type: ClassVar[str] = "tian.intake.cosigners_dropped.v1"

    names: tuple[str, ...]


class AttachmentAdded(ProposalEvent):
    """A file belongs to the proposal; its content is kept under this SHA-256 (hex)."""

    type: ClassVar[str] = "tian.intake.attachment_added.v1"

    sha256: str
    file_name: str
    media_type: str
    size_bytes: int


class AttachmentRemoved(ProposalEvent):
    """The file does not belong to the proposal any more; its content stays kept."""

    type: ClassVar[str] = "tian.intake.attachment_removed.v1"

    sha256: str


class PublicationConsentStated(ProposalEvent):
    """The proposers agree to the publication of the proposal, or do not and say why."""

    type: ClassVar[str] = "tian.intake.publication_consent_stated.v1"

    consents: bool
    consent_reason: str = ""
