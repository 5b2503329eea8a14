"""Reading a read model: as its tables stand now, or as they stood at any position of the log.

A past state is computed from the log in memory, by the same rules that fill the tables.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import asyncpg
from pydantic_core import from_json

from eventlog.decoding import OfOneType
from eventlog.log import STATEMENTS, Connection
from eventlog.one_connection import one_held
from eventlog.readmodels import Key, ReadModel, Rows, Source, Table, apply
from eventlog.replay_turns import Once, ReplayTurns
from eventlog.tables import Stored

R = TypeVar("R")

POSITIONS_AT_ONCE = 2_000
STATES_KEPT = 8
ROWS_KEPT = 400_000  # of all states together


class Remembered(Rows):
    """All rows of one district at one position, in memory."""

    def not_held(self, table: Table[R], key: Key) -> R | None:
        return None

    async def rows(self, table: Table[R], **equal: Any) -> list[R]:
        held = self.held.get(table, {})
        if set(equal) == set(table.key) and not any(
            isinstance(each, list) for each in equal.values()
        ):
            row = held.get(tuple(equal[name] for name in table.key))
            return [] if row is None else [row]
        wanted = {
            name: set(value) if isinstance(value, list) else {value}
            for name, value in equal.items()
        }
        return [
            row
            for row in held.values()
            if all(getattr(row, name) in values for name, values in wanted.items())
        ]

    @property
    def size(self) -> int:
        return sum(len(held) for held in self.held.values())


@dataclass(frozen=True)
class Reading:
    """The rows of one district, the last position they rest on, and the events not counted yet."""

    source: Source
    position: int
    behind: int = 0


Asked = tuple[str, int, datetime | None]


class Readings:
    """What a service answers questions from."""

    def __init__(
        self, pool: asyncpg.Pool, model: ReadModel, turns: ReplayTurns | None = None
    ) -> None:
        self.pool = pool
        self.model = model
        self._kept: OrderedDict[Asked, Remembered] = OrderedDict()
        self._turns = turns or ReplayTurns()
        self._replays = Once(self._replay)

    def stored(self, district: str) -> Source:
        """The rows of now, for a question that one table answers."""
        return Stored(self.pool, district)

    @asynccontextmanager
    async def now(self, district: str) -> AsyncIterator[Reading]:
        """The rows of now, all of one moment, until the block ends."""
        async with (
            self.pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            row = await connection.fetchrow(
                STATEMENTS["position_and_head"], self.model.follower, district
            )
            position, head = (row["position"], row["head"]) if row else (0, 0)
            with one_held():
                yield Reading(Stored(connection, district), position, head - position)

    async def as_of(
        self, district: str, position: int, happened_by: datetime | None = None
    ) -> Reading:
        """The rows as they stood at a position; of the events up to it, those that had happened by then.

        Raises TooManyReplays.
        """
        asked = (district, position, happened_by)
        state = self._kept.get(asked)
        if state is None:
            state = await self._replays.ask(asked)
        else:
            self._kept.move_to_end(asked)
        return Reading(state, position)

    async def _replay(self, asked: Asked) -> Remembered:
        async with self._turns.turn():
            rows = await self._replayed(*asked)
        if rows.size <= ROWS_KEPT:
            self._keep(asked, rows)
        return rows

    def _keep(self, asked: Asked, state: Remembered) -> None:
        """Keep a state, and let go of those that nobody has asked for longest."""
        self._kept[asked] = state
        while (
            len(self._kept) > STATES_KEPT
            or sum(each.size for each in self._kept.values()) > ROWS_KEPT
        ):
            self._kept.popitem(last=False)

    async def _replayed(
        self, district: str, position: int, happened_by: datetime | None
    ) -> Remembered:
        rows = Remembered()
        for start in range(0, position, POSITIONS_AT_ONCE):
            end = min(start + POSITIONS_AT_ONCE, position)
            events = await events_for(self.model, self.pool, district, start, end)
            await asyncio.to_thread(self._take, events, happened_by, rows)
        return rows

    def _take(self, events: list[OfOneType], by: datetime | None, rows: Remembered) -> None:
        """Beside the loop that serves commands: many events take their time."""
        apply(self.model.read_by_type(_happened(events, by)), rows)


async def events_for(
    model: ReadModel, database: "asyncpg.Pool | Connection", district: str, after: int, until: int
) -> list[OfOneType]:
    """The events that matter to a read model, after a position and up to another."""
    passed_over, follower = model.passed_over, model.follower
    events = await database.fetch(
        STATEMENTS["events_but_for"], district, after, until, passed_over, follower
    )
    return [OfOneType(*each) for each in events]


def _happened(events: Iterable[OfOneType], by: datetime | None) -> Iterable[OfOneType]:
    for each in events:
        if by is None:
            yield each
        elif kept := [at for at, body in enumerate(each.bodies) if _time_of(body) <= by]:
            positions, bodies = each.positions, each.bodies
            yield OfOneType(each.type, [positions[at] for at in kept], [bodies[at] for at in kept])


def _time_of(body: bytes) -> datetime:
    return datetime.fromisoformat(from_json(body)["time"])
