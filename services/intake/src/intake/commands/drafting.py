"""What writes a proposal: drafts, signing together, handing in, and what goes with it."""

from typing import Annotated, ClassVar

from pydantic import Field

from contracts.command import (
    Day,
    Flag,
    Line,
    OptionalLine,
    Words,
    Year,
)
from contracts.vocabulary import (
    ActorRole,
    CollectiveKind,
    Occasion,
    ProposalCategory,
    ProposalForm,
)
from intake.commands.basis import (
    MOST_BYTES_OF_AN_ATTACHMENT,
    PROPOSERS,
    REVIEWERS,
    MediaType,
    Names,
    ProposalCommand,
    Sha256,
    Units,
)


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
    category: ProposalCategory | None = None


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
    category: ProposalCategory | None = None


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
