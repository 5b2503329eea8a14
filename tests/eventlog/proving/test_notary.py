"""The notary signs what is new, alone, and never two histories."""

import asyncio
import hashlib

import asyncpg
import pytest

from eventlog import EventLog, Write
from eventlog.continuing import Contradiction
from eventlog.log import STATEMENTS
from eventlog.notary import LOCK_SPACE, ONLY_GROUP, Notary
from eventlog.proving.checkpoints import Checkpoint, opened
from eventlog.proving.tree import root_of
from tests.eventlog.making import event
from tests.eventlog.proving.writing import KEY, KEYS, D, write_events, write_signed

HOLDERS = "select pid from pg_locks where locktype = 'advisory' and classid = $1 and granted"


async def sizes(pool: asyncpg.Pool, district: str = D) -> list[int]:
    rows = await pool.fetch(STATEMENTS["checkpoints_between"], district, "sha256", 0, 10**9, 10**6)
    return [row["size"] for row in rows]


async def roll_back(pool: asyncpg.Pool, size: int) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("set local session_replication_role = replica")
        await connection.execute("delete from log.event where position > $1", size)
        await connection.execute("update log.head set position = $1", size)


async def test_what_is_new_is_signed_once(
    log: EventLog, notary: Notary, pool: asyncpg.Pool
) -> None:
    await write_signed(log, notary, [3, 10, 11])
    assert await notary.issue_due() == []
    assert await sizes(pool) == [3, 10, 11]
    events = await log.read_after(D, 0)
    for row in await pool.fetch(STATEMENTS["checkpoints_between"], D, "sha256", 0, 10**9, 10**6):
        checkpoint = opened(row["note"], KEYS)
        leaves = [hashlib.sha256(b"\x00" + one.body).digest() for one in events]
        assert checkpoint.origin == "tian.example/log/longgang"
        assert checkpoint.root == row["root"] == root_of(leaves[: checkpoint.size])


async def test_each_district_has_its_own_tree(
    log: EventLog, notary: Notary, pool: asyncpg.Pool
) -> None:
    await write_events(log, 0, 4)
    await write_events(log, 0, 2, district="yantian")
    assert [(one.origin, one.size) for one in await notary.issue_due()] == [
        ("tian.example/log/longgang", 4),
        ("tian.example/log/yantian", 2),
    ]


async def test_a_new_notary_goes_on_where_the_last_one_stopped(
    log: EventLog, notary: Notary, pool: asyncpg.Pool
) -> None:
    await write_signed(log, notary, [5])
    await write_events(log, 5, 9)
    await Notary(pool, KEY).issue_due()
    assert await sizes(pool) == [5, 9]


async def test_a_notary_that_was_overtaken_signs_nothing_and_catches_up(
    log: EventLog, notary: Notary, pool: asyncpg.Pool
) -> None:
    await write_signed(log, notary, [5])
    await write_events(log, 5, 9)
    await Notary(pool, KEY).issue_due()
    await write_events(log, 9, 12)
    assert await notary.issue_due() == []
    assert [one.size for one in await notary.issue_due()] == [12]
    assert await sizes(pool) == [5, 9, 12]


async def test_two_notaries_at_once_sign_one_history(log: EventLog, pool: asyncpg.Pool) -> None:
    notaries = [Notary(pool, KEY) for _ in range(4)]
    for end in range(3, 60, 3):
        await write_events(log, end - 3, end)
        await asyncio.gather(*(notary.issue_due() for notary in notaries))
    signed = await sizes(pool)
    assert signed == sorted(set(signed))
    assert not any(notary.halted for notary in notaries)


async def test_only_the_holder_of_the_lock_signs(
    log: EventLog, notary: Notary, pool: asyncpg.Pool, connection: asyncpg.Connection
) -> None:
    await connection.fetchval(STATEMENTS["try_lead"], LOCK_SPACE, ONLY_GROUP)
    await write_events(log, 0, 3)
    running = asyncio.create_task(notary.run())
    await asyncio.sleep(0.8)
    assert await sizes(pool) == []
    await connection.execute("select pg_advisory_unlock_all()")
    async with asyncio.timeout(10):
        while not await sizes(pool):
            await asyncio.sleep(0.05)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_a_notary_that_is_not_heard_of_loses_the_lock_to_another(
    pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that was stopped keeps its connection, and would keep the lock with it."""
    monkeypatch.setattr("eventlog.notary.BE_HEARD_SECONDS", 60)
    held: set[int] = set()
    both = [asyncio.create_task(Notary(pool, KEY, heard_seconds=1).run()) for _ in range(2)]
    async with asyncio.timeout(15):
        while len(held) < len(both):
            held.update(row["pid"] for row in await pool.fetch(HOLDERS, LOCK_SPACE))
            await asyncio.sleep(0.05)
    for each in both:
        each.cancel()
    await asyncio.wait(both)


async def test_a_notary_whose_first_tree_takes_long_keeps_the_lock(
    log: EventLog, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventlog.notary.BE_HEARD_SECONDS", 0.2)
    notary = Notary(pool, KEY, heard_seconds=1)
    monkeypatch.setattr(notary, "issue_due", asyncio.Event().wait)
    running = asyncio.create_task(notary.run())
    await asyncio.sleep(4)
    held = await pool.fetch(HOLDERS, LOCK_SPACE)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert len(held) == 1


@pytest.mark.parametrize("which", ["running", "started anew"])
@pytest.mark.parametrize("appended", [0, 4, 20])
async def test_a_log_that_was_rolled_back_is_not_signed_again(
    log: EventLog,
    notary: Notary,
    pool: asyncpg.Pool,
    which: str,
    appended: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await write_signed(log, notary, [8, 15])
    await roll_back(pool, 12)
    await log.append(D, [Write([event(f"new{n}", 1)]) for n in range(appended)])
    notary = notary if which == "running" else Notary(pool, KEY)
    assert await notary.issue_due() == []
    assert D in notary.halted
    assert await notary.issue_due() == []
    assert caplog.text.count("contradicts") == 1
    assert await sizes(pool) == [8, 15]


async def test_a_changed_past_is_not_signed_by_a_new_notary(
    log: EventLog, notary: Notary, pool: asyncpg.Pool
) -> None:
    await write_signed(log, notary, [8])
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("set local session_replication_role = replica")
        await connection.execute(
            "update log.event set body = 'x', leaf_hash = sha256('\\x0078') where position = 3"
        )
    await write_events(log, 8, 9)
    with pytest.raises(Contradiction, match="another root"):
        await Notary(pool, KEY).issue(D)


async def test_a_log_with_a_gap_is_not_signed(
    log: EventLog, notary: Notary, pool: asyncpg.Pool
) -> None:
    await write_signed(log, notary, [5])
    await write_events(log, 5, 9)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("set local session_replication_role = replica")
        await connection.execute("delete from log.event where position = 7")
    with pytest.raises(Contradiction, match="event 7 is missing"):
        await notary.issue(D)


async def test_a_forged_checkpoint_does_not_lead_a_new_notary_astray(
    log: EventLog, notary: Notary, pool: asyncpg.Pool
) -> None:
    await write_signed(log, notary, [1])
    leaf = hashlib.sha256(b"\x00x").digest()
    forged = Checkpoint(KEY.signer(D).name, 1, leaf)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("set local session_replication_role = replica")
        await connection.execute("update log.event set body = 'x', leaf_hash = $1", leaf)
        note = await connection.fetchval("select note from log.signed_checkpoint")
        signatures = note.partition("\n\n")[2]
        await connection.execute(
            "update log.signed_checkpoint set note = $1", f"{forged.text}\n{signatures}"
        )
    await write_events(log, 1, 2)
    with pytest.raises(Contradiction, match="was altered"):
        await Notary(pool, KEY).issue(D)


async def test_a_log_that_halted_holds_up_no_other(
    log: EventLog, notary: Notary, pool: asyncpg.Pool
) -> None:
    await write_signed(log, notary, [8])
    await roll_back(pool, 5)
    await write_events(log, 0, 2, district="yantian")
    assert [one.size for one in await notary.issue_due()] == [2]


@pytest.mark.parametrize(
    "statement",
    [
        "update log.signed_checkpoint set root = root",
        "delete from log.signed_checkpoint",
        "truncate log.signed_checkpoint",
    ],
)
async def test_the_database_refuses_to_change_a_checkpoint(
    log: EventLog, notary: Notary, pool: asyncpg.Pool, statement: str
) -> None:
    await write_signed(log, notary, [2])
    with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
        await pool.execute(statement)
