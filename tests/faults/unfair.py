"""Red controls of isolation: followers and a queue that serve everybody in one line."""

import asyncio
from collections import deque
from itertools import count

import asyncpg

from eventlog import EventLog
from eventlog.appending import Appender
from eventlog.committing import GroupCommit
from eventlog.log import nobody_to_wake
from eventlog.waiting import Limits, Offer, Waiting
from tests.eventlog.making import event, write

POISONED, HEALTHY = "poisoned", "healthy"
EVENTS = 40
CROWD = 3_000

SEEN = """
create table slow_seen (district text, position bigint);
create table quick_seen (district text, position bigint);
create function fault() returns trigger language plpgsql as $$ begin {does}; return new; end $$;
create trigger fault before insert on slow_seen for each row execute function fault();
"""


async def left_lying_behind_poison(database: str) -> int:
    """One queue for all districts, and an event it cannot take: how many of another were not taken."""
    does = f"if new.district = '{POISONED}' then raise exception 'no room'; end if"
    await _follow_in_one_line(database, does)
    return EVENTS - await _count(database, "slow_seen", HEALTHY)


async def held_back_by_the_slow(database: str) -> int:
    """One loop for two followers, one of them slow: how far the quick one was behind, in events."""
    await _follow_in_one_line(database, "perform pg_sleep(0.05)")
    return 2 * EVENTS - await _count(database, "quick_seen")


async def _follow_in_one_line(database: str, does: str) -> None:
    async with asyncpg.create_pool(database, min_size=1, max_size=2) as pool:
        await pool.execute(SEEN.format(does=does))
        log = EventLog(pool)
        for district in (POISONED, HEALTHY):
            await log.append(district, [write(event(f"s{each}", 1)) for each in range(EVENTS)])
        queue = [
            (one, recorded.position)
            for one in (POISONED, HEALTHY)
            for recorded in await log.read_after(one, 0)
        ]
        try:
            async with asyncio.timeout(1.0):
                for district, position in queue:
                    for table in ("slow_seen", "quick_seen"):
                        await pool.execute(
                            f"insert into {table} values ($1, $2)", district, position
                        )
        except (TimeoutError, asyncpg.RaiseError):
            return


async def _count(database: str, table: str, district: str = "%") -> int:
    connection = await asyncpg.connect(database)
    found = await connection.fetchval(
        f"select count(*) from {table} where district like $1", district
    )
    await connection.close()
    return int(found)


class OneLine(Waiting):
    """First come, first served: a crowd is served before whoever comes after it."""

    def _make_ready(self, offer: Offer) -> None:
        self._ready.setdefault("", deque()).append(offer)


async def served_before_a_newcomer(database: str, waiting: type[Waiting]) -> int:
    """How many events of a crowded district were answered before one of another that came last."""
    limits, numbers, answered = Limits(), count(), 0
    async with asyncpg.create_pool(database, min_size=2, max_size=2) as pool:
        together = GroupCommit(lambda: Appender(pool), nobody_to_wake, limits)
        together._waiting = waiting(limits)  # noqa: SLF001  # it is what is tried

        async def come(district: str) -> None:
            nonlocal answered
            await together.append(district, [write(event(f"s{next(numbers)}", 1))])
            answered += 1

        crowd = [asyncio.create_task(come("crowded")) for _ in range(CROWD)]
        await asyncio.sleep(0)
        await come("newcomer")
        before = answered - 1
        await asyncio.gather(*crowd)
    return before
