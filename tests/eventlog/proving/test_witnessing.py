"""Witnesses: they follow a log and never two of its histories; what they sign is kept and served."""

import asyncpg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from eventlog import EventLog
from eventlog.cosigning import NotOurCheckpoint, keep_cosignatures, with_cosignatures
from eventlog.notary import Notary
from eventlog.proving.checkpoints import Checkpoint, opened
from eventlog.proving.fetching import FetchedTree, TileMissing
from eventlog.proving.hashing import SHA256
from eventlog.proving.history import Findings, StoredCheckpoint
from eventlog.proving.notes import Note, NoteRefused, Signer
from eventlog.proving.paths import consistency_ranges
from eventlog.proving.tiles import Tile
from eventlog.proving.tree import root_of
from eventlog.proving.witnessing import OlderThanSeen, SplitView, Witnessed, followed
from tests.eventlog.proving.test_serving import served
from tests.eventlog.proving.writing import KEY, KEYS, D, audited, write_signed

WITNESS = Signer("witness.example/w1", Ed25519PrivateKey.from_private_bytes(bytes(32)))
OTHER = Signer("witness.example/w2", Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
LOG = KEY.signer(D)
PLACE = (D, SHA256)
LEAVES = SHA256.leaves([b"%d" % number for number in range(1_000)])
NOW = 1_700_000_000


def checkpoint(size: int, leaves: list[bytes] = LEAVES) -> Checkpoint:
    return Checkpoint(LOG.name, size, root_of(leaves[:size]))


def path(first: int, second: int) -> list[bytes]:
    return [root_of(LEAVES[start:end]) for start, end in consistency_ranges(first, second)]


def note_of(shown: Checkpoint) -> str:
    return str(shown.signed(LOG))


def tile_in(tile: Tile) -> bytes:
    return b"".join(root_of(LEAVES[start:end]) for start, end in tile.ranges())


async def newest(pool: asyncpg.Pool) -> Note:
    return Note.parse(
        await pool.fetchval("select note from log.signed_checkpoint order by size desc limit 1")
    )


def test_a_witness_follows_a_log_that_grows() -> None:
    assert followed(None, note_of(checkpoint(7)), KEYS, []) == checkpoint(7)
    for first, second in ((7, 7), (7, 8), (8, 13), (256, 999)):
        shown = note_of(checkpoint(second))
        assert followed(checkpoint(first), shown, KEYS, path(first, second)) == checkpoint(second)


def test_a_witness_does_not_follow_another_history_nor_back() -> None:
    forked = [*LEAVES[:5], SHA256.leaf(b"x"), *LEAVES[6:]]
    for size in (7, 13):
        with pytest.raises(SplitView, match="do not follow"):
            followed(checkpoint(7), note_of(checkpoint(size, forked)), KEYS, path(7, size))
    with pytest.raises(OlderThanSeen):
        followed(checkpoint(7), note_of(checkpoint(6)), KEYS, [])
    with pytest.raises(NoteRefused):
        followed(None, str(checkpoint(7).signed(WITNESS)), KEYS, [])


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 300, 513, 1_000])
def test_every_subtree_comes_from_tiles(size: int) -> None:
    tree = FetchedTree(size, tile_in, SHA256)
    for first in {1, 2, 3, size // 3, size // 2, size - 1, size} - {0}:
        if first <= size:
            assert tree.consistency(first, size) == path(first, size)
    assert tree.root((0, size)) == root_of(LEAVES[:size])


def test_a_tile_that_is_cut_short_is_noticed() -> None:
    tree = FetchedTree(300, lambda tile: tile_in(tile)[:-1], SHA256)
    with pytest.raises(TileMissing):
        tree.root((0, 300))


async def test_what_a_witness_signs_is_kept_and_served(
    log: EventLog, notary: Notary, pool: asyncpg.Pool
) -> None:
    await write_signed(log, notary, [5, 9])
    note = await newest(pool)
    cosigned = note.signed_by(WITNESS.cosign(note.text, NOW), OTHER.cosign(note.text, NOW))
    async with served(pool, KEY, [WITNESS.cosigner]) as client:
        address = f"/log/{D}/checkpoint/witnessed"
        assert (await client.get(address)).status_code == 404
        for _ in range(2):
            answer = await client.post(f"/log/{D}/witness", content=str(cosigned))
            assert (answer.status_code, answer.text) == (200, f"{WITNESS.name}\n")
        text = (await client.get(address)).text
        assert text == (await client.get(f"/log/{D}/checkpoint")).text
    assert opened(text, KEYS).size == 9
    assert Note.parse(text).verified([WITNESS.cosigner]) == (WITNESS.cosigner,)
    with pytest.raises(NoteRefused):
        Note.parse(text).verified([OTHER.cosigner])


async def test_only_known_witnesses_of_what_was_issued_are_kept(
    log: EventLog, notary: Notary, pool: asyncpg.Pool
) -> None:
    await write_signed(log, notary, [5])
    note = await newest(pool)
    false = Note(note.text, (WITNESS.cosign(note.text + "x", NOW),))
    for refused in (note, note.signed_by(OTHER.cosign(note.text, NOW)), false):
        with pytest.raises(NoteRefused):
            await keep_cosignatures(pool, PLACE, str(refused), [WITNESS.cosigner], KEY)
    for shown, is_ours in ((checkpoint(5).signed(LOG), True), (checkpoint(5).signed(OTHER), False)):
        elsewhere = shown.signed_by(WITNESS.cosign(shown.text, NOW))
        with pytest.raises(NotOurCheckpoint) as caught:
            await keep_cosignatures(pool, PLACE, str(elsewhere), [WITNESS.cosigner], KEY)
        assert caught.value.is_signed_by_us is is_ours
    endless = Checkpoint(LOG.name, 10**19 - 1, bytes(32)).signed(OTHER)
    with pytest.raises(NotOurCheckpoint):
        await keep_cosignatures(pool, PLACE, str(endless), [WITNESS.cosigner], KEY)
    assert await with_cosignatures(pool, PLACE, 5, "") == ""
    async with served(pool, KEY, [WITNESS.cosigner]) as client:
        shown = checkpoint(5).signed(LOG)
        for text, title in (
            (str(shown), "TwoHistories"),
            (str(note), "NotWitnessed"),
            ("", "NotWitnessed"),
        ):
            answer = await client.post(f"/log/{D}/witness", content=text)
            assert (answer.status_code, answer.json()["title"]) == (409, title)


async def test_an_audit_asks_for_the_witnesses_that_it_trusts(
    log: EventLog, notary: Notary, pool: asyncpg.Pool, connection: asyncpg.Connection
) -> None:
    await write_signed(log, notary, [5, 9])
    note = await newest(pool)
    cosigned = note.signed_by(WITNESS.cosign(note.text, NOW))
    await keep_cosignatures(pool, PLACE, str(cosigned), [WITNESS.cosigner], KEY)
    audit = await audited(connection, witnesses=(WITNESS.cosigner,))
    assert audit.findings == ()
    assert audit.witnessed == {WITNESS.name: (9, NOW)}
    audit = await audited(connection, witnesses=(WITNESS.cosigner, OTHER.cosigner))
    assert [finding.english for finding in audit.findings] == [
        f"no checkpoint was witnessed by {OTHER.name}"
    ]


def test_a_false_cosignature_is_a_finding() -> None:
    findings = Findings()
    witnessed = Witnessed([WITNESS.cosigner], findings)
    note = checkpoint(7).signed(LOG)
    false = note.signed_by(WITNESS.cosign(note.text + "x", NOW))
    witnessed.look_at(StoredCheckpoint(7, None, [], str(false)))
    assert "is false" in findings.in_order()[0].english


async def test_a_cosignature_is_append_only(pool: asyncpg.Pool) -> None:
    for statement in ("delete from log.cosignature", "truncate log.cosignature"):
        with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
            await pool.execute(statement)
