"""A log on a fresh database, and the read models of all services."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from eventlog import EventLog


@pytest.fixture
async def pool(database: str) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(database, min_size=1, max_size=6) as pool:
        yield pool


@pytest.fixture
def log(pool: asyncpg.Pool) -> EventLog:
    return EventLog(pool)
