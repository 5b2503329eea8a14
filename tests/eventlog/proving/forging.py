"""What somebody can write who has the database and the log key: signed, and still no log of ours."""

from collections.abc import Awaitable, Callable

import asyncpg

from eventlog.notary import Notary
from tests.eventlog.proving.drill import as_superuser
from tests.eventlog.proving.tampering import insert, rewrite
from tests.eventlog.proving.writing import KEY

Forge = Callable[[asyncpg.Connection], Awaitable[None]]


async def forge(connection: asyncpg.Connection, pool: asyncpg.Pool, edit: Forge) -> None:
    """Edit a log without its constraints, and sign it anew as it is then."""
    async with as_superuser(connection):
        for constraint in (
            "one_event_at_each_position",
            "one_event_at_each_stream_version",
            "an_event_is_recorded_once",
            "positions_and_versions_count_from_one",
        ):
            await connection.execute(f"alter table log.event drop constraint {constraint}")
        await connection.execute("delete from log.signed_checkpoint")
        await edit(connection)
    await Notary(pool, KEY).issue_due()


async def give_20_the_id_of_9(connection: asyncpg.Connection) -> None:
    own, other = await id_of(connection, 20), await id_of(connection, 9)
    body: bytes = await connection.fetchval("select body from log.event where position = 20")
    await rewrite(connection, 20, body.replace(own.encode(), other.encode()))
    await connection.execute("update log.event set event_id = $1 where position = 20", other)


async def give_20_the_version_of_13(connection: asyncpg.Connection) -> None:
    await give_version(connection, 20, 2)


async def leave_a_version_out_before_20(connection: asyncpg.Connection) -> None:
    await give_version(connection, 20, 4)


async def put_two_at_20(connection: asyncpg.Connection) -> None:
    await insert(connection, 20)


async def put_one_before_the_first(connection: asyncpg.Connection) -> None:
    await insert(connection, 0)


async def give_version(connection: asyncpg.Connection, at: int, version: int) -> None:
    body: bytes = await connection.fetchval("select body from log.event where position = $1", at)
    was: int = await connection.fetchval("select version from log.event where position = $1", at)
    told = b'"streamversion":%d,'
    await rewrite(connection, at, body.replace(told % was, told % version))
    await connection.execute("update log.event set version = $2 where position = $1", at, version)


async def id_of(connection: asyncpg.Connection, position: int) -> str:
    return str(
        await connection.fetchval("select event_id from log.event where position = $1", position)
    )
