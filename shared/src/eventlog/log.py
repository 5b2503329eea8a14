"""The log itself: append whole commands to a district, read streams, read onwards."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from eventlog.recorded import NewEvent, Recorded
from eventlog.refusing import LogUnavailable
from eventlog.statements import load_statements

STATEMENTS = load_statements("eventlog")
DOUBTFUL = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
RACES = (asyncpg.UniqueViolationError, asyncpg.DeadlockDetectedError)
PAUSES_SECONDS = (0.05, 0.2, 0.5, 1.0, 2.0)

Connection: TypeAlias = "asyncpg.Connection | PoolConnectionProxy"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Write:
    """The events of one command: appended whole, or not at all."""

    events: Sequence[NewEvent]


@dataclass(frozen=True)
class Outcome:
    """What became of a write; `position` is that of its last event."""

    result: Literal["appended", "repeated", "conflict"]
    position: int
    conflicting_stream: str | None = None


async def nobody_to_wake(district: str) -> None:
    """Stand in for the wake-up where no relay runs."""


class EventLog:
    """The logs of all districts in one PostgreSQL database."""

    def __init__(
        self,
        pool: asyncpg.Pool,
        wake: Callable[[str], Awaitable[None]] = nobody_to_wake,
    ) -> None:
        self._pool = pool
        self._wake = wake

    async def append(self, district: str, writes: Sequence[Write]) -> list[Outcome]:
        """Append writes in one transaction; returning means that they are on disk.

        After a broken connection nobody knows whether the commit happened, so the same event
        ids are offered again: what is there already is found, not doubled.
        Raises LogUnavailable when the database stays away.
        """
        if not writes:
            return []
        _refuse_streams_written_twice(writes)
        for pause in (*PAUSES_SECONDS, None):
            try:
                outcomes = await self._append_once(district, writes)
            except RACES:
                await asyncio.sleep(0)
                continue
            except DOUBTFUL as error:
                if pause is None:
                    raise LogUnavailable from error
                await asyncio.sleep(pause)
                continue
            if any(outcome.result == "appended" for outcome in outcomes):
                await self._wake(district)
            return outcomes
        raise LogUnavailable

    async def _append_once(self, district: str, writes: Sequence[Write]) -> list[Outcome]:
        events = [(index, event) for index, write in enumerate(writes) for event in write.events]
        rows = await self._pool.fetch(
            STATEMENTS["append"],
            district,
            [index for index, _ in events],
            [event.stream for _, event in events],
            [event.version for _, event in events],
            [event.event_id for _, event in events],
            [event.type for _, event in events],
            [event.body for _, event in events],
        )
        by_write = {
            row["write"]: Outcome(
                row["outcome"], row["last_position"] or 0, row["conflicting_stream"]
            )
            for row in rows
        }
        return [by_write[index] for index in range(len(writes))]

    async def read_streams(
        self, district: str, streams: Sequence[str]
    ) -> dict[str, list[Recorded]]:
        rows = await self._read("events_of_streams", district, list(streams))
        found: dict[str, list[Recorded]] = {stream: [] for stream in streams}
        for recorded in rows:
            found[recorded.stream].append(recorded)
        return found

    async def read_stream(self, district: str, stream: str) -> list[Recorded]:
        return (await self.read_streams(district, [stream]))[stream]

    async def read_events(self, district: str, event_ids: Sequence[UUID]) -> list[Recorded]:
        """Those of these events that are in the log, in its order."""
        return await self._read("events_by_id", district, list(event_ids))

    async def read_after(self, district: str, position: int, limit: int = 500) -> list[Recorded]:
        return await self._read("events_after", district, position, limit)

    async def head(self, district: str) -> int:
        return await self._pool.fetchval(STATEMENTS["head"], district) or 0

    async def _read(self, statement: str, *values: object) -> list[Recorded]:
        """Raises LogUnavailable when the database stays away."""
        for pause in (*PAUSES_SECONDS, None):
            try:
                rows = await self._pool.fetch(STATEMENTS[statement], *values)
            except DOUBTFUL as error:
                if pause is None:
                    raise LogUnavailable from error
                await asyncio.sleep(pause)
            else:
                return [Recorded.from_row(row) for row in rows]
        raise LogUnavailable


def _refuse_streams_written_twice(writes: Sequence[Write]) -> None:
    streams = [stream for write in writes for stream in {event.stream for event in write.events}]
    if len(streams) != len(set(streams)):
        message = "two writes of one append go to the same stream; append them one after the other"
        raise ValueError(message)
