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
from eventlog.log import STATEMENTS
from eventlog.relay import LOCK_SPACE, SLICE
from eventlog.transport import (
    STREAM,
    WAKE_SUBJECT,
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
async def relaying(pool: asyncpg.Pool, client: Client) -> AsyncIterator[None]:
    task = asyncio.create_task(Relay(pool, client).run())
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
    async with relaying(pool, client):
        await append(log, 5, start=5)
        positions = await until(client, lambda found: len(found) >= 10)
    assert positions == list(range(1, 11))


async def test_a_relay_that_takes_over_goes_on_where_the_other_stopped(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await append(log, 3)
    async with relaying(pool, client):
        await until(client, lambda found: len(found) >= 3)
    await append(log, 3, start=3)
    async with relaying(pool, client), relaying(pool, client):
        positions = await until(client, lambda found: len(found) >= 6)
    assert positions == [1, 2, 3, 4, 5, 6]


async def test_a_stream_that_was_wiped_is_filled_again(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await append(log, 6)
    async with relaying(pool, client):
        await until(client, lambda found: len(found) >= 6)
        await client.jetstream().delete_stream(STREAM)
        positions = await until(client, lambda found: len(found) >= 6)
    assert positions == [1, 2, 3, 4, 5, 6]


async def test_a_stream_that_holds_less_than_was_relayed_is_topped_up(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await append(log, 4)
    await pool.execute("insert into log.relayed (district, position) values ($1, 4)", D)
    async with relaying(pool, client):
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
    async with relaying(pool, client), asyncio.timeout(PATIENCE_SECONDS):
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
    async with relaying(pool, client), asyncio.timeout(PATIENCE_SECONDS):
        while await pool.fetchval("select count(*) from log.relayed where position = 1") < 2:
            await asyncio.sleep(0.1)


async def test_events_that_aged_out_are_not_taken_for_lost(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await append(log, 3)
    async with relaying(pool, client):
        await until(client, lambda found: len(found) >= 3)
    await client.jetstream().purge_stream(STREAM)
    async with relaying(pool, client):
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


async def messages_of(client: Client, district: str) -> list[tuple[int, int]]:
    """Stream sequence and log position of every message of a district."""
    jetstream = client.jetstream()
    state = (await jetstream.stream_info(STREAM)).state
    found = []
    for sequence in range(max(state.first_seq, 1), state.last_seq + 1):
        with suppress(NotFoundError):
            message = await jetstream.get_msg(STREAM, sequence)
            recorded = recorded_from(message.headers or {}, message.data or b"")
            if recorded.district == district:
                found.append((sequence, recorded.position))
    return found


async def until_relayed(pool: asyncpg.Pool, position: int, district: str = D) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (await pool.fetchval(STATEMENTS["relayed"], district) or 0) < position:
            await asyncio.sleep(0.05)


async def test_what_is_published_again_after_a_purge_is_not_taken_for_a_double(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await append(log, 3)
    async with relaying(pool, client):
        await until_relayed(pool, 3)
    last = (await log.read_after(D, 0))[-1]
    ghost = replace(last, position=4, event_id=uuid4())
    await client.jetstream().publish(subject_of(ghost), b"{}", headers=headers_of(ghost))
    async with relaying(pool, client), asyncio.timeout(PATIENCE_SECONDS):
        while [position for _, position in await messages_of(client, D)] != [1, 2, 3]:
            await asyncio.sleep(0.1)


async def test_a_lost_tail_is_found_though_the_stream_has_grown_longer_since(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await append(log, 2)
    await log.append("yantian", [write(event(f"s{number}", 1)) for number in range(9)])
    async with relaying(pool, client):
        await until_relayed(pool, 2)
        await until_relayed(pool, 9, "yantian")
    await append(log, 4, start=2)
    await pool.execute("update log.relayed set position = 6, sequence = 4 where district = $1", D)
    async with relaying(pool, client), asyncio.timeout(PATIENCE_SECONDS):
        while [position for _, position in await messages_of(client, D)] != [1, 2, 3, 4, 5, 6]:
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("body", [b"no document", b"\xff", b"[]"])
async def test_an_event_whose_bytes_say_nothing_is_published_as_it_is(
    pool: asyncpg.Pool, log: EventLog, client: Client, body: bytes
) -> None:
    await log.append(D, [write(event("s", 1)), write(event("odd", 1, body=body))])
    async with relaying(pool, client):
        await until_relayed(pool, 2)
    assert [position for _, position in await messages_of(client, D)] == [1, 2]


async def test_an_event_that_cannot_be_published_is_shown_and_stops_nothing(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    odd = replace(event("odd", 1), type="without-a-service")
    await log.append(D, [write(event("s", 1)), write(odd), write(event("t", 1))])
    async with relaying(pool, client):
        await until_relayed(pool, 3)
    assert [position for _, position in await messages_of(client, D)] == [1, 3]
    (shown,) = await pool.fetch(STATEMENTS["dead_letters"], D)
    assert (shown["follower"], shown["position"]) == ("relay", 2)
    assert shown["reason"].startswith("ValueError")


async def test_a_district_with_a_long_backlog_lets_the_others_through(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    writes = [write(event(f"s{number}", 1)) for number in range(4 * SLICE)]
    await log.append("a-long-one", writes)
    await log.append("z-short-one", [write(event("s", 1))])
    async with relaying(pool, client):
        await until_relayed(pool, 1, "z-short-one")
        await until_relayed(pool, 4 * SLICE, "a-long-one")
    ((sequence, _),) = await messages_of(client, "z-short-one")
    assert sequence <= SLICE + 1


@pytest.mark.parametrize("limit", ["LOAD_EVENTS", "LOAD_BYTES"])
async def test_of_many_districts_that_are_due_some_wait_until_others_are_kept(
    database: str, log: EventLog, client: Client, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    body, under_way, most = b"x" * 100, 0, 0
    monkeypatch.setattr(f"eventlog.publishing.{limit}", 3 if limit == "LOAD_EVENTS" else 300)

    def look(said: asyncpg.connection.LoggedQuery) -> None:
        nonlocal under_way, most
        under_way += said.query == STATEMENTS["next_to_relay"]
        under_way -= said.query == STATEMENTS["set_relayed"]
        most = max(most, under_way)

    async def watched(connection: asyncpg.Connection) -> None:
        connection.add_query_logger(look)

    for number in range(8):
        await log.append(f"d{number}", [write(event("s", 1, body=body))])
    pooled = asyncpg.create_pool(database, min_size=1, max_size=2, init=watched)
    async with pooled as pool, relaying(pool, client):
        for number in range(8):
            await until_relayed(pool, 1, f"d{number}")
    assert most == 3


async def test_a_slice_is_as_long_as_its_bytes_allow(pool: asyncpg.Pool, log: EventLog) -> None:
    await log.append(D, [write(event(f"s{each}", 1, body=b"x" * 1000)) for each in range(5)])
    rows = await pool.fetch(STATEMENTS["next_to_relay"], D, 1, 100, 2000)
    assert [row["position"] for row in rows] == [2, 3]
    assert len(await pool.fetch(STATEMENTS["next_to_relay"], D, 0, 100, 1)) == 1


async def test_a_leader_that_is_not_heard_of_loses_the_lead(
    pool: asyncpg.Pool, log: EventLog, client: Client
) -> None:
    await append(log, 1)
    silent = await pool.acquire()
    assert await silent.fetchval(STATEMENTS["try_lead"], LOCK_SPACE, 0)
    await silent.fetchval(STATEMENTS["lead_while_heard"], "1s")
    async with relaying(pool, client):
        await until_relayed(pool, 1)
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await silent.fetchval(STATEMENTS["relayed"], D)
    await pool.release(silent)


async def test_what_comes_in_quick_succession_is_published_together(
    database: str, log: EventLog, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    count, rounds = 60, 0
    # Longer than it is, so that a slow disk makes no difference.
    monkeypatch.setattr("eventlog.relay.REST_SECONDS", 0.1)

    def look(said: asyncpg.connection.LoggedQuery) -> None:
        nonlocal rounds
        rounds += said.query == STATEMENTS["set_relayed"]

    async def watched(connection: asyncpg.Connection) -> None:
        connection.add_query_logger(look)

    async with asyncpg.create_pool(database, min_size=1, max_size=2, init=watched) as pool:
        await append(log, 1)
        async with relaying(pool, client):
            await until(client, lambda found: len(found) >= 1)
            for number in range(1, count):
                await append(log, 1, start=number)
                await client.publish(WAKE_SUBJECT)
                await asyncio.sleep(0.01)
            positions = await until(client, lambda found: len(found) >= count)
    assert positions == list(range(1, count + 1))
    assert rounds < count / 2
