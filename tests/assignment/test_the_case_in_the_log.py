"""What a command is decided on is read from the log, and is what the rows would say."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from assignment.projections.case_in_log import case_in_log
from assignment.projections.cases import CASES
from assignment.projections.reading import find_case
from eventlog import EventLog
from eventlog.replaying import Readings
from tests.projections.dumping import follow
from tests.projections.histories import A_COURSE, D, record_at_once


@pytest.fixture
async def pool(database: str) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(database, min_size=1, max_size=4) as opened:
        yield opened


async def test_the_case_in_the_log_is_the_one_in_the_rows_before_there_are_any(
    pool: asyncpg.Pool,
) -> None:
    log = EventLog(pool)
    await record_at_once(log, A_COURSE)
    rows = Readings(pool, CASES).stored(D)
    assert await find_case(rows, "1") is None
    decided_on = [await case_in_log(log, D, each) for each in ("1", "2", "3", "4")]
    await follow(pool, CASES, D, 1000)
    assert decided_on == [await find_case(rows, each) for each in ("1", "2", "3", "4")]
    assert [each is None for each in decided_on] == [False, False, False, True]
