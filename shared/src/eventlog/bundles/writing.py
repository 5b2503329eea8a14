"""Writing a bundle: the same log gives the same bytes, and nothing is kept in memory for long."""

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from eventlog.bundles.layout import FORMAT, MANIFEST, canonical
from eventlog.proving.hashing import TreeHash
from eventlog.proving.tiles import WIDTH, Tile
from eventlog.proving.tree import root_of

BEGINNING_OF_ZIP = (1980, 1, 1, 0, 0, 0)
UNIX = 3
READABLE_FILE = 0o100644 << 16


class BundleWriter:
    """A ZIP file with a manifest of what it holds. It gets its name only when it is whole."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._draft = file.with_name(file.name + ".part")
        self._zip = zipfile.ZipFile(self._draft, "w")
        self.files: dict[str, dict[str, object]] = {}

    def add(self, name: str, content: bytes) -> None:
        self.files[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        self._write(name, content)

    def finish(self, manifest: dict[str, object]) -> None:
        whole = {"format": FORMAT, **manifest, "files": self.files}
        self._write(MANIFEST, canonical(whole))
        self._zip.close()
        self._draft.replace(self._file)

    def _write(self, name: str, content: bytes) -> None:
        entry = zipfile.ZipInfo(name, BEGINNING_OF_ZIP)
        entry.create_system, entry.external_attr = UNIX, READABLE_FILE
        # Hashes do not become smaller.
        is_of_hashes = "tile/" in name
        entry.compress_type = zipfile.ZIP_STORED if is_of_hashes else zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, content)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self._zip.close()
            self._draft.unlink(missing_ok=True)


class Tiling:
    """Leaves as they come, handed over as tiles as soon as these are full."""

    def __init__(self, hashing: TreeHash, hand_over: Callable[[Tile, bytes], None]) -> None:
        self._hashing = hashing
        self._hand_over = hand_over
        self._waiting: list[list[bytes]] = []
        self._count: list[int] = []

    def add(self, leaves: Sequence[bytes]) -> None:
        rising, level = list(leaves), 0
        while rising:
            if level == len(self._waiting):
                self._waiting.append([])
                self._count.append(0)
            self._waiting[level] += rising
            rising = []
            while len(self._waiting[level]) >= WIDTH:
                full = self._waiting[level][:WIDTH]
                del self._waiting[level][:WIDTH]
                self._hand_over(Tile(level, self._count[level]), b"".join(full))
                self._count[level] += 1
                rising.append(root_of(full, self._hashing))
            level += 1

    def finish(self) -> None:
        """There are no more leaves: what is left makes the partial tiles."""
        for level, hashes in enumerate(self._waiting):
            if hashes:
                tile = Tile(level, self._count[level], len(hashes))
                self._hand_over(tile, b"".join(hashes))
