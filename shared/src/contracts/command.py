"""What every command is: an imperative with its time, and the roles that may give it."""

from typing import ClassVar

from pydantic import AwareDatetime, BaseModel, ConfigDict

from contracts.vocabulary import ActorRole


class Command(BaseModel):
    """Something that somebody asks for. Unknown fields are refused, so a typing error shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    may: ClassVar[frozenset[ActorRole]]

    at: AwareDatetime

    @property
    def stream(self) -> str:
        """The stream whose state decides this command."""
        raise LookupError(type(self).__name__)
