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
from eventlog.bundles.layout import NotOnOneLine, events_content, events_file, events_in
from eventlog.bundles.reading import BundleRefused
from eventlog.bundles.writing import Tiling
from eventlog.notary import Notary
from eventlog.proving.checkpoints import opened
from eventlog.proving.hashing import SHA256
from eventlog.proving.tiles import Tile, tiles_of
from tests.eventlog.bundles.packing import (
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
from tests.eventlog.proving.writing import KEY, KEYS, audited, raised, write_events, write_signed

SIZES = [1, 2, 9, 10, 24, 40, 41]
FIRST = events_file(1)
DAMAGES = 300


@pytest.fixture
async def bundle(
    log: EventLog, pool: asyncpg.Pool, connection: asyncpg.Connection, tmp_path: Path
) -> Path:
    await write_signed(log, Notary(pool, KEY, signs_sm3=True), SIZES)
    await write_events(log, SIZES[-1], SIZES[-1] + 4)
    return await exported(connection, tmp_path / "bundle.zip")


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


def edit_an_event(files: Files) -> None:
    bodies = events_in(1, files[FIRST])
    bodies[22] = bodies[22].replace(b'"to":', b'"to":9', 1)
    files[FIRST] = events_content(1, bodies)


def edit_an_event_and_its_leaf(files: Files) -> None:
    edit_an_event(files)
    leaves = SHA256.leaves(events_in(1, files[FIRST]))
    files["tile/0/000.p/41"] = b"".join(leaves)


def swap_two_events(files: Files) -> None:
    bodies = events_in(1, files[FIRST])
    bodies[22], bodies[30] = bodies[30], bodies[22]
    files[FIRST] = events_content(1, bodies)


def leave_out_an_event(files: Files) -> None:
    bodies = events_in(1, files[FIRST])
    del bodies[22]
    files[FIRST] = events_content(1, bodies)


def add_an_event(files: Files) -> None:
    bodies = events_in(1, files[FIRST])
    files[FIRST] = events_content(1, [*bodies, raised("forged", 1).body])


def cut_off_the_end(files: Files) -> None:
    files[FIRST] = events_content(1, events_in(1, files[FIRST])[:22])


def remove_the_events(files: Files) -> None:
    del files[FIRST]


def break_the_file_of_events(files: Files) -> None:
    files[FIRST] = files[FIRST][:-5]


def edit_a_note(files: Files) -> None:
    name = "checkpoints/000000000001.jsonl"
    files[name] = files[name].replace(b"\\n24\\n", b"\\n25\\n")


def remove_the_newest_checkpoint(files: Files) -> None:
    name = "checkpoints/000000000001.jsonl"
    files[name] = b"".join(files[name].splitlines(keepends=True)[:-1])


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


@pytest.mark.parametrize("hides", [True, False])
@pytest.mark.parametrize("name", ["about.js", "tile/0/000.p/41", "sm3/tile/0/000.p/41"])
def test_a_file_beside_the_events_that_was_edited_is_named(
    bundle: Path, name: str, *, hides: bool
) -> None:
    def edit(files: Files) -> None:
        files[name] = files[name][:-1] + b"!"

    found = audited_bundle(changed(bundle, edit, hides=hides))
    assert name in found.wrong_files or found.audit.findings
    assert not found.is_in_order


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


def test_a_bundle_damaged_anywhere_is_refused_or_found_and_never_a_crash(bundle: Path) -> None:
    whole, choice, damaged = bundle.read_bytes(), random.Random(3), bundle.with_name("d.zip")
    contents = files_in(bundle)
    for _ in range(DAMAGES):
        content = bytearray(whole)
        if choice.random() < 0.3:
            del content[choice.randrange(len(content)) :]
        else:
            for _ in range(choice.randint(1, 3)):
                content[choice.randrange(len(content))] ^= 1 << choice.randrange(8)
        damaged.write_bytes(content)
        try:
            is_in_order = audited_bundle(damaged).is_in_order
        except BundleRefused:
            continue
        assert not is_in_order or files_in(damaged) == contents


def test_content_of_any_kind_is_a_finding_and_never_a_crash(bundle: Path) -> None:
    choice = random.Random(4)
    strange = [b"", b"\xff", b"{}", b"[]\n", b"null", b'{"size":1e999,"note":1}\n', b"[" * 9999]
    strange += [b'{"size":%d,"note":"\\ud800"}\n' % size for size in (-1, 0, 10**18, 10**30)]
    for name in files_in(bundle):

        def put(files: Files, name: str = name) -> None:
            files[name] = choice.choice(strange)

        try:
            assert (
                not audited_bundle(changed(bundle, put, hides=name != "manifest.json")).is_in_order
                or name == "viewer.html"
            )
        except BundleRefused:
            assert name == "manifest.json"


@pytest.mark.parametrize(
    "name",
    ["../out.js", "/etc/passwd", "events/../../x.js", "events\\x.js", "more.html", "events/"],
)
def test_a_name_that_leads_out_or_is_unknown_is_refused(bundle: Path, name: str) -> None:
    files = files_in(bundle)
    files[name] = b"x"
    with pytest.raises(BundleRefused, match="no file of a bundle"):
        audited_bundle(packed(files, bundle.with_name("changed.zip")))


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as opened_zip:
        opened_zip.writestr("manifest.json", b" " * 40_000_000)
    tracemalloc.start()
    with pytest.raises(BundleRefused, match="beyond all reason"):
        audited_bundle(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


def test_two_files_of_one_name_are_refused(bundle: Path) -> None:
    twice = bundle.with_name("twice.zip")
    twice.write_bytes(bundle.read_bytes())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(twice, "a") as opened_zip:
        opened_zip.writestr(FIRST, b"x")
    with pytest.raises(BundleRefused, match="same name"):
        audited_bundle(twice)


def test_a_link_in_an_unpacked_bundle_is_refused(bundle: Path) -> None:
    folder = bundle.with_name("folder")
    with zipfile.ZipFile(bundle) as opened_zip:
        opened_zip.extractall(folder)
    (folder / "README.txt").symlink_to(bundle)
    with pytest.raises(BundleRefused, match="links"):
        audited_bundle(folder)


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
