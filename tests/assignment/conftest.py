"""A database, and the servers that messages reach."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.assignment.receiving import HttpServer, MailServer, http_server, mail_server


@pytest.fixture
async def pool(database: str) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(database, min_size=1, max_size=4) as opened:
        yield opened


@pytest.fixture(scope="module")
async def mail() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
async def web() -> AsyncIterator[HttpServer]:
    async with http_server() as server:
        yield server
