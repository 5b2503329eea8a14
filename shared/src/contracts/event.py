"""What every event is: a frozen fact with a type name and the stream it belongs to."""

from datetime import date
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """Something that has happened. Readers ignore fields they do not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str]
    dated_by: ClassVar[str | None] = None

    @property
    def happened_on(self) -> date | None:
        """The day on which it happened, for events that name it; otherwise it happened when told."""
        return getattr(self, self.dated_by) if self.dated_by else None

    @property
    def stream(self) -> str:
        """The stream in the district's log that this event belongs to."""
        raise LookupError(self.type)
