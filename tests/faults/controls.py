"""Red controls: the same faults where a protection is missing. Each has to go wrong."""

import asyncio
import random
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import asyncpg
import nats
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.errors import NotFoundError

from eventlog import EventLog, Recorded
from eventlog.log import STATEMENTS
from eventlog.relay import LOCK_SPACE
from eventlog.transport import STREAM, ensure_stream, recorded_from
from tests.eventlog.making import event, write
from tests.faults.careless import FOLLOWER, D, publish
from tests.faults.machine import Machine
from tests.faults.within import append_within

TRIES = 20
EVENTS = 4000
UNUSED_GROUP = 999


async def lost_by_unflushed_commits(machine: Machine, choice: random.Random) -> int:
    """Appends over a session with synchronous_commit=off, PostgreSQL killed: how many were lost."""
    district = f"unflushed-{choice.getrandbits(32):08x}"
    acknowledged = 0
    for _ in range(TRIES):
        pool = await asyncpg.create_pool(
            machine.database_url,
            min_size=1,
            max_size=1,
            server_settings={"synchronous_commit": "off"},
        )
        for _ in range(choice.randrange(1, 20)):
            await EventLog(pool).append(district, [write(event(f"s{acknowledged}", 1))])
            acknowledged += 1
        await machine.parts["postgres"].kill()
        pool.terminate()
        await machine.parts["postgres"].start()
        async with machine.database() as connection:
            kept = await connection.fetchval(STATEMENTS["head"], district) or 0
        if kept < acknowledged:
            return int(acknowledged - kept)
    return 0


async def lost_with_the_checkpoint_outside(database: str, choice: random.Random) -> int:
    """A follower that moves its checkpoint before it writes, killed: how many rows are missing."""

    async def missing(connection: asyncpg.Connection) -> int:
        position = await connection.fetchval(STATEMENTS["checkpoint"], FOLLOWER, D) or 0
        return int(position - await connection.fetchval("select count(*) from seen"))

    return await _killed("follow", database, "", choice, missing)


async def lost_by_marking_first(database: str, nats_url: str, choice: random.Random) -> int:
    """A relay that remembers before it publishes, killed: how many events the stream never got."""
    client = await fresh_stream(nats_url)
    jetstream = client.jetstream()

    async def missing(connection: asyncpg.Connection) -> int:
        relayed = await connection.fetchval(STATEMENTS["relayed"], D) or 0
        return int(relayed - (await jetstream.stream_info(STREAM)).state.messages)

    lost = await _killed("relay", database, nats_url, choice, missing)
    await client.close()
    return lost


async def _killed(
    what: str,
    database: str,
    nats_url: str,
    choice: random.Random,
    missing: Callable[[asyncpg.Connection], Awaitable[int]],
) -> int:
    connection = await asyncpg.connect(database)
    await connection.execute("create table seen (position bigint)")
    async with asyncpg.create_pool(database, min_size=1, max_size=1) as pool:
        await EventLog(pool).append(D, [write(event(f"s{each}", 1)) for each in range(EVENTS)])
    found = 0
    for _ in range(TRIES):
        await _run_and_kill(what, database, nats_url, connection, choice)
        await asyncio.sleep(0.1)
        found = await missing(connection)
        if found:
            break
    await connection.close()
    return found


async def _run_and_kill(
    what: str,
    database: str,
    nats_url: str,
    connection: asyncpg.Connection,
    choice: random.Random,
) -> None:
    progress = {"follow": ("checkpoint", (FOLLOWER, D)), "relay": ("relayed", (D,))}
    statement, values = progress[what]
    before = await connection.fetchval(STATEMENTS[statement], *values) or 0
    command = (sys.executable, "-m", "tests.faults.careless", what, database, nats_url)
    process = await asyncio.create_subprocess_exec(*command)
    async with asyncio.timeout(60):
        while (await connection.fetchval(STATEMENTS[statement], *values) or 0) <= before:
            await asyncio.sleep(0.005)
    await asyncio.sleep(choice.random() * 0.05)
    process.send_signal(signal.SIGKILL)
    await process.wait()


async def published_and_rolled_back(database: str, nats_url: str, choice: random.Random) -> int:
    """Writers that publish and then commit, if they still live: how many messages have no event."""
    client = await fresh_stream(nats_url)
    async with asyncpg.create_pool(database, min_size=1, max_size=1) as pool:
        for number in range(40):
            await _publish_first(pool, client.jetstream(), f"s{number}", choice)
        recorded = {one.event_id for one in await EventLog(pool).read_after(D, 0)}
    state = (await client.jetstream().stream_info(STREAM)).state
    messages = [
        await client.jetstream().get_msg(STREAM, each) for each in range(1, state.last_seq + 1)
    ]
    await client.close()
    published = [recorded_from(one.headers or {}, one.data or b"") for one in messages]
    return sum(one.event_id not in recorded for one in published)


async def _publish_first(
    pool: asyncpg.Pool, jetstream: JetStreamContext, stream: str, choice: random.Random
) -> None:
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await append_within(connection, D, event(stream, 1))
        (row,) = await connection.fetch(
            "select district, position, stream, version, event_id, type, body from log.event"
            " where district = $1 and stream = $2",
            D,
            stream,
        )
        await publish(jetstream, Recorded.from_row(row))
        if choice.random() < 0.2:
            await transaction.rollback()
        else:
            await transaction.commit()


async def keeps_the_lead_in_silence(database: str) -> bool:
    """Whether a leader that nobody hears of, and whom nothing ends, still holds its lock."""
    silent, other = await asyncpg.connect(database), await asyncpg.connect(database)
    await silent.fetchval(STATEMENTS["try_lead"], LOCK_SPACE, UNUSED_GROUP)
    await asyncio.sleep(2.0)
    is_kept = not await other.fetchval(STATEMENTS["try_lead"], LOCK_SPACE, UNUSED_GROUP)
    await silent.close()
    await other.close()
    return is_kept


async def fresh_stream(nats_url: str) -> Client:
    client = await nats.connect(nats_url)
    with suppress(NotFoundError):
        await client.jetstream().delete_stream(STREAM)
    await ensure_stream(client.jetstream())
    return client


@asynccontextmanager
async def opened_log(database: str) -> AsyncIterator[EventLog]:
    async with asyncpg.create_pool(database, min_size=1, max_size=2) as pool:
        yield EventLog(pool)
