"""The outbox in PostgreSQL: what is to be sent, what was, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import asyncpg
from pydantic import BaseModel

from assignment.projections.deliveries import (
    STATEMENTS,
    Delivery,
    deliveries_of,
    note_deliveries,
)
from contracts.identity import Actor
from contracts.sending import SendingState, SendingStep


@dataclass(frozen=True)
class Message:
    """A message as it lies in the outbox. Moments are aware; `sent_to` is masked where it is personal."""

    district: str
    message_id: UUID
    event_id: UUID
    position: int
    matter: str
    recipient_kind: str
    recipient: str
    recipient_subject: str | None
    channel: str
    channel_kind: str
    proposal_id: str
    year: int | None
    unit: str | None
    about: str
    due_on: date | None
    subject: str
    body: str
    written_at: datetime
    not_before: datetime
    state: str
    attempts: int = 0
    taken_until: datetime | None = None
    sent_at: datetime | None = None
    sent_to: str | None = None
    problem: str | None = None
    read_at: datetime | None = None
    overtaken: bool = False


class StepTaken(BaseModel):
    """Something that was done with a message, and by whom where it was a person."""

    taken_at: datetime
    step: str
    detail: str
    done_by_name: str | None


@dataclass(frozen=True)
class Wanted:
    """Which messages are asked for; what is empty narrows nothing."""

    state: str = ""
    channel: str = ""
    matter: str = ""
    words: str = ""


@dataclass(frozen=True)
class Mailbox:
    """Whose inbox it is. Where a subject is known, names that are shared open no other's letters."""

    district: str
    kind: str
    owner: str
    subject: str


class Outbox:
    """Takes what is due, notes what came of it, and answers what people ask of it."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def take_due(
        self, districts: Sequence[str], now: datetime, until: datetime, limit: int
    ) -> list[Message]:
        """Take messages that are due; nobody else takes them until then. That counts as an attempt."""
        rows = await self._pool.fetch(STATEMENTS["take_due"], now, until, list(districts), limit)
        return [Message(**dict(row)) for row in rows]

    async def put_off(self, message: Message, not_before: datetime) -> None:
        await self._pool.execute(STATEMENTS["put_off"], *_key(message), not_before)

    async def note_sent(
        self,
        message: Message,
        at: datetime,
        to: str,
        answer: str,
        said: Sequence[Delivery] = (),
    ) -> None:
        """It went out to all its addresses; `said` is of each, where that took more than once."""
        async with self._pool.acquire() as connection, connection.transaction():
            await note_deliveries(connection, *_key(message), said)
            await connection.execute(STATEMENTS["note_sent"], *_key(message), at, to, answer)

    async def note_failed(
        self,
        message: Message,
        at: datetime,
        problem: str,
        again_at: datetime | None,
        said: Sequence[Delivery] = (),
    ) -> None:
        """It did not go out to all: it is tried again, or without a moment for that given up."""
        state = SendingState.FAILED if again_at is None else SendingState.WAITING
        what = (*_key(message), at, state.value, again_at or at, problem)
        async with self._pool.acquire() as connection, connection.transaction():
            await note_deliveries(connection, *_key(message), said)
            await connection.execute(STATEMENTS["note_failed"], *what)

    async def deliveries(self, district: str, message_id: UUID) -> list[Delivery]:
        """What was said of each address of a message that did not go out to all of them at once."""
        return await deliveries_of(self._pool, district, message_id)

    async def retry(self, district: str, message_id: UUID, at: datetime, actor: Actor) -> bool:
        """Have a message sent after all. False where its state does not allow it."""
        allowed = [SendingState.FAILED.value, SendingState.HELD.value, SendingState.WAITING.value]
        return await self._decided(
            (district, message_id, SendingState.WAITING.value, allowed, at),
            SendingStep.RELEASED,
            actor,
        )

    async def retry_failed(self, district: str, at: datetime, actor: Actor) -> int:
        """Have everything sent again that failed. Returns how many messages there were."""
        found: int = await self._pool.fetchval(
            STATEMENTS["release_failed"], district, at, actor.subject, actor.name
        )
        return found

    async def hold(self, district: str, message_id: UUID, at: datetime, actor: Actor) -> bool:
        """Hold a message back. False where its state does not allow it."""
        allowed = [SendingState.WAITING.value, SendingState.FAILED.value]
        return await self._decided(
            (district, message_id, SendingState.HELD.value, allowed, at), SendingStep.HELD, actor
        )

    async def _decided(self, what: tuple[object, ...], step: SendingStep, actor: Actor) -> bool:
        found = await self._pool.fetchval(
            STATEMENTS["decide"], *what, step.value, actor.subject, actor.name
        )
        return found is not None

    async def find(self, district: str, message_id: UUID) -> Message | None:
        row = await self._pool.fetchrow(STATEMENTS["message"], district, message_id)
        return None if row is None else Message(**dict(row))

    async def steps(self, district: str, message_id: UUID) -> list[StepTaken]:
        rows = await self._pool.fetch(STATEMENTS["steps"], district, message_id)
        return [StepTaken(**dict(row)) for row in rows]

    async def listed(
        self, district: str, wanted: Wanted, limit: int, offset: int
    ) -> tuple[list[Message], dict[str, int]]:
        """The messages that fit, the newest first, and how many fit in each state."""
        narrowed = (wanted.channel, wanted.matter, wanted.words)
        rows = await self._pool.fetch(
            STATEMENTS["outbox"], district, wanted.state, *narrowed, limit, offset
        )
        counts = await self._pool.fetch(STATEMENTS["outbox_count"], district, *narrowed)
        return [Message(**dict(row)) for row in rows], {
            row["state"]: row["messages"] for row in counts
        }

    async def inbox(self, box: Mailbox, *, unread_only: bool, limit: int) -> list[Message]:
        rows = await self._pool.fetch(STATEMENTS["inbox"], *_owner(box), unread_only, limit)
        return [Message(**dict(row)) for row in rows]

    async def unread(self, box: Mailbox) -> int:
        found: int = await self._pool.fetchval(STATEMENTS["unread"], *_owner(box))
        return found

    async def read(self, box: Mailbox, at: datetime, message_id: UUID | None = None) -> None:
        """Mark one message, or all, as read."""
        await self._pool.execute(STATEMENTS["read"], *_owner(box), at, message_id)


def _key(message: Message) -> tuple[str, UUID]:
    return message.district, message.message_id


def _owner(box: Mailbox) -> tuple[str, str, str, str]:
    return box.district, box.kind, box.owner, box.subject
