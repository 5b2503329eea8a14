"""The second tree, under SM3: signed behind the first, audited with it, served beside it."""

import asyncpg
import pytest

from eventlog import EventLog
from eventlog.continuing import Contradiction
from eventlog.log import STATEMENTS
from eventlog.notary import Notary
from eventlog.proving.checkpoints import opened
from eventlog.proving.hashing import SHA256, SM3, Sm3OfCryptography, TreeHash
from eventlog.proving.keys import hashing_of
from eventlog.proving.tiles import Tile, hashes_in
from eventlog.second_tree import Sm3Tree
from eventlog.subtrees import Subtrees
from tests.eventlog.proving.drill import as_superuser
from tests.eventlog.proving.recursion import Recursion
from tests.eventlog.proving.tampering import changed, rewrite
from tests.eventlog.proving.test_serving import served
from tests.eventlog.proving.writing import KEY, D, audited, write_events, write_signed

SM3_KEYS = KEY.verifiers([D], (SM3,))


@pytest.fixture
def notary(pool: asyncpg.Pool) -> Notary:
    return Notary(pool, KEY, signs_sm3=True)


async def bodies(pool: asyncpg.Pool) -> list[bytes]:
    return [row["body"] for row in await pool.fetch(STATEMENTS["bodies"], D, 1, 10**6)]


async def test_its_root_is_that_of_the_definition_over_the_same_bytes(
    log: EventLog, notary: Notary, pool: asyncpg.Pool
) -> None:
    await write_signed(log, notary, [5, 37])
    row = await pool.fetchrow(STATEMENTS["last_signed_checkpoint"], D, "sm3")
    assert row is not None
    checkpoint = opened(row["note"], SM3_KEYS)
    assert checkpoint.origin == f"tian.example/log/sm3/{D}"
    assert hashing_of(checkpoint.origin) is SM3
    assert checkpoint.size == 37
    assert checkpoint.root == Recursion(await bodies(pool), "sm3").mth(0, 37)


async def test_it_catches_up_in_steps_where_it_is_switched_on_late(
    log: EventLog, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write_signed(log, Notary(pool, KEY), [50])
    monkeypatch.setattr("eventlog.second_tree.EVENTS_AT_ONCE", 20)
    issued = await Notary(pool, KEY, signs_sm3=True).issue_due()
    assert [checkpoint.size for checkpoint in issued] == [20, 40, 50]
    assert await Notary(pool, KEY, signs_sm3=True).issue_due() == []


async def test_both_trees_are_audited_and_either_tells_of_a_change(
    log: EventLog, notary: Notary, connection: asyncpg.Connection
) -> None:
    await write_signed(log, notary, [10, 30, 41])
    audit = await audited(connection)
    assert audit.findings == ()
    assert audit.trees == {"sha256": 41, "sm3": 41}
    async with as_superuser(connection):
        await rewrite(connection, 23, await changed(connection, 23))
    audit = await audited(connection)
    assert audit.first_wrong_position == 23
    assert {finding.english.startswith("SM3: ") for finding in audit.findings} == {True, False}


async def test_a_checkpoint_of_the_second_tree_that_was_edited_is_found(
    log: EventLog, notary: Notary, connection: asyncpg.Connection
) -> None:
    await write_signed(log, notary, [10, 30, 41])
    async with as_superuser(connection):
        await connection.execute(
            "delete from log.signed_checkpoint where hashing = 'sm3' and size = 30"
        )
    audit = await audited(connection)
    assert audit.first_wrong_position == 11
    assert all(finding.english.startswith("SM3: ") for finding in audit.findings)


async def test_bytes_that_are_not_those_signed_first_are_not_signed_second(
    log: EventLog, pool: asyncpg.Pool, connection: asyncpg.Connection
) -> None:
    await write_signed(log, Notary(pool, KEY), [20])
    async with as_superuser(connection):
        body = await changed(connection, 7)
        await connection.execute("update log.event set body = $1 where position = 7", body)
    with pytest.raises(Contradiction, match="event 7 "):
        await Sm3Tree(pool, KEY).issue_all(D)
    notary = Notary(pool, KEY, signs_sm3=True)
    assert await notary.issue_due() == []
    assert "event 7 " in notary.halted[D]


async def test_kept_leaves_that_were_edited_are_not_continued(
    log: EventLog, notary: Notary, pool: asyncpg.Pool, connection: asyncpg.Connection
) -> None:
    await write_signed(log, notary, [20])
    async with as_superuser(connection):
        await connection.execute(
            "update log.signed_checkpoint set leaves = overlay(leaves placing '\\x00' from 40)"
            " where hashing = 'sm3'"
        )
    await write_events(log, 20, 25)
    fresh = Notary(pool, KEY, signs_sm3=True)
    assert [each.origin for each in await fresh.issue_due()] == [KEY.signer(D).name]
    assert "another root" in fresh.halted[D]


async def test_it_is_served_beside_the_first(
    log: EventLog, notary: Notary, pool: asyncpg.Pool
) -> None:
    await write_signed(log, notary, [100, 300])
    async with served(pool, KEY) as client:
        note = (await client.get(f"/log/sm3/{D}/checkpoint")).text
        tile = (await client.get(f"/log/sm3/{D}/tile/0/001.p/44")).content
        assert (await client.get(f"/log/sm3/{D}/tile/0/001.p/45")).status_code == 404
    assert opened(note, SM3_KEYS).size == 300
    assert hashes_in(tile) == SM3.leaves((await bodies(pool))[256:])
    tile = await Subtrees(pool, SM3).tile(D, Tile(1, 0, 1))
    assert tile == Recursion(await bodies(pool), "sm3").mth(0, 256)


def test_sm3_without_the_one_of_python_is_the_same() -> None:
    other = TreeHash("sm3", Sm3OfCryptography.start)
    leaves = other.leaves([b"a", b"bc", b""])
    assert leaves == SM3.leaves([b"a", b"bc", b""])
    assert other.parents(leaves[:2]) == SM3.parents(leaves[:2])
    assert SHA256.leaves([b"a"]) != leaves[:1]
