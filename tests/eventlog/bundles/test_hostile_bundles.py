"""A bundle from a stranger may hold anything: it is refused or found wrong, and never a crash."""

import random
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from eventlog.bundles.reading import BundleRefused
from tests.eventlog.bundles.editing import FIRST
from tests.eventlog.bundles.packing import Files, audited_bundle, changed, files_in, packed

DAMAGES = 300


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
