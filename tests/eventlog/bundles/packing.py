"""Exports a log, opens the file, and changes it the way somebody would who wants to deceive."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import asyncpg

from eventlog.auditing import Trust
from eventlog.bundles.auditing import BundleAudit, BundleAuditor, Derive
from eventlog.bundles.exporting import Enclosed, Exporter
from eventlog.bundles.layout import MANIFEST, canonical
from eventlog.bundles.reading import Bundle
from eventlog.bundles.writing import BundleWriter
from eventlog.proving.checkpoints import Checkpoint
from eventlog.proving.hashing import SHA256, SM3
from eventlog.proving.notes import VerifierKey
from tests.eventlog.proving.writing import KEY, KEYS, D

SIZES = [1, 2, 9, 10, 24, 40, 41]
ENCLOSED_KEYS = KEY.verifiers([D], (SHA256, SM3))
Files = dict[str, bytes]


def nothing(position: int, body: bytes) -> None:
    """Make no file of an event."""


async def exported(connection: asyncpg.Connection, file: Path, derive: Derive = nothing) -> Path:
    """The bundle of the log, as a file."""
    enclosed = Enclosed([("viewer.html", b"<p>")], ENCLOSED_KEYS, derive)
    with BundleWriter(file) as writer:
        await Exporter(connection, D, writer, lambda _by, _of: None).export(enclosed)
    return file


def audited_bundle(
    file: Path,
    *,
    kept: Sequence[Checkpoint] = (),
    witnesses: Sequence[VerifierKey] = (),
    derive: Derive = nothing,
) -> BundleAudit:
    trust = Trust(KEYS, kept, witnesses=witnesses)
    return BundleAuditor(Bundle(file), trust, derive, lambda _by, _of: None).audit()


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def files_in(file: Path) -> Files:
    with zipfile.ZipFile(file) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(files: Files, file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return file


def with_manifest_made_right(files: Files) -> Files:
    manifest = json.loads(files[MANIFEST])
    manifest["files"] = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
        if name != MANIFEST
    }
    return {**files, MANIFEST: canonical(manifest)}


def changed(file: Path, change: Callable[[Files], None], *, hides: bool = True) -> Path:
    """A bundle with other content; whoever `hides` makes the manifest fit."""
    files = files_in(file)
    change(files)
    files = with_manifest_made_right(files) if hides else files
    return packed(files, file.with_name("changed.zip"))
