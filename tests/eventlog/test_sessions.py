"""Sessions: nothing is asked to put them back, and whoever sets something undoes it."""

import asyncpg
import pytest

from eventlog import EventLog, Write
from eventlog.one_connection import HoldsAConnection
from eventlog.readmodels import ReadModel
from eventlog.replaying import Readings
from eventlog.sessions import nothing_to_undo, undone_afterwards

TAKE = "select pg_try_advisory_lock(7, 7)"
IDLE = "select current_setting('idle_session_timeout')"


async def test_what_is_locked_or_set_for_a_session_is_undone_when_it_is_given_back(
    database: str, connection: asyncpg.Connection
) -> None:
    async with asyncpg.create_pool(database, min_size=1, max_size=1, reset=nothing_to_undo) as pool:
        async with undone_afterwards(pool) as session:
            assert await session.fetchval(TAKE)
            await session.execute("set idle_session_timeout = '15s'")
            assert not await connection.fetchval(TAKE)
        assert await connection.fetchval(TAKE)
        assert await pool.fetchval(IDLE) == "0"


async def test_a_query_of_the_pool_is_one_round_trip(database: str) -> None:
    async with asyncpg.create_pool(database, min_size=1, max_size=1, reset=nothing_to_undo) as pool:
        said: list[str] = []
        async with pool.acquire() as connection:
            connection.add_query_logger(lambda record: said.append(record.query))
        for _ in range(3):
            await pool.fetchval("select 1")
        assert said == ["select 1"] * 3


async def test_who_reads_rows_is_refused_the_log_until_the_rows_are_given_back(
    pool: asyncpg.Pool, log: EventLog
) -> None:
    model = ReadModel(name="", follower="reader", tables=(), rules={}, catalogue={})
    async with Readings(pool, model).now("longgang"):
        for asked in (log.head("longgang"), log.read_stream("longgang", "case-1")):
            with pytest.raises(HoldsAConnection):
                await asked
        with pytest.raises(HoldsAConnection):
            await log.append("longgang", [Write(())])
    assert await log.head("longgang") == 0
