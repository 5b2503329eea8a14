"""Sessions of pooled connections: what is set or locked in one is undone by whoever did it.

asyncpg would put each session back after each query, a round trip that nearly no query needs.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import asyncpg

from eventlog.log import Connection
from eventlog.refusing import DOUBTFUL


async def nothing_to_undo(connection: asyncpg.Connection) -> None:
    """Put a session back in which nobody sets anything: for `reset` of a pool."""


@asynccontextmanager
async def undone_afterwards(pool: asyncpg.Pool) -> AsyncIterator[Connection]:
    """A connection for who locks or sets something that outlives a transaction."""
    async with pool.acquire() as connection:
        try:
            yield connection
        finally:
            with suppress(*DOUBTFUL):
                await connection.reset()
