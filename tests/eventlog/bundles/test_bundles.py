"""A bundle proves what the database proves, and every change to it is found or refused."""

import random
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

from eventlog import EventLog
from eventlog.bundles.exporting import NothingSigned
from eventlog.bundles.layout import NotOnOneLine, events_content, rulebook_file
from eventlog.bundles.writing import Tiling
from eventlog.notary import Notary
from eventlog.proving.checkpoints import opened
from eventlog.proving.hashing import SHA256
from eventlog.proving.tiles import Tile, tiles_of
from tests.eventlog.bundles.editing import (
    add_an_event,
    break_the_file_of_events,
    cut_off_the_end,
    edit_a_note,
    edit_an_event,
    edit_an_event_and_its_leaf,
    leave_out_an_event,
    remove_the_events,
    remove_the_newest_checkpoint,
    swap_two_events,
)
from tests.eventlog.bundles.packing import (
    SIZES,
    Files,
    audited_bundle,
    changed,
    digest,
    exported,
    files_in,
    names_in,
    packed,
)
from tests.eventlog.proving import tampering
from tests.eventlog.proving.drill import as_superuser
from tests.eventlog.proving.writing import KEY, KEYS, audited, write_events, write_signed


async def test_it_is_in_order_without_a_database_and_says_what_the_database_says(
    bundle: Path, connection: asyncpg.Connection
) -> None:
    found, here = audited_bundle(bundle), await audited(connection)
    assert found.is_in_order
    assert (found.audit.events, here.events) == (41, 45)
    assert found.audit.checkpoints == here.checkpoints
    assert found.audit.trees == here.trees == {"sha256": 41, "sm3": 41}


async def test_the_same_log_gives_the_same_bytes(
    bundle: Path, connection: asyncpg.Connection
) -> None:
    again = await exported(connection, bundle.with_name("again.zip"))
    assert files_in(again) == files_in(bundle)
    assert digest(again) == digest(bundle)


def test_unpacked_or_packed_anew_it_is_the_same_bundle(bundle: Path) -> None:
    folder = bundle.with_name("folder")
    with zipfile.ZipFile(bundle) as opened_zip:
        opened_zip.extractall(folder)
    assert audited_bundle(folder).is_in_order
    assert audited_bundle(packed(files_in(bundle), bundle.with_name("anew.zip"))).is_in_order


async def test_without_a_signed_checkpoint_there_is_nothing_to_export(
    log: EventLog, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    await write_events(log, 0, 3)
    with pytest.raises(NothingSigned):
        await exported(connection, tmp_path / "bundle.zip")
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("name", tampering.EDITS)
async def test_a_log_that_was_edited_gives_a_bundle_that_says_so(
    log: EventLog,
    pool: asyncpg.Pool,
    connection: asyncpg.Connection,
    tmp_path: Path,
    name: str,
) -> None:
    await write_signed(log, Notary(pool, KEY), SIZES)
    async with as_superuser(connection):
        wrong = await tampering.EDITS[name](connection, random.Random(name), SIZES[-1])
    found = audited_bundle(await exported(connection, tmp_path / "bundle.zip"))
    if name in {"change_a_leaf_hash", "change_a_column"}:
        assert found.is_in_order  # these are in the database only
    else:
        assert found.audit.first_wrong_position == wrong


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (edit_an_event, 23),
        (edit_an_event_and_its_leaf, 11),
        (swap_two_events, 23),
        (leave_out_an_event, 23),
        (add_an_event, 42),
        (cut_off_the_end, 23),
        (remove_the_events, 1),
        (break_the_file_of_events, 1),
        (edit_a_note, 11),
        (remove_the_newest_checkpoint, 41),
    ],
)
def test_an_edit_is_found_where_it_is_though_the_manifest_fits(
    bundle: Path, change: Callable[[Files], None], wrong: int
) -> None:
    assert audited_bundle(changed(bundle, change)).audit.first_wrong_position == wrong


@pytest.mark.parametrize(
    ("name", "hides"),
    [("about.js", True), ("about.js", False), ("viewer.html", False), ("tile/1/000.p/1", True)],
)
async def test_a_file_beside_the_events_that_was_edited_is_named(
    log: EventLog,
    pool: asyncpg.Pool,
    connection: asyncpg.Connection,
    tmp_path: Path,
    name: str,
    *,
    hides: bool,
) -> None:
    await write_signed(log, Notary(pool, KEY), [300])

    def edit(files: Files) -> None:
        files[name] = files[name][:-1] + b"!"

    edited = changed(await exported(connection, tmp_path / "bundle.zip"), edit, hides=hides)
    assert audited_bundle(edited).wrong_files == [name]


@pytest.mark.parametrize("name", ["tile/0/000.p/41", "sm3/tile/0/000.p/41"])
def test_a_leaf_hash_that_was_edited_is_found(bundle: Path, name: str) -> None:
    def edit(files: Files) -> None:
        files[name] = files[name][:-1] + b"!"

    assert audited_bundle(changed(bundle, edit)).audit.first_wrong_position == 41


@pytest.mark.parametrize(
    ("name", "is_added"), [("rulebooks/000000000007.toml", True), ("viewer.html", False)]
)
def test_a_file_too_many_or_missing_is_named(bundle: Path, name: str, *, is_added: bool) -> None:
    files = files_in(bundle)
    if is_added:
        files[name] = b"x"
    else:
        del files[name]
    found = audited_bundle(packed(files, bundle.with_name("changed.zip")))
    assert name in found.wrong_files


def a_rulebook(position: int, body: bytes) -> tuple[str, bytes] | None:
    """Make a rulebook of events 11 and 23: what they say."""
    return (rulebook_file(position), body) if position in {11, 23} else None


@pytest.mark.parametrize(
    ("edits_event", "rulebook", "named"),
    [
        (True, None, []),
        (False, 23, [rulebook_file(23)]),
        (True, 11, [rulebook_file(11)]),
    ],
)
@pytest.mark.parametrize("hides", [True, False])
async def test_a_rulebook_is_accused_only_when_it_is_not_what_a_sound_event_says(
    log: EventLog,
    pool: asyncpg.Pool,
    connection: asyncpg.Connection,
    tmp_path: Path,
    *,
    edits_event: bool,
    rulebook: int | None,
    named: list[str],
    hides: bool,
) -> None:
    await write_signed(log, Notary(pool, KEY), SIZES)

    def edit(files: Files) -> None:
        if edits_event:
            edit_an_event(files)
        if rulebook:
            files[rulebook_file(rulebook)] += b"!"

    whole = await exported(connection, tmp_path / "bundle.zip", a_rulebook)
    assert audited_bundle(whole, derive=a_rulebook).is_in_order
    found = audited_bundle(changed(whole, edit, hides=hides), derive=a_rulebook)
    assert found.audit.first_wrong_position == (23 if edits_event else None)
    assert [name for name in found.wrong_files if name.startswith("rulebooks/")] == named


async def test_a_bundle_of_another_history_is_found_by_a_checkpoint_kept_elsewhere(
    bundle: Path, pool: asyncpg.Pool, connection: asyncpg.Connection, log: EventLog
) -> None:
    note = await connection.fetchval(
        "select note from log.signed_checkpoint where size = 40 and hashing = 'sha256'"
    )
    kept = (opened(note, KEYS),)
    assert audited_bundle(bundle, kept=kept).is_in_order
    async with as_superuser(connection):
        await connection.execute("delete from log.event where position > 24")
        await connection.execute("delete from log.signed_checkpoint where size > 24")
        await connection.execute("update log.head set position = 24")
    await write_events(log, 24, 50)
    await Notary(pool, KEY).issue_due()
    other = await exported(connection, bundle.with_name("other.zip"))
    assert audited_bundle(other).is_in_order
    findings = audited_bundle(other, kept=kept).audit.findings
    assert "two histories" in findings[0].english
    assert kept[0].root.hex() in findings[0].english


async def test_memory_does_not_grow_with_the_log(
    log: EventLog,
    pool: asyncpg.Pool,
    connection: asyncpg.Connection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("EVENTS_A_FILE", "CHECKPOINTS_A_FILE"):
        monkeypatch.setattr(f"eventlog.bundles.exporting.{name}", 50)
    peaks: list[int] = []
    for start, end in ((0, 600), (600, 3_000)):
        for size in range(start, end, 300):
            await write_events(log, size, size + 300)
            await Notary(pool, KEY).issue_due()
        file = await exported(connection, tmp_path / "bundle.zip")
        for work in ("export", "audit"):
            tracemalloc.start()
            if work == "export":
                await exported(connection, file)
            else:
                assert audited_bundle(file).is_in_order
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    small_export, small_audit, large_export, large_audit = peaks
    assert large_export < 2 * small_export
    assert large_audit < 2 * small_audit


@pytest.mark.parametrize("size", [1, 255, 256, 257, 700, 65_536, 66_000])
def test_tiles_are_those_of_the_tree(size: int) -> None:
    leaves = [number.to_bytes(32, "big") for number in range(size)]
    made: dict[Tile, bytes] = {}
    tiling = Tiling(SHA256, made.__setitem__)
    for start in range(0, size, 999):
        tiling.add(leaves[start : start + 999])
    tiling.finish()
    assert set(made) == set(tiles_of(size))


def test_an_event_that_breaks_its_line_is_not_exported() -> None:
    with pytest.raises(NotOnOneLine):
        events_content(1, [b"{}", b"{\n}"])
