"""The relay: everything committed reaches the stream, in order, whatever the stream loses."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from uuid import uuid4

import asyncpg
import nats
import pytest
from nats.aio.client import Client
from nats.js.errors import NotFoundError

from eventlog import EventLog, Relay
from eventlog.transport import (
    STREAM,
    ensure_stream,
    headers_of,
    recorded_from,
    subject_of,
)
from tests.eventlog.making import event, write

D = "longgang"
PATIENCE_SECONDS = 15.0


@pytest.fixture
async def client(nats_url: str) -> AsyncIterator[Client]:
    client = await nats.connect(nats_url)
    with suppress(NotFoundError):
        await client.jetstream().delete_stream(STREAM)
    yield client
    await client.close()


@asynccontextmanager
async def relaying(pool: asyncpg.Pool, log: EventLog, client: Client) -> AsyncIterator[None]:
    task = asyncio.create_task(Relay(pool, log, client).run())
    try:
        yield
    finally:
        while not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=1.0)


async def positions_in_stream(client: Client) -> list[int]:
    jetstream = client.jetstream()
    try:
        state = (await jetstream.stream_info(STREAM)).state
    except NotFoundError:
        return []
    positions = []
    for sequence in range(max(state.first_seq, 1), state.last_seq + 1):
        message = await jetstream.get_msg(STREAM, sequence)
        positions.append(recorded_from(message.headers or {}, message.data or b"").position)
    return positions


async def until(client: Client, fits: Callable[[list[int]], bool]) -> list[int]:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not fits(positions := await positions_in_stream(client)):
            await asyncio.sleep(0.1)
    return positions


async def append(log: EventLog, count: int, start: int = 0) -> None:
    for number in range(start, start + count):
        await log.append(D, [write(event(f"s{number}", 1))])


async def test_events_arrive_in_the_order_of_the_log(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await append(log, 5)
    async with relaying(pool, log, client):
        await append(log, 5, start=5)
        positions = await until(client, lambda found: len(found) >= 10)
    assert positions == list(range(1, 11))


async def test_a_relay_that_takes_over_goes_on_where_the_other_stopped(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await append(log, 3)
    async with relaying(pool, log, client):
        await until(client, lambda found: len(found) >= 3)
    await append(log, 3, start=3)
    async with relaying(pool, log, client), relaying(pool, log, client):
        positions = await until(client, lambda found: len(found) >= 6)
    assert positions == [1, 2, 3, 4, 5, 6]


async def test_a_stream_that_was_wiped_is_filled_again(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await append(log, 6)
    async with relaying(pool, log, client):
        await until(client, lambda found: len(found) >= 6)
        await client.jetstream().delete_stream(STREAM)
        positions = await until(client, lambda found: len(found) >= 6)
    assert positions == [1, 2, 3, 4, 5, 6]


async def test_a_stream_that_holds_less_than_was_relayed_is_topped_up(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await append(log, 4)
    await pool.execute("insert into log.relayed (district, position) values ($1, 4)", D)
    async with relaying(pool, log, client):
        positions = await until(client, lambda found: len(found) >= 4)
    assert positions == [1, 2, 3, 4]


async def test_a_stream_that_is_ahead_of_a_restored_log_is_purged_and_filled_again(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await append(log, 3)
    stream = await ensure_stream(client.jetstream())
    assert stream.state.last_seq == 0
    for ghost in (replace(one, event_id=uuid4()) for one in await log.read_after(D, 0)):
        await client.jetstream().publish(subject_of(ghost), b"{}", headers=headers_of(ghost))
    async with relaying(pool, log, client), asyncio.timeout(PATIENCE_SECONDS):
        while (await client.jetstream().stream_info(STREAM)).state.last_seq < 6:
            await asyncio.sleep(0.1)
    messages = [await client.jetstream().get_msg(STREAM, sequence) for sequence in (4, 5, 6)]
    events = await log.read_after(D, 0)
    ids = [(message.headers or {})["Tian-Event-Id"] for message in messages]
    assert ids == [str(one.event_id) for one in events]


async def test_an_event_too_large_for_a_message_stops_no_other_district(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await log.append(D, [write(event("big", 1, body=b'{"x":"' + b"x" * 9_000_000 + b'"}'))])
    await log.append("yantian", [write(event("s", 1))])
    async with relaying(pool, log, client), asyncio.timeout(PATIENCE_SECONDS):
        while await pool.fetchval("select count(*) from log.relayed where position = 1") < 2:
            await asyncio.sleep(0.1)


async def test_events_that_aged_out_are_not_taken_for_lost(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await append(log, 3)
    async with relaying(pool, log, client):
        await until(client, lambda found: len(found) >= 3)
    await client.jetstream().purge_stream(STREAM)
    async with relaying(pool, log, client):
        await append(log, 1, start=3)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await pool.fetchval("select position from log.relayed") < 4:
                await asyncio.sleep(0.1)
    state = (await client.jetstream().stream_info(STREAM)).state
    assert (state.messages, state.last_seq) == (1, 4)


async def test_declaring_the_stream_again_leaves_what_the_operators_set(client: Client) -> None:
    jetstream = client.jetstream()
    await ensure_stream(jetstream)
    config = (await jetstream.stream_info(STREAM)).config
    config.max_age = 3600.0
    await jetstream.update_stream(config)
    before = (await jetstream.stream_info(STREAM)).config
    await ensure_stream(jetstream)
    assert (await jetstream.stream_info(STREAM)).config == before
