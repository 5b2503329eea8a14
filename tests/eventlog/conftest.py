"""A log on a fresh database, and events that are easy to make."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from eventlog import EventLog


@pytest.fixture
async def pool(database: str) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(database, min_size=1, max_size=16) as pool:
        yield pool


@pytest.fixture
def log(pool: asyncpg.Pool) -> EventLog:
    return EventLog(pool)
