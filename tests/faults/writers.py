"""Many writers that roll back and dawdle, and a reader that must miss nothing of what they commit."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import asyncpg

from eventlog import EventLog
from eventlog.log import STATEMENTS
from tests.eventlog.making import event
from tests.faults.within import append_within

ROLLED_BACK = 0.15
LONGEST_PAUSE_SECONDS = 0.02
LONGEST_REST_SECONDS = 0.6

Append = Callable[[asyncpg.Connection, str, UUID], Awaitable[None]]
Read = Callable[[str, int], Awaitable[list[tuple[int, UUID]]]]
Heads = Callable[[], Awaitable[dict[str, int]]]


@dataclass
class Crowd:
    """What was committed and rolled back, and when; what the reader saw, and when."""

    choice: random.Random
    committed: dict[UUID, float] = field(default_factory=dict)
    rolled_back: int = 0
    seen: dict[str, list[tuple[int, UUID]]] = field(default_factory=lambda: defaultdict(list))
    seen_at: dict[UUID, float] = field(default_factory=dict)

    async def write(
        self, connection: asyncpg.Connection, districts: list[str], append: Append, until: float
    ) -> None:
        while time.monotonic() < until:
            event_id = uuid4()
            transaction = connection.transaction()
            await transaction.start()
            await append(connection, self.choice.choice(districts), event_id)
            await asyncio.sleep(self.choice.random() * LONGEST_PAUSE_SECONDS)
            if self.choice.random() < ROLLED_BACK:
                await transaction.rollback()
                self.rolled_back += 1
            else:
                await transaction.commit()
                self.committed[event_id] = time.monotonic()
            await asyncio.sleep(self.choice.random() * LONGEST_REST_SECONDS)

    async def read(self, heads: Heads, read: Read) -> None:
        """Read on from the last position that was seen, wherever there is more, for ever."""
        while True:
            for district, head in (await heads()).items():
                seen = self.seen[district]
                if seen and seen[-1][0] >= head:
                    continue
                for position, event_id in await read(district, seen[-1][0] if seen else 0):
                    seen.append((position, event_id))
                    self.seen_at[event_id] = time.monotonic()
            await asyncio.sleep(0.005)

    @property
    def missed(self) -> int:
        return len(set(self.committed) - set(self.seen_at))

    @property
    def twice(self) -> int:
        return sum(len(seen) - len({one[1] for one in seen}) for seen in self.seen.values())

    @property
    def out_of_order(self) -> int:
        """Positions that are not the next one."""
        return sum(
            position != number
            for seen in self.seen.values()
            for number, (position, _) in enumerate(seen, 1)
        )

    @property
    def lags(self) -> list[float]:
        """Seconds from the answer to a commit until the reader had the event."""
        return [
            max(self.seen_at[each] - at, 0.0)
            for each, at in self.committed.items()
            if each in self.seen_at
        ]


@dataclass(frozen=True)
class Scene:
    """How many write, where, for how long; and how an event is appended and read."""

    writers: int
    districts: list[str]
    seconds: float
    append: Append
    heads: Heads
    read: Read


async def play(database: str, choice: random.Random, scene: Scene) -> Crowd:
    crowd = Crowd(choice)
    async with (
        _connections(database, scene.writers) as connections,
        _a_foreign_transaction(database),
    ):
        reading = asyncio.create_task(crowd.read(scene.heads, scene.read))
        until = time.monotonic() + scene.seconds
        await asyncio.gather(
            *(crowd.write(each, scene.districts, scene.append, until) for each in connections)
        )
        await _until_read(crowd)
        reading.cancel()
        await asyncio.wait({reading})
    return crowd


async def _until_read(crowd: Crowd) -> None:
    """Give the reader time to come to the end; what it then has not seen it never will."""
    count = -1
    while len(crowd.seen_at) != count:
        count = len(crowd.seen_at)
        await asyncio.sleep(0.5)


@asynccontextmanager
async def _connections(database: str, count: int) -> AsyncIterator[list[asyncpg.Connection]]:
    connections = [await asyncpg.connect(database) for _ in range(count)]
    try:
        yield connections
    finally:
        await asyncio.gather(*(each.close() for each in connections))


@asynccontextmanager
async def _a_foreign_transaction(database: str) -> AsyncIterator[None]:
    """Somebody else's writing transaction that stays open all the while."""
    connection = await asyncpg.connect(database)
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute("create table foreigner ()")
    try:
        yield
    finally:
        await transaction.rollback()
        await connection.close()


async def append_to_log(connection: asyncpg.Connection, district: str, event_id: UUID) -> None:
    await append_within(connection, district, event(str(event_id), 1, event_id=event_id))


def reading_log(pool: asyncpg.Pool) -> Read:
    async def read(district: str, position: int) -> list[tuple[int, UUID]]:
        recorded = await EventLog(pool).read_after(district, position)
        return [(one.position, one.event_id) for one in recorded]

    return read


def heads_of_log(pool: asyncpg.Pool) -> Heads:
    async def heads() -> dict[str, int]:
        rows = await pool.fetch(STATEMENTS["districts"])
        return {row["district"]: row["position"] for row in rows}

    return heads


def heads_of_table(pool: asyncpg.Pool) -> Heads:
    async def heads() -> dict[str, int]:
        rows = await pool.fetch(
            "select district, max(position) as position from by_identity group by district"
        )
        return {row["district"]: row["position"] for row in rows}

    return heads


async def append_to_table(connection: asyncpg.Connection, district: str, event_id: UUID) -> None:
    await connection.execute(
        "insert into by_identity (district, event_id) values ($1, $2)", district, event_id
    )


def reading_table(pool: asyncpg.Pool) -> Read:
    async def read(district: str, position: int) -> list[tuple[int, UUID]]:
        rows = await pool.fetch(
            "select position, event_id from by_identity"
            " where district = $1 and position > $2 order by position",
            district,
            position,
        )
        return [(row["position"], row["event_id"]) for row in rows]

    return read


BY_IDENTITY = """
create table by_identity (
  position bigint generated always as identity primary key,
  district text not null,
  event_id uuid not null
)
"""
