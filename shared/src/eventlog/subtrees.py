"""Subtrees of a log's tree, computed from the leaf hashes in the database."""

import asyncio
from collections import OrderedDict

import asyncpg

from eventlog.log import STATEMENTS, Connection
from eventlog.proving.evidence import Evidence
from eventlog.proving.hashing import SHA256, TreeHash
from eventlog.proving.paths import Range, inclusion_ranges, split
from eventlog.proving.tiles import Tile, hashes_in
from eventlog.proving.tree import root_of

LEAVES_AT_ONCE = 65_536
ROOTS_REMEMBERED = 10_000


class Subtrees:
    """Roots of ranges of leaves, positions counted from 0 and the end left out, as in the RFC.

    The root of a large complete subtree never changes: it is computed once and remembered.
    """

    def __init__(self, database: "asyncpg.Pool | Connection", hashing: TreeHash = SHA256) -> None:
        self.database = database
        self.hashing = hashing
        self._remembered: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()

    async def root(self, district: str, leaves: Range) -> bytes:
        start, end = leaves
        size = end - start
        if (known := self._remembered.get((district, start, end))) is not None:
            return known
        if size <= LEAVES_AT_ONCE:
            hashes = await self._leaves(district, leaves)
            root = await asyncio.to_thread(root_of, hashes, self.hashing)
        else:
            middle = start + split(size)
            # One after the other, so that a request holds one batch of leaves at a time.
            left = await self.root(district, (start, middle))
            root = root_of([left, await self.root(district, (middle, end))], self.hashing)
        if size >= LEAVES_AT_ONCE and size & (size - 1) == 0:
            self._remembered[district, start, end] = root
            if len(self._remembered) > ROOTS_REMEMBERED:
                self._remembered.popitem(last=False)
        return root

    async def tile(self, district: str, tile: Tile) -> bytes:
        """The hashes of a tile, that the tree must have."""
        ranges = tile.ranges()
        if tile.leaves_below_a_hash == 1:
            return b"".join(await self._leaves(district, (ranges[0][0], ranges[-1][1])))
        return b"".join([await self.root(district, each) for each in ranges])

    async def evidence(self, district: str, position: int) -> Evidence | None:
        """The proof of an event under the newest checkpoint; None if that does not reach it yet."""
        row = await self.database.fetchrow(
            STATEMENTS["last_signed_checkpoint"], district, self.hashing.name
        )
        if row is None or row["size"] < position:
            return None
        (event,) = await self.database.fetch(STATEMENTS["bodies"], district, position, position)
        ranges = inclusion_ranges(position - 1, row["size"])
        path = [await self.root(district, each) for each in ranges]
        return Evidence(event["body"], position - 1, tuple(path), row["note"])

    async def _leaves(self, district: str, leaves: Range) -> list[bytes]:
        if self.hashing is not SHA256:
            return await kept_leaves(self.database, district, self.hashing, leaves)
        start, end = leaves
        rows = await self.database.fetch(STATEMENTS["leaves"], district, start + 1, end)
        return [row["leaf_hash"] for row in rows]


async def kept_leaves(
    database: "asyncpg.Pool | Connection", district: str, hashing: TreeHash, leaves: Range
) -> list[bytes]:
    """The leaf hashes of a range as they were kept with the checkpoints of a tree."""
    start, end = leaves
    rows = await database.fetch(STATEMENTS["kept_leaves"], district, hashing.name, start, end)
    if not rows:
        return []
    first = rows[0]["follows"]
    kept = hashes_in(b"".join(row["leaves"] for row in rows))
    return kept[start - first : end - first]
