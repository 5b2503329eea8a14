"""The bridge between FastStream and the followers keeps what FastStream's defaults would drop."""

import asyncio
from typing import Any

import asyncpg
import pytest
from faststream import AckPolicy
from faststream.nats import NatsBroker
from nats.aio.client import Client

from contracts.refusal import Refused
from eventlog import EventLog, Follower, Recorded
from eventlog.log import Connection
from eventlog.transport import headers_of, subject_of
from hosting.following import Subscription
from tests.eventlog.making import event, one_by_one, write

D, OTHER = "longgang", "yantian"


class Message:
    """What arrives from NATS, as far as a subscription looks at it."""

    def __init__(self, recorded: Recorded) -> None:
        self.headers = headers_of(recorded)
        self.data = recorded.body
        self.subject = subject_of(recorded)
        self.acknowledged = 0

    async def ack(self) -> None:
        self.acknowledged += 1


@pytest.fixture
async def pool(database: str) -> Any:
    async with asyncpg.create_pool(database, min_size=1, max_size=4) as pool:
        await pool.execute("create table seen (district text, position bigint)")
        yield pool


class Poison(Exception):
    """An event that cannot be projected."""


def follower(pool: asyncpg.Pool, poisoned: set[tuple[str, int]]) -> Follower:
    @one_by_one
    async def project(connection: Connection, recorded: Recorded) -> None:
        if (recorded.district, recorded.position) in poisoned:
            raise Poison
        await connection.execute(
            "insert into seen values ($1, $2)", recorded.district, recorded.position
        )

    async def react(batch: Any) -> dict[int, Refused]:
        return {}

    return Follower("f", pool, EventLog(pool), project, react)


async def seen(pool: asyncpg.Pool, district: str) -> list[int]:
    rows = await pool.fetch("select position from seen where district = $1 order by 1", district)
    return [row["position"] for row in rows]


async def test_messages_are_acknowledged_by_hand_never_by_faststreams_default() -> None:
    pool: Any = None
    subscription = Subscription(NatsBroker(), Client(), follower(pool, set()))
    assert subscription.subscriber.ack_policy is AckPolicy.MANUAL


async def test_a_district_that_fails_is_held_and_slows_no_other(pool: asyncpg.Pool) -> None:
    log = EventLog(pool)
    for district in (D, OTHER):
        await log.append(district, [write(event(f"s{number}", 1)) for number in range(3)])
    poisoned = {(D, 2)}
    subscription = Subscription(NatsBroker(), Client(), follower(pool, poisoned))
    messages = [
        Message(recorded)
        for district in (D, OTHER)
        for recorded in await log.read_after(district, 0)
    ]

    await subscription._take_batch(messages)  # type: ignore[arg-type]  # noqa: SLF001

    assert (await seen(pool, D), await seen(pool, OTHER)) == ([1], [1, 2, 3])
    assert [message.acknowledged for message in messages] == [1] * 6

    poisoned.clear()
    await subscription._take(D, ())  # noqa: SLF001
    assert await seen(pool, D) == [1, 2, 3]


async def test_an_event_that_keeps_failing_is_shown_with_its_reason_until_it_passes(
    pool: asyncpg.Pool,
) -> None:
    await EventLog(pool).append(D, [write(event("s", 1))])
    poisoned = {(D, 1)}
    subscription = Subscription(NatsBroker(), Client(), follower(pool, poisoned))
    for _ in range(3):
        await subscription._take(D, ())  # noqa: SLF001
    reasons = await pool.fetch("select reason from log.dead_letter where follower = 'f'")
    assert [row["reason"] for row in reasons] == ["Poison: "]

    poisoned.clear()
    await subscription._take(D, ())  # noqa: SLF001
    assert await pool.fetchval("select count(*) from log.dead_letter where follower = 'f'") == 0


async def test_what_comes_in_quick_succession_is_taken_together(pool: asyncpg.Pool) -> None:
    log = EventLog(pool)
    await log.append(D, [write(event(f"s{number}", 1)) for number in range(30)])
    subscription = Subscription(NatsBroker(), Client(), follower(pool, set()))
    messages = [Message(recorded) for recorded in await log.read_after(D, 0)]
    draining = asyncio.create_task(subscription.drain())
    for message in messages:
        await subscription._arrived.put(message)  # type: ignore[arg-type]  # noqa: SLF001
        await asyncio.sleep(0.001)
    async with asyncio.timeout(30):
        while not all(message.acknowledged for message in messages):
            await asyncio.sleep(0.05)
    draining.cancel()
    assert await seen(pool, D) == list(range(1, 31))
    transactions = await pool.fetchval("select count(distinct xmin::text) from seen")
    assert transactions < 15
