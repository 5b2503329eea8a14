"""The projections computed again from the log alone, compared with the ones that lived through it."""

from collections.abc import Sequence
from uuid import uuid4

import asyncpg

from assignment.projections.cases import CASES
from evaluation.projections.scores import SCORES
from eventlog import EventLog, Follower
from eventlog.migrating import migrate
from eventlog.projecting import Projector
from intake.projections.proposals import INTAKE_PROPOSALS
from tian.postgres import EmbeddedPostgres, create_database, drop_database

MODELS = {model.follower: model for model in (INTAKE_PROPOSALS, CASES, SCORES)}
# What is computed from these tables and kept, such as the overview of a city, is not among them.
TABLES = sorted(table.name for model in MODELS.values() for table in model.tables)
ROWS = "select md5(t::text) from {table} t where district = any ($1::text[]) order by 1"
LOG = "select * from {table} where district = any ($1::text[])"


async def differing_tables(server: EmbeddedPostgres, districts: Sequence[str]) -> tuple[str, ...]:
    """Tables of the services whose rows are not what a replay of these districts gives."""
    name = f"replay_{uuid4().hex}"
    await create_database(server.url("postgres"), name)
    try:
        await migrate(server.url(name))
        live = await asyncpg.connect(server.url())
        async with asyncpg.create_pool(server.url(name), min_size=1, max_size=2) as replayed:
            await _copy_log(live, replayed, districts)
            await _replay(replayed, districts)
            differing = [each for each in TABLES if await _differs(each, live, replayed, districts)]
        await live.close()
        return tuple(differing)
    finally:
        await drop_database(server.url("postgres"), name)


async def _copy_log(
    live: asyncpg.Connection, replayed: asyncpg.Pool, districts: Sequence[str]
) -> None:
    async with replayed.acquire() as connection:
        for table in ("head", "event"):
            rows = await live.fetch(LOG.format(table=f"log.{table}"), list(districts))
            await connection.copy_records_to_table(
                table, schema_name="log", records=map(tuple, rows)
            )


async def _replay(pool: asyncpg.Pool, districts: Sequence[str]) -> None:
    for name, model in MODELS.items():
        follower = Follower(name, pool, EventLog(pool), Projector(model), None)
        for district in districts:
            await follower.catch_up(district)


async def _differs(
    table: str, live: asyncpg.Connection, replayed: asyncpg.Pool, districts: Sequence[str]
) -> bool:
    question = ROWS.format(table=table)
    return await live.fetch(question, list(districts)) != await replayed.fetch(
        question, list(districts)
    )
