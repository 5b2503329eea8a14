"""What every channel does with a message, and the ways in which it can fail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from contracts.sending import AddressOutcome

TIMEOUT_SECONDS = 20.0
LONGEST_ANSWER = 200


class NotNow(Exception):
    """It did not go out, and may go out later: nobody answered, or the other side asked to wait."""


class NotAtAll(Exception):
    """It will not go out however often it is tried: the other side refused it."""


@dataclass(frozen=True)
class AddressAnswer:
    """What the other side said of one address, in full."""

    address: str
    outcome: AddressOutcome
    said: str


class InPart(Exception):
    """The other side answered for each address by itself, and did not take the message for all."""

    def __init__(self, answers: Sequence[AddressAnswer]) -> None:
        super().__init__(f"{len(answers)} answers")
        self.answers = tuple(answers)


@dataclass(frozen=True)
class Parcel:
    """A message on its way: the addresses it goes to now, of all that it is for.

    `message_id` is the same however often it is sent: receivers that saw it before can tell.
    """

    message_id: UUID
    district: str
    matter: str
    recipient: str
    to: Sequence[str]
    listed: Sequence[str]
    subject: str
    body: str
    proposal_id: str
    unit: str | None
    written_at: datetime


class OpenChannel(Protocol):
    """A channel that is ready to send."""

    async def send(self, parcel: Parcel, now: datetime) -> str:
        """Send a message; returns what the other side said. Raises NotNow, NotAtAll or InPart."""
        ...


def shortened(answer: str) -> str:
    """An answer as it is kept: on one line, and not longer than anybody reads."""
    return " ".join(answer.split())[:LONGEST_ANSWER]
