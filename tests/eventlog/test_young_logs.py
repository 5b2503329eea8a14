"""A log that nobody has analysed yet: its first sessions must not look through all of it."""

import asyncpg
import pytest

from eventlog import EventLog
from tests.eventlog.making import event, write

D = "longgang"
EVENTS = 400


async def looked_at(connection: asyncpg.Connection) -> int:
    """How many index entries of the log have been looked at, by sessions that have ended."""
    return int(
        await connection.fetchval(
            "select sum(idx_tup_read) from pg_stat_all_indexes"
            " where schemaname = 'log' and relname = 'event'"
        )
    )


async def first_session(database: str, *, after_reading: bool) -> None:
    """One after the other, from the first event on, in one session that keeps its plans."""
    async with asyncpg.create_pool(database, min_size=1, max_size=1) as pool:
        log = EventLog(pool)
        for number in range(EVENTS // 2):
            for version in (1, 2):
                made = event(f"case-{number}", version)
                if after_reading:
                    found = await log.read_answers_and_streams(D, [made.event_id], [made.stream])
                    assert len(found[1][made.stream]) == version - 1
                (outcome,) = await log.append(D, [write(made)])
                assert outcome.result == "appended"


@pytest.mark.parametrize("do", ["appends", "reads and appends"])
async def test_the_first_session_finds_a_stream_without_looking_through_its_district(
    database: str, connection: asyncpg.Connection, do: str
) -> None:
    await first_session(database, after_reading=do != "appends")

    assert await looked_at(connection) <= 10 * EVENTS


async def test_so_does_the_first_one_that_meets_what_is_there_already(
    database: str, connection: asyncpg.Connection
) -> None:
    """The way of a doubtful commit asks for ids and for the latest version of each stream."""
    async with asyncpg.create_pool(database, min_size=1, max_size=1) as pool:
        log = EventLog(pool)
        for number in range(EVENTS):
            made = event(f"case-{number}", 1)
            await log.append(D, [write(made)])
            (again,) = await log.append(D, [write(made)])
            assert again.result == "repeated"

    assert await looked_at(connection) <= 20 * EVENTS
