"""C2SP tiles: the tree in files of 256 hashes, so that anyone can fetch any proof from static files."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from eventlog.proving.hashing import HASH_LENGTH

BITS = 8
WIDTH = 1 << BITS
LEVELS = 64
ENTRY_LENGTH_BYTES = 2
LONGEST_ENTRY = 0xFFFF
ADDRESS = re.compile(
    r"(?P<level>entries|0|[1-9][0-9]?)/(?P<high>(?:x[0-9]{3}/)*)(?P<low>[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


class EntryTooLong(Exception):
    """An entry bundle has two bytes for the length of an entry; this one is longer."""


@dataclass(frozen=True)
class Tile:
    """Where a tile is: its level (None for the entries themselves), its place there, its width."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        digits = f"{self.index:03}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        place = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"{'entries' if self.level is None else self.level}/{place}{partial}"

    @classmethod
    def parse(cls, path: str) -> "Tile":
        """Read what stands behind `tile/`. Raises ValueError for anything but the one right spelling."""
        match = ADDRESS.fullmatch(path)
        if match is None:
            raise ValueError(f"not the path of a tile: {path!r}")
        level = None if match["level"] == "entries" else int(match["level"])
        index = int(match["high"].replace("x", "").replace("/", "") + match["low"])
        tile = cls(level, index, int(match["width"] or WIDTH))
        if tile.path != path or (level or 0) >= LEVELS or tile.width > WIDTH:
            raise ValueError(f"not the path of a tile: {path!r}")
        return tile

    @property
    def leaves_below_a_hash(self) -> int:
        return 1 << BITS * (self.level or 0)

    def ranges(self) -> list[tuple[int, int]]:
        """For each hash of the tile, the leaves that it stands for, counted from 0."""
        each = self.leaves_below_a_hash
        first = self.index * WIDTH
        return [((first + at) * each, (first + at + 1) * each) for at in range(self.width)]

    def is_in(self, size: int) -> bool:
        """Whether a tree of this size has all that the tile holds."""
        return self.ranges()[-1][1] <= size


def tiles_of(size: int) -> Iterator[Tile]:
    """The tiles of a tree: the full ones of each level, and the partial one at its right edge."""
    for level in count():
        full, width = divmod(size >> BITS * level, WIDTH)
        if not full and not width:
            return
        yield from (Tile(level, index) for index in range(full))
        if width:
            yield Tile(level, full, width)


def tile_of(level: int, index: int, size: int) -> Tile:
    """The tile at a place of a tree, as wide as the tree is there."""
    return Tile(level, index, min(WIDTH, (size >> BITS * level) - index * WIDTH))


def hashes_in(tile: bytes) -> list[bytes]:
    return [tile[at : at + HASH_LENGTH] for at in range(0, len(tile), HASH_LENGTH)]


def entry_bundle(bodies: Sequence[bytes]) -> bytes:
    """Entries, each with its length before it. Raises EntryTooLong."""
    if any(len(body) > LONGEST_ENTRY for body in bodies):
        raise EntryTooLong
    return b"".join(len(body).to_bytes(ENTRY_LENGTH_BYTES, "big") + body for body in bodies)


def entries_in(bundle: bytes) -> list[bytes]:
    entries: list[bytes] = []
    at = 0
    while at < len(bundle):
        start = at + ENTRY_LENGTH_BYTES
        at = start + int.from_bytes(bundle[at:start], "big")
        entries.append(bundle[start:at])
    return entries
