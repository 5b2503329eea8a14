"""What every event is: a frozen fact with a type name and the stream it belongs to."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """Something that has happened. Readers ignore fields they do not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str]

    @property
    def stream(self) -> str:
        """The stream in the district's log that this event belongs to."""
        raise LookupError(self.type)
