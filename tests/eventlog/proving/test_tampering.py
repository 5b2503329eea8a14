"""A superuser edits the log at random; the audit finds every edit and the first wrong position.

TIAN_TAMPER_CYCLES says how many edits are made of all kinds together.
"""

import hashlib
import os
import random

import asyncpg
import pytest

from eventlog import EventLog
from eventlog.log import STATEMENTS
from eventlog.notary import Notary
from eventlog.proving.checkpoints import Checkpoint, opened
from tests.eventlog.proving.drill import as_superuser, drill
from tests.eventlog.proving.tampering import EDITS, changed, cut_off_the_end, rewrite
from tests.eventlog.proving.writing import KEY, KEYS, D, audited, write_events, write_signed

SIZES = [1, 2, 9, 10, 24, 40, 41]
SIZE = SIZES[-1]
CYCLES = int(os.environ.get("TIAN_TAMPER_CYCLES", "110"))


@pytest.fixture
async def signed_log(log: EventLog, notary: Notary) -> EventLog:
    await write_signed(log, notary, SIZES)
    return log


async def newest(connection: asyncpg.Connection) -> Checkpoint:
    row = await connection.fetchrow(STATEMENTS["last_signed_checkpoint"], D, "sha256")
    assert row is not None
    return opened(row["note"], KEYS)


async def test_a_log_that_nobody_touched_is_in_order(
    signed_log: EventLog, connection: asyncpg.Connection
) -> None:
    await write_events(signed_log, SIZE, SIZE + 5)
    audit = await audited(connection, kept=(await newest(connection),))
    assert audit.findings == ()
    assert (audit.events, audit.signed_up_to) == (SIZE + 5, SIZE)
    assert audit.checkpoints == len(SIZES) + 1


@pytest.mark.parametrize("name", EDITS)
async def test_every_edit_is_found_with_its_first_wrong_position(
    signed_log: EventLog, connection: asyncpg.Connection, name: str
) -> None:
    cycles = max(CYCLES // len(EDITS), 1)
    assert await drill(connection, name, cycles=cycles, size=SIZE) == cycles
    assert (await audited(connection)).findings == ()


@pytest.mark.parametrize("edit", ["cut off", "rewritten"])
async def test_without_checkpoints_the_audit_would_not_find_it(
    signed_log: EventLog, connection: asyncpg.Connection, edit: str
) -> None:
    async with as_superuser(connection):
        if edit == "cut off":
            await cut_off_the_end(connection, random.Random(1), SIZE)
        else:
            await rewrite(connection, 7, await changed(connection, 7))
    assert (await audited(connection, is_stored_held_against=False)).findings == ()
    assert (await audited(connection)).findings != ()


async def test_a_gap_is_found_in_a_log_that_was_never_signed(
    log: EventLog, connection: asyncpg.Connection
) -> None:
    await write_events(log, 0, 30)
    async with as_superuser(connection):
        await connection.execute("delete from log.event where position = 29")
    audit = await audited(connection)
    assert [finding.position for finding in audit.findings] == [29, 30]
    assert "29 comes next" not in audit.findings[0].english


@pytest.mark.parametrize(("counter", "wrong"), [(29, 30), (31, 31)])
async def test_a_counter_that_was_moved_is_found(
    log: EventLog, connection: asyncpg.Connection, counter: int, wrong: int
) -> None:
    await write_events(log, 0, 30)
    await connection.execute("update log.head set position = $1", counter)
    assert (await audited(connection)).first_wrong_position == wrong


async def test_an_edit_with_the_kept_leaves_edited_too_is_found_between_two_checkpoints(
    signed_log: EventLog, connection: asyncpg.Connection
) -> None:
    async with as_superuser(connection):
        body = await changed(connection, 20)
        before = await connection.fetchval("select leaf_hash from log.event where position = 20")
        await rewrite(connection, 20, body)
        leaf = hashlib.sha256(b"\x00" + body).digest()
        await connection.execute(
            "update log.signed_checkpoint set leaves ="
            " overlay(leaves placing $2 from position($1 in leaves)) where size = 24",
            before,
            leaf,
        )
    audit = await audited(connection)
    assert audit.first_wrong_position == 11
    assert "between 11 and 24" in audit.findings[0].english


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("update log.signed_checkpoint set note = replace(note, e'\\n24\\n', e'\\n25\\n')", 11),
        ("update log.signed_checkpoint set root = sha256('x') where size = 24", 11),
        ("update log.signed_checkpoint set size = 25 where size = 24", 11),
        ("update log.signed_checkpoint set leaves = sha256('x') where size = 24", 11),
        ("delete from log.signed_checkpoint where size = 24", 11),
        ("delete from log.signed_checkpoint where size < 24", 1),
    ],
)
async def test_a_checkpoint_that_was_edited_is_found(
    signed_log: EventLog, connection: asyncpg.Connection, statement: str, wrong: int
) -> None:
    async with as_superuser(connection):
        await connection.execute(
            "alter table log.signed_checkpoint drop constraint a_checkpoint_has_all_leaves_since"
        )
        await connection.execute(statement)
    assert (await audited(connection)).first_wrong_position == wrong


async def test_an_audit_goes_on_behind_a_checkpoint_that_was_edited(
    signed_log: EventLog, connection: asyncpg.Connection
) -> None:
    async with as_superuser(connection):
        await connection.execute("update log.signed_checkpoint set note = 'x' where size = 10")
        await rewrite(connection, 40, await changed(connection, 40))
    audit = await audited(connection)
    assert [finding.position for finding in audit.findings] == [10, 40]


@pytest.mark.parametrize("new_events", [0, 30], ids=["cut off", "signed anew"])
async def test_a_history_exchanged_whole_is_found_by_checkpoints_kept_elsewhere(
    signed_log: EventLog, connection: asyncpg.Connection, pool: asyncpg.Pool, new_events: int
) -> None:
    rows = await connection.fetch(STATEMENTS["checkpoints_between"], D, "sha256", 0, 10**9, 10**6)
    kept = tuple(opened(row["note"], KEYS) for row in rows if row["size"] in (24, 41))
    async with as_superuser(connection):
        await connection.execute("delete from log.event where position > 24")
        await connection.execute("delete from log.signed_checkpoint where size > 24")
        await connection.execute("update log.head set position = 24")
    await write_events(signed_log, 24, 24 + new_events)
    await Notary(pool, KEY).issue_due()
    assert (await audited(connection)).findings == ()
    assert (await audited(connection, kept=kept)).first_wrong_position == 25


async def test_a_miscounted_stream_is_found_though_it_was_signed(
    log: EventLog, notary: Notary, connection: asyncpg.Connection, pool: asyncpg.Pool
) -> None:
    await write_signed(log, notary, [30])
    async with as_superuser(connection):
        await connection.execute("delete from log.signed_checkpoint")
        body = await connection.fetchval("select body from log.event where position = 9")
        await rewrite(connection, 9, body.replace(b'"streamversion":2', b'"streamversion":9'))
        await connection.execute("update log.event set version = 9 where position = 9")
    await Notary(pool, KEY).issue_due()
    assert (await audited(connection)).first_wrong_position == 9
