"""What the upper level hands down to the district, and takes back."""

from typing import Annotated, ClassVar

from pydantic import Field

from contracts.command import Day, Flag, Line, Reason, Words, Year
from contracts.handing_down import HandedDown
from contracts.vocabulary import ActorRole, CollectiveKind, Occasion, ProposalCategory, ProposalForm
from intake.commands.basis import ProposalCommand

FROM_ABOVE = frozenset({ActorRole.SUPERVISION, ActorRole.SERVICE})


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
    category: ProposalCategory | None = None
    handed_down: HandedDown


class RevokeHandDown(ProposalCommand):
    """Record that the upper level took the proposal back (上级收回)."""

    may: ClassVar[frozenset[ActorRole]] = FROM_ABOVE

    reason: Reason
    revoked_on: Day
