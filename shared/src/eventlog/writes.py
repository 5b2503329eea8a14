"""What is offered to the log, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from eventlog.recorded import NewEvent


@dataclass(frozen=True, slots=True)
class Write:
    """The events of one command: appended whole, or not at all."""

    events: Sequence[NewEvent]


class Outcome(NamedTuple):
    """What became of a write; `position` is that of its last event."""

    result: Literal["appended", "repeated", "conflict"]
    position: int
    conflicting_stream: str | None = None
