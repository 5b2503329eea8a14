"""A process that does it wrong, to be killed: `python -m tests.faults.careless follow|relay DATABASE NATS`."""

import asyncio
import sys

import asyncpg
import nats
from nats.js import JetStreamContext

from eventlog import EventLog, Recorded
from eventlog.log import STATEMENTS
from eventlog.transport import headers_of, subject_of

D = "careless"
FOLLOWER = "careless"


async def follow(pool: asyncpg.Pool, _nats_url: str) -> None:
    """Move the checkpoint in one transaction, and write the row in the next."""
    log = EventLog(pool)
    await pool.execute(STATEMENTS["open_checkpoint"], FOLLOWER, D)
    position = await pool.fetchval(STATEMENTS["checkpoint"], FOLLOWER, D)
    while batch := await log.read_after(D, position, 100):
        for recorded in batch:
            await pool.execute(
                STATEMENTS["advance_checkpoint"], FOLLOWER, D, position, recorded.position
            )
            position = recorded.position
            await pool.execute("insert into seen (position) values ($1)", position)


async def relay(pool: asyncpg.Pool, nats_url: str) -> None:
    """Remember an event as published, and then publish it."""
    log = EventLog(pool)
    client = await nats.connect(nats_url)
    position = await pool.fetchval(STATEMENTS["relayed"], D) or 0
    while batch := await log.read_after(D, position, 100):
        for recorded in batch:
            position = recorded.position
            await pool.execute(STATEMENTS["set_relayed"], D, position, 0)
            await publish(client.jetstream(), recorded)


async def publish(jetstream: JetStreamContext, recorded: Recorded) -> None:
    await jetstream.publish(subject_of(recorded), recorded.body, headers=headers_of(recorded))


async def main(what: str, database_url: str, nats_url: str) -> None:
    async with asyncpg.create_pool(database_url, min_size=1, max_size=2) as pool:
        await {"follow": follow, "relay": relay}[what](pool, nats_url)
        await asyncio.sleep(3600)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
