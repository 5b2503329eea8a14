"""What every command about a proposal has, and who may give which."""

from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.command import (
    Command,
    Id,
    Line,
)
from contracts.vocabulary import (
    ActorRole,
)

Count = Annotated[int, Field(ge=0, le=1_000_000)]
MediaType = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9.+-]{1,100}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

Names = Annotated[tuple[Line, ...], Field(min_length=1, max_length=200)]
Units = Annotated[tuple[Line, ...], Field(max_length=20)]

MOST_BYTES_OF_AN_ATTACHMENT = 20_000_000

REVIEWERS = frozenset({ActorRole.COMMITTEE, ActorRole.SUPERVISION})
PROPOSERS = frozenset({ActorRole.PROPOSER, ActorRole.COMMITTEE})


class ProposalCommand(Command):
    """Something that somebody asks for with one proposal."""

    proposal_id: Id

    @property
    def stream(self) -> str:
        return f"proposal-{self.proposal_id}"
