"""The outbox in PostgreSQL: what is to be sent, what was, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import asyncpg
from pydantic import BaseModel

from contracts.identity import Actor
from contracts.sending import Overtaken, SendingState, SendingStep
from eventlog.log import STATEMENTS as LOG_STATEMENTS
from eventlog.recorded import Recorded
from eventlog.statements import load_statements

STATEMENTS = load_statements("assignment")

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy


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


async def keep(connection: Connection, message: Message) -> None:
    """Put a message into the outbox, in the caller's transaction; one that is there stays as it is."""
    await connection.execute(
        STATEMENTS["keep_messages"],
        message.district,
        message.message_id,
        message.event_id,
        message.position,
        message.matter,
        message.recipient_kind,
        message.recipient,
        message.recipient_subject,
        message.channel,
        message.channel_kind,
        message.proposal_id,
        message.year,
        message.unit,
        message.about,
        message.due_on,
        message.subject,
        message.body,
        message.written_at,
        message.not_before,
        message.state,
        message.sent_at,
        message.problem,
    )


async def read_streams(
    connection: Connection, district: str, streams: Sequence[str]
) -> list[Recorded]:
    """The events of some streams, each in its own order, as the caller's transaction sees them."""
    rows = await connection.fetch(LOG_STATEMENTS["events_of_streams"], district, list(streams))
    return [Recorded.from_row(row.items()) for row in rows]


async def cancel(
    connection: Connection, district: str, overtaken: Overtaken, position: int, at: datetime
) -> None:
    """Cancel what was written before a position and is overtaken by the event there.

    What lies in an inbox already stays there, and is not counted as unread any more.
    """
    what = (district, overtaken.proposal_id, overtaken.unit, list(overtaken.about), position, at)
    for statement, chinese in (
        ("cancel_overtaken", "之后不必再发"),
        ("overtake_in_inboxes", "之后不必再办"),
    ):
        note = f"日志第 {position} 条{chinese} / overtaken at position {position}"
        await connection.execute(STATEMENTS[statement], *what, note)


async def cases_told(
    connection: Connection, cases: Sequence[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Those of these cases, by district and proposal, that anybody was told anything of."""
    districts, proposals = [each[0] for each in cases], [each[1] for each in cases]
    rows = await connection.fetch(STATEMENTS["cases_told"], districts, proposals) if cases else []
    return {(row["district"], row["proposal_id"]) for row in rows}


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

    async def note_sent(self, message: Message, at: datetime, to: str, answer: str) -> None:
        await self._pool.execute(STATEMENTS["note_sent"], *_key(message), at, to, answer)

    async def note_failed(
        self, message: Message, at: datetime, problem: str, again_at: datetime | None
    ) -> None:
        """It did not go out: it is tried again, or without a moment for that given up."""
        state = SendingState.FAILED if again_at is None else SendingState.WAITING
        await self._pool.execute(
            STATEMENTS["note_failed"], *_key(message), at, state.value, again_at or at, problem
        )

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
