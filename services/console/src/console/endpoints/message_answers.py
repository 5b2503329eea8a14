"""What assignment answers about messages, as far as the pages need it."""

from datetime import date, datetime

from pydantic import Field

from console.endpoints.answers import Answered


class Message(Answered):
    """A message as the outbox or an inbox tells of it."""

    message_id: str
    position: int
    matter: str
    recipient_kind: str
    recipient: str
    channel: str
    channel_kind: str
    proposal_id: str
    unit: str | None = None
    due_on: date | None = None
    subject: str
    body: str
    written_at: datetime
    not_before: datetime
    state: str
    attempts: int = 0
    sent_at: datetime | None = None
    sent_to: str | None = None
    problem: str | None = None
    read_at: datetime | None = None
    overtaken: bool = False

    @property
    def is_unread(self) -> bool:
        """Whether somebody is still to read it; what is done with need not be read."""
        return self.read_at is None and not self.overtaken


class StepTaken(Answered):
    """Something that was done with a message."""

    taken_at: datetime
    step: str
    detail: str = ""
    done_by_name: str | None = None


class OutboxList(Answered):
    """What fits of the outbox, and how many messages there are in each state."""

    messages: tuple[Message, ...] = ()
    by_state: dict[str, int] = Field(default_factory=dict)
    total: int = 0


class AddressAnswer(Answered):
    """An address of a message, and what its server last said of it."""

    shown: str
    outcome: str
    answer: str = ""
    answered_at: datetime


class OneMessage(Answered):
    """One message of the outbox; its addresses, where it did not go out to all of them at once."""

    message: Message
    steps: tuple[StepTaken, ...] = ()
    addresses: tuple[AddressAnswer, ...] = ()


class Released(Answered):
    """How many messages are sent again."""

    messages: int = 0


class InboxList(Answered):
    """What lies in the visitor's inbox."""

    owner: str
    unread: int = 0
    messages: tuple[Message, ...] = ()


class Unread(Answered):
    """How many messages nobody has read."""

    unread: int = 0
