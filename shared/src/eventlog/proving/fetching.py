"""Any subtree, and so any proof, from the tiles of a log that somebody else serves."""

from collections.abc import Callable

from eventlog.proving.hashing import HASH_LENGTH, TreeHash
from eventlog.proving.paths import Range, consistency_ranges, split
from eventlog.proving.tiles import BITS, WIDTH, Tile, hashes_in, tile_of
from eventlog.proving.tree import root_of

Fetch = Callable[[Tile], bytes]


class TileMissing(Exception):
    """A log did not serve a tile that it must have."""


class FetchedTree:
    """A tree of a size of which only tiles can be had; each is fetched once."""

    def __init__(self, size: int, fetch: Fetch, hashing: TreeHash) -> None:
        self._size = size
        self._fetch = fetch
        self._hashing = hashing
        self._fetched: dict[Tile, list[bytes]] = {}

    def consistency(self, first: int, second: int) -> list[bytes]:
        """The path from a tree to a later one, both within this. Raises TileMissing or ValueError."""
        return [self.root(each) for each in consistency_ranges(first, second)]

    def root(self, leaves: Range) -> bytes:
        start, end = leaves
        count = end - start
        if count & (count - 1) or start % count:
            middle = start + split(count)
            both = [self.root((start, middle)), self.root((middle, end))]
            return root_of(both, self._hashing)
        level = (count.bit_length() - 1) // BITS
        first, last = start >> BITS * level, end >> BITS * level
        index, skipped = divmod(first, WIDTH)
        hashes = self._hashes(tile_of(level, index, self._size))
        return root_of(hashes[skipped : skipped + last - first], self._hashing)

    def _hashes(self, tile: Tile) -> list[bytes]:
        if tile not in self._fetched:
            content = self._fetch(tile)
            if len(content) != HASH_LENGTH * tile.width:
                raise TileMissing(tile.path)
            self._fetched[tile] = hashes_in(content)
        return self._fetched[tile]
