"""The second tree of a log, under SM3, for places whose law wants it."""

import asyncpg

from eventlog.continuing import SIGNED, Contradiction, signed_before
from eventlog.log import STATEMENTS
from eventlog.proving.checkpoints import Checkpoint
from eventlog.proving.hashing import SHA256, SM3
from eventlog.proving.keys import LogKey
from eventlog.proving.tree import Frontier
from eventlog.subtrees import kept_leaves

EVENTS_AT_ONCE = 2_000
LEAVES_AT_ONCE = 65_536


class Sm3Tree:
    """The tree of a log under SM3, signed behind that of SHA-256 and never beyond it.

    Its leaves are kept with its checkpoints only. They are computed from bytes that have just been
    compared with the leaves already signed, so it cannot be led to another history.
    """

    def __init__(self, pool: asyncpg.Pool, key: LogKey) -> None:
        self._pool = pool
        self._key = key
        self._trees: dict[str, Frontier] = {}

    async def issue_all(self, district: str) -> list[Checkpoint]:
        """Sign up to where the first tree is signed. Raises Contradiction."""
        row = await self._pool.fetchrow(STATEMENTS["last_signed_checkpoint"], district, SHA256.name)
        issued: list[Checkpoint] = []
        while row is not None:
            tree = self._trees.get(district) or await self._tree_again(district)
            end = min(row["size"], tree.size + EVENTS_AT_ONCE)
            checkpoint = await self._issue(district, tree, end) if tree.size < end else None
            if checkpoint is None:
                break
            issued.append(checkpoint)
        return issued

    async def _issue(self, district: str, tree: Frontier, end: int) -> Checkpoint | None:
        leaves = await self._new_leaves(district, tree.size + 1, end)
        grown = tree.copy()
        grown.extend(leaves)
        signer = self._key.signer(district, SM3)
        checkpoint = Checkpoint(signer.name, grown.size, grown.root())
        recorded = await self._pool.fetchval(
            STATEMENTS["record_signed_checkpoint"],
            *(district, SM3.name, tree.size, grown.size, checkpoint.root, b"".join(leaves)),
            str(checkpoint.signed(signer)),
        )
        if recorded is None:
            self._trees.pop(district, None)
            return None
        self._trees[district] = grown
        SIGNED.inc()
        return checkpoint

    async def _new_leaves(self, district: str, start: int, end: int) -> list[bytes]:
        rows = await self._pool.fetch(STATEMENTS["bodies_and_leaves"], district, start, end)
        bodies = [row["body"] for row in rows]
        signed = SHA256.leaves(bodies)
        for position in range(start, end + 1):
            at = position - start
            if at >= len(rows) or rows[at]["position"] != position:
                raise Contradiction(f"event {position} is missing")
            if rows[at]["leaf_hash"] != signed[at]:
                raise Contradiction(f"the bytes of event {position} do not give its leaf hash")
        return SM3.leaves(bodies)

    async def _tree_again(self, district: str) -> Frontier:
        """The tree of the newest checkpoint, from the leaves that its root vouches for."""
        row = await self._pool.fetchrow(STATEMENTS["last_signed_checkpoint"], district, SM3.name)
        tree = Frontier(SM3)
        if row is None:
            return tree
        signed = signed_before(self._key.signer(district, SM3), row["note"])
        while tree.size < signed.size:
            leaves = await kept_leaves(
                self._pool, district, SM3, (tree.size, min(signed.size, tree.size + LEAVES_AT_ONCE))
            )
            if not leaves:
                break
            tree.extend(leaves)
        if (tree.size, tree.root()) != (signed.size, signed.root):
            raise Contradiction(f"the leaves kept with {signed.size} events give another root")
        return tree
