"""The log itself: append whole commands to a district, read streams, read onwards."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from eventlog.appending import Appender
from eventlog.committing import GroupCommit
from eventlog.one_connection import takes_another
from eventlog.recorded import Recorded
from eventlog.refusing import DOUBTFUL, PAUSES_SECONDS, LogUnavailable
from eventlog.statements import load_statements
from eventlog.waiting import Limits
from eventlog.writes import Outcome, Write

STATEMENTS = load_statements("eventlog")
Connection: TypeAlias = "asyncpg.Connection | PoolConnectionProxy"


async def nobody_to_wake() -> None:
    """Stand in for the wake-up where no relay runs."""


class EventLog:
    """The logs of all districts in one PostgreSQL database."""

    def __init__(
        self,
        pool: asyncpg.Pool,
        wake: Callable[[], Awaitable[None]] = nobody_to_wake,
        limits: Limits | None = None,
    ) -> None:
        self._pool = pool
        self._group_commit = GroupCommit(lambda: Appender(pool), wake, limits or Limits())

    async def append(self, district: str, writes: Sequence[Write]) -> list[Outcome]:
        """Append writes in one transaction; returning means that they are on disk.

        Others may travel in the same transaction; what becomes of them does not touch these.
        Raises LogUnavailable when the database stays away, LogBusy when too much is waiting.
        """
        if not writes:
            return []
        takes_another()
        return await self._group_commit.append(district, writes)

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

    async def read_answers_and_streams(
        self, district: str, event_ids: Sequence[UUID], streams: Sequence[str]
    ) -> tuple[list[Recorded], dict[str, list[Recorded]]]:
        """Those of these events that are in the log, and the histories of streams, in one question."""
        rows = await self._fetch("answers_and_histories", district, list(event_ids), list(streams))
        answers: list[Recorded] = []
        found: dict[str, list[Recorded]] = {stream: [] for stream in streams}
        for is_answer, *values in rows:
            recorded = Recorded(*values)
            if is_answer:
                answers.append(recorded)
            else:
                found[recorded.stream].append(recorded)
        return answers, found

    async def read_after(self, district: str, position: int, limit: int = 500) -> list[Recorded]:
        return await self._read("events_after", district, position, limit)

    async def head(self, district: str) -> int:
        takes_another()
        return await self._pool.fetchval(STATEMENTS["head"], district) or 0

    async def _read(self, statement: str, *values: object) -> list[Recorded]:
        return [Recorded.from_row(row) for row in await self._fetch(statement, *values)]

    async def _fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        """Raises LogUnavailable when the database stays away."""
        takes_another()
        for pause in PAUSES_SECONDS:
            try:
                return await self._pool.fetch(STATEMENTS[statement], *values)
            except DOUBTFUL:
                await asyncio.sleep(pause)
        try:
            return await self._pool.fetch(STATEMENTS[statement], *values)
        except DOUBTFUL as error:
            raise LogUnavailable from error
