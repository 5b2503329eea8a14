"""The tables of the read models, byte for byte, and ways to fill them."""

import asyncpg

from assignment.projections.cases import CASES
from evaluation.projections.scores import SCORES
from eventlog import EventLog, Follower
from eventlog.projecting import Projector
from eventlog.readmodels import ReadModel
from intake.projections.proposals import INTAKE_PROPOSALS

MODELS = {
    "intake.projections.proposals:INTAKE_PROPOSALS": INTAKE_PROPOSALS,
    "assignment.projections.cases:CASES": CASES,
    "evaluation.projections.scores:SCORES": SCORES,
}

Dump = dict[str, list[str]]


async def dump(pool: asyncpg.Pool) -> Dump:
    """Every row as PostgreSQL prints it."""
    return {
        table.name: [
            row[0] for row in await pool.fetch(f"select t::text from {table.name} t order by 1")
        ]
        for model in MODELS.values()
        for table in model.tables
    }


async def empty(pool: asyncpg.Pool) -> None:
    for model in MODELS.values():
        for table in model.tables:
            await pool.execute(f"truncate {table.name}")
    await pool.execute("delete from log.checkpoint")


async def forget_everything(pool: asyncpg.Pool) -> None:
    """Empty the log as well; only a test may, and it has to switch off what forbids it."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("set local session_replication_role = replica")
        await connection.execute("delete from log.event")
        await connection.execute("delete from log.head")
    await empty(pool)


async def follow(pool: asyncpg.Pool, model: ReadModel, district: str, batch: int) -> None:
    """Take the log of a district in batches of this many events, as they would arrive."""
    log = EventLog(pool)
    follower = Follower(model.follower, pool, log, Projector(model), None)
    events = await log.read_after(district, 0, 1_000_000)
    for start in range(0, len(events), batch):
        await follower.take(district, events[start : start + batch])
