"""Opening a bundle that a stranger handed over: nothing is unpacked, and nothing may grow out of hand."""

import hashlib
import json
import zipfile
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from eventlog.bundles.layout import DIGITS, FORMAT, MANIFEST, NAME, Place
from eventlog.proving.hashing import HASH_LENGTH, HASHINGS
from eventlog.proving.tiles import WIDTH, Tile, hashes_in

LONGEST_FILE_BYTES = 64_000_000
MOST_FILES = 2_000_000
# Deflate can grow a thousandfold. Events of a year shrink to a tenth at the best.
GROWS_AT_MOST = 200
NEGLIGIBLE_BYTES = 1_000_000
TILES_REMEMBERED = 512


class BundleRefused(Exception):
    """A file is not a bundle, or is one that cannot be read; says why in two languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(english)
        self.chinese = chinese
        self.english = english


class Bundle:
    """The files of a bundle, each compared with the manifest when it is read.

    `altered` are the names of those that are not what the manifest says. Raises BundleRefused.
    """

    def __init__(self, file: Path) -> None:
        self._files: ZipFiles | Folder = Folder(file) if file.is_dir() else ZipFiles(file)
        self.altered: set[str] = set()
        self.manifest = self._manifest()
        self._said: dict[str, Any] = self.manifest["files"]
        self._tiles: OrderedDict[str, bytes] = OrderedDict()
        self._lowest = dict(self._lowest_tiles())

    @property
    def district(self) -> str:
        return str(self.manifest["district"])

    @property
    def origin(self) -> str:
        return str(self.manifest["origin"])

    @property
    def events(self) -> int:
        return int(self.manifest["events"])

    @property
    def names(self) -> list[str]:
        return sorted(name for name in self._files.sizes if name != MANIFEST)

    def holds(self, name: str) -> bool:
        return name in self._files.sizes

    def missing(self) -> list[str]:
        return sorted(self._said.keys() - self._files.sizes.keys())

    def unlisted(self) -> list[str]:
        return [name for name in self.names if name not in self._said]

    def numbered(self, prefix: str) -> Iterator[tuple[int, str]]:
        """The files below a folder that are named by a number, in its order."""
        for name in self.names:
            if name.startswith(prefix):
                stem = name[len(prefix) :].partition(".")[0]
                yield int(stem[:DIGITS]), name

    def read(self, name: str) -> bytes:
        """The content of a file; empty where there is none. Raises BundleRefused."""
        if name not in self._files.sizes:
            self.altered.add(name)
            return b""
        content = self._files.read(name)
        said = self._said.get(name)
        found = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        if said != found:
            self.altered.add(name)
        return content

    def tile(self, place: Place, tile: Tile) -> bytes:
        name = place.tile(tile.path)
        if name in self._tiles:
            self._tiles.move_to_end(name)
            return self._tiles[name]
        content = self._tiles[name] = self.read(name)
        if len(self._tiles) > TILES_REMEMBERED:
            self._tiles.popitem(last=False)
        return content

    def leaves(self, place: Place, start: int, end: int) -> list[bytes]:
        """The leaf hashes of a range, counted from 0; fewer if some are missing."""
        leaves: list[bytes] = []
        while start < end:
            index, skipped = divmod(start, WIDTH)
            tile = self._lowest.get((place, index))
            content = self.tile(place, tile) if tile else b""
            found = hashes_in(content)[skipped : skipped + end - start]
            if not found or len(found[-1]) != HASH_LENGTH:
                break
            leaves += found
            start += len(found)
        return leaves

    def _lowest_tiles(self) -> Iterator[tuple[tuple[Place, int], Tile]]:
        """The tiles of leaf hashes that are there, by tree and place."""
        for place in map(Place, HASHINGS.values()):
            prefix = place.tile("")
            for name in self.names:
                if name.startswith(f"{prefix}0/"):
                    with suppress(ValueError):
                        tile = Tile.parse(name.removeprefix(prefix))
                        yield (place, tile.index), tile

    def _manifest(self) -> dict[str, Any]:
        wrong = BundleRefused("清单 manifest.json 缺失或有误", "its manifest is missing or wrong")
        if MANIFEST not in self._files.sizes:
            raise wrong
        try:
            manifest = json.loads(self._files.read(MANIFEST))
            is_right = (
                manifest["format"] == FORMAT
                and isinstance(manifest["files"], dict)
                and isinstance(manifest["events"], int)
                and isinstance(manifest["district"], str)
                and isinstance(manifest["origin"], str)
            )
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise wrong from error
        if not is_right:
            raise wrong
        return dict(manifest)


class ZipFiles:
    """The files in a ZIP. Raises BundleRefused for what is none, is cut off, or would grow too large."""

    def __init__(self, file: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise BundleRefused(
                "文件不完整，不是能打开的 ZIP", "the file is not whole, or no ZIP file"
            ) from error
        entries = self._zip.infolist()
        self.sizes = {entry.filename: entry.file_size for entry in entries}
        _check_names(list(self.sizes))
        if len(self.sizes) < len(entries):
            raise BundleRefused("有两个同名的文件", "two of its files have the same name")
        allowed = GROWS_AT_MOST * file.stat().st_size + NEGLIGIBLE_BYTES
        if sum(self.sizes.values()) > allowed or max(self.sizes.values()) > LONGEST_FILE_BYTES:
            raise BundleRefused("展开后大得不合常理，拒绝读取", "it would grow beyond all reason")

    def read(self, name: str) -> bytes:
        try:
            return self._zip.read(name)
        except (
            *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError),
            *(RuntimeError, NotImplementedError, KeyError),
        ) as error:
            raise BundleRefused(f"文件 {name} 已损坏", f"its file {name} is damaged") from error


class Folder:
    """The files of a bundle that somebody has unpacked. Links are not followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.sizes: dict[str, int] = {}
        for path in folder.rglob("*"):
            if path.is_symlink():
                raise BundleRefused("其中有链接", "it has links in it")
            if path.is_file():
                self.sizes[path.relative_to(folder).as_posix()] = path.stat().st_size
        _check_names(list(self.sizes))
        if max(self.sizes.values()) > LONGEST_FILE_BYTES:
            raise BundleRefused("有文件大得不合常理，拒绝读取", "a file of it is beyond all reason")

    def read(self, name: str) -> bytes:
        try:
            return self._folder.joinpath(name).read_bytes()
        except OSError as error:
            raise BundleRefused(f"文件 {name} 读不出来", f"{name} cannot be read") from error


def _check_names(names: list[str]) -> None:
    if not names:
        raise BundleRefused("其中没有文件", "it is empty")
    if len(names) > MOST_FILES:
        raise BundleRefused("文件太多，拒绝读取", "it has too many files")
    for name in names:
        if not NAME.fullmatch(name):
            raise BundleRefused(
                f"其中有不属于证据包的文件 {name!a:.80}", f"{name!a:.80} is no file of a bundle"
            )
