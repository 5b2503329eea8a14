"""The drill: a log is edited again and again, and each time the audit must say where."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from tests.eventlog.proving.tampering import EDITS
from tests.eventlog.proving.writing import audited

TABLES = ("log.event", "log.head", "log.signed_checkpoint")


async def drill(connection: asyncpg.Connection, name: str, *, cycles: int, size: int) -> int:
    """Make one kind of edit to a signed log of some size, and put it back, so many times.

    Returns how many edits were found. Raises AssertionError for one whose position was not.
    """
    await keep_a_copy(connection)
    choice = random.Random(name)
    for _ in range(cycles):
        async with as_superuser(connection):
            wrong = await EDITS[name](connection, choice, size)
        audit = await audited(connection)
        if audit.first_wrong_position != wrong:
            raise AssertionError((name, wrong, audit.findings))
        await put_back(connection)
    return cycles


@asynccontextmanager
async def as_superuser(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """Whoever owns the server can switch the triggers off."""
    async with connection.transaction():
        await connection.execute("set local session_replication_role = replica")
        yield


async def keep_a_copy(connection: asyncpg.Connection) -> None:
    await connection.execute("create schema copy")
    for table in TABLES:
        await connection.execute(f"create table {table.replace('log', 'copy', 1)} as table {table}")


async def put_back(connection: asyncpg.Connection) -> None:
    async with as_superuser(connection):
        for table in TABLES:
            await connection.execute(f"delete from {table}")
            await connection.execute(
                f"insert into {table} select * from {table.replace('log', 'copy', 1)}"
            )
