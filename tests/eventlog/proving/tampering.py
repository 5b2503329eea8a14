"""What a superuser can do to a log: each edit says at which position the log is wrong first."""

import hashlib
import random
from collections.abc import Awaitable, Callable

import asyncpg

from tests.eventlog.proving.writing import D, raised

Edit = Callable[[asyncpg.Connection, random.Random, int], Awaitable[int]]

FAR = 1_000_000


async def change_the_bytes(db: asyncpg.Connection, choice: random.Random, size: int) -> int:
    at = choice.randint(1, size)
    await db.execute(
        "update log.event set body = $2 where position = $1", at, await changed(db, at)
    )
    return at


async def change_bytes_and_leaf_hash(
    db: asyncpg.Connection, choice: random.Random, size: int
) -> int:
    at = choice.randint(1, size)
    await rewrite(db, at, await changed(db, at))
    return at


async def change_one_bit(db: asyncpg.Connection, choice: random.Random, size: int) -> int:
    at = choice.randint(1, size)
    body = bytearray(await db.fetchval("select body from log.event where position = $1", at))
    body[choice.randrange(len(body))] ^= 1 << choice.randrange(8)
    await rewrite(db, at, bytes(body))
    return at


async def change_a_leaf_hash(db: asyncpg.Connection, choice: random.Random, size: int) -> int:
    at = choice.randint(1, size)
    await db.execute("update log.event set leaf_hash = sha256('x') where position = $1", at)
    return at


async def change_a_column(db: asyncpg.Connection, choice: random.Random, size: int) -> int:
    at = choice.randint(1, size)
    assignment = choice.choice(
        [
            "type = 'tian.test.lowered.v1'",
            "stream = 'counter-other'",
            "version = version + 1000",
            "event_id = gen_random_uuid()",
        ]
    )
    await db.execute(f"update log.event set {assignment} where position = $1", at)
    return at


async def delete_one(db: asyncpg.Connection, choice: random.Random, size: int) -> int:
    at = choice.randint(1, size)
    await db.execute("delete from log.event where position = $1", at)
    return at


async def delete_and_close_the_gap(db: asyncpg.Connection, choice: random.Random, size: int) -> int:
    at = await delete_one(db, choice, size)
    await move(db, at + 1, -1)
    await db.execute("update log.head set position = position - 1")
    return at


async def insert_one(db: asyncpg.Connection, choice: random.Random, size: int) -> int:
    at = choice.randint(1, size)
    await move(db, at, 1)
    await insert(db, at)
    await db.execute("update log.head set position = position + 1")
    return at


async def swap_two(db: asyncpg.Connection, choice: random.Random, size: int) -> int:
    first, second = sorted(choice.sample(range(1, size + 1), 2))
    for old, new in ((first, FAR), (second, first), (FAR, second)):
        await db.execute("update log.event set position = $2 where position = $1", old, new)
    return first


async def cut_off_the_end(db: asyncpg.Connection, choice: random.Random, size: int) -> int:
    at = choice.randint(1, size)
    await db.execute("delete from log.event where position >= $1", at)
    await db.execute("update log.head set position = $1", at - 1)
    return at


async def roll_back_and_write_on(db: asyncpg.Connection, choice: random.Random, size: int) -> int:
    at = await cut_off_the_end(db, choice, size)
    for position in range(at, at + choice.randint(1, 2 * size)):
        await insert(db, position)
        await db.execute("update log.head set position = $1", position)
    return at


EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        change_the_bytes,
        change_bytes_and_leaf_hash,
        change_one_bit,
        change_a_leaf_hash,
        change_a_column,
        delete_one,
        delete_and_close_the_gap,
        insert_one,
        swap_two,
        cut_off_the_end,
        roll_back_and_write_on,
    )
}


async def changed(db: asyncpg.Connection, at: int) -> bytes:
    """The event with another fact in it, and otherwise as it was."""
    body: bytes = await db.fetchval("select body from log.event where position = $1", at)
    return body.replace(b'"to":', b'"to":9', 1)


async def rewrite(db: asyncpg.Connection, at: int, body: bytes) -> None:
    leaf = hashlib.sha256(b"\x00" + body).digest()
    await db.execute(
        "update log.event set body = $2, leaf_hash = $3 where position = $1", at, body, leaf
    )


async def move(db: asyncpg.Connection, start: int, by: int) -> None:
    await db.execute(
        "update log.event set position = position + $2 where position >= $1", start, FAR
    )
    await db.execute(
        "update log.event set position = position - $1 where position >= $2", FAR - by, FAR
    )


async def insert(db: asyncpg.Connection, position: int) -> None:
    """Put a made-up event with everything as it should be at a free position."""
    forged = raised(f"forged{position}-{random.random()}", 1)
    leaf = hashlib.sha256(b"\x00" + forged.body).digest()
    await db.execute(
        "insert into log.event (district, position, stream, version, event_id, type, body,"
        " leaf_hash) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        *(D, position, forged.stream, forged.version, forged.event_id, forged.type),
        *(forged.body, leaf),
    )
