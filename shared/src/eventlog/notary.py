"""The notary: signs what the log has become, and never two histories."""

import asyncio
import logging
from dataclasses import dataclass, field

import asyncpg
from prometheus_client import Gauge

from eventlog.continuing import SIGNED, Contradiction, signed_before
from eventlog.log import STATEMENTS, Connection
from eventlog.proving.checkpoints import Checkpoint
from eventlog.proving.hashing import SHA256, SM3
from eventlog.proving.keys import LogKey
from eventlog.proving.tree import Frontier
from eventlog.second_tree import Sm3Tree
from eventlog.sessions import undone_afterwards
from eventlog.side_by_side import side_by_side

PERIOD_SECONDS = 1.0
RETRY_SECONDS = 0.5
BE_HEARD_SECONDS = 1.0
LEAD_WHILE_HEARD_SECONDS = 15
LEAVES_AT_ONCE = 8_192
LEAVES_PER_CHECKPOINT = 65_536
LOCK_SPACE = 741_125
ONLY_GROUP = 0

HALTED = Gauge("tian_logs_halted", "Logs that contradict a checkpoint they signed before")

logger = logging.getLogger(__name__)


@dataclass
class Tree:
    """The tree of a district up to its newest checkpoint, and its last leaf."""

    frontier: Frontier = field(default_factory=Frontier)
    last_leaf: bytes = b""

    @property
    def size(self) -> int:
        return self.frontier.size

    def grown(self, leaves: list[bytes]) -> "Tree":
        frontier = self.frontier.copy()
        frontier.extend(leaves)
        return Tree(frontier, leaves[-1])


class Notary:
    """Issues signed checkpoints for every district, while it holds the advisory lock.

    It keeps the frontier of each tree. The first time it meets a district it computes the tree
    from the log again, and signs on only if that gives the root of the newest checkpoint.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        key: LogKey,
        *,
        signs_sm3: bool = False,
        heard_seconds: int = LEAD_WHILE_HEARD_SECONDS,
    ) -> None:
        self._heard_seconds = heard_seconds
        self._pool = pool
        self._key = key
        self._trees: dict[str, Tree] = {}
        self._sm3 = Sm3Tree(pool, key) if signs_sm3 else None
        self.halted: dict[str, str] = {}

    async def run(self) -> None:
        """Lead when nobody else does, for ever. Cancel to stop."""
        while True:
            try:
                async with undone_afterwards(self._pool) as connection:
                    await self._lead(connection)
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001  the notary outlives the database
                logger.warning("notary interrupted, will try again: %r", error)
            await asyncio.sleep(RETRY_SECONDS)

    async def _lead(self, connection: Connection) -> None:
        if not await connection.fetchval(STATEMENTS["try_lead"], LOCK_SPACE, ONLY_GROUP):
            return
        await connection.fetchval(STATEMENTS["lead_while_heard"], f"{self._heard_seconds}s")
        self._trees.clear()
        await side_by_side(_be_heard(connection), self._issue_again_and_again())

    async def _issue_again_and_again(self) -> None:
        while True:
            await self.issue_due()
            await asyncio.sleep(PERIOD_SECONDS)

    async def issue_due(self) -> list[Checkpoint]:
        """Sign what is new, one checkpoint for each district that has something new."""
        issued: list[Checkpoint] = []
        for row in await self._pool.fetch(STATEMENTS["unsigned"]):
            district = row["district"]
            if district in self.halted:
                continue
            try:
                checkpoint = await self.issue(district)
            except Contradiction as error:
                self._halt(district, error)
                continue
            if checkpoint is not None:
                issued.append(checkpoint)
        if self._sm3 is not None:
            issued += await self._issue_sm3(self._sm3)
        return issued

    async def _issue_sm3(self, tree: Sm3Tree) -> list[Checkpoint]:
        issued: list[Checkpoint] = []
        for row in await self._pool.fetch(STATEMENTS["behind_in_tree"], SM3.name):
            district = row["district"]
            if district in self.halted:
                continue
            try:
                issued += await tree.issue_all(district)
            except Contradiction as error:
                self._halt(district, error)
        return issued

    async def issue(self, district: str) -> Checkpoint | None:
        """Sign the next checkpoint of a district; None if another notary was faster.

        Raises Contradiction when the log is not what was signed before.
        """
        tree = self._trees.get(district) or await self._tree_again(district)
        leaves = await self._leaves_after(district, tree)
        if not leaves:
            return None
        grown = tree.grown(leaves)
        signer = self._key.signer(district)
        checkpoint = Checkpoint(signer.name, grown.size, grown.frontier.root())
        recorded = await self._pool.fetchval(
            STATEMENTS["record_signed_checkpoint"],
            district,
            SHA256.name,
            tree.size,
            grown.size,
            checkpoint.root,
            b"".join(leaves),
            str(checkpoint.signed(signer)),
        )
        if recorded is None:
            self._trees.pop(district, None)
            return None
        self._trees[district] = grown
        SIGNED.inc()
        return checkpoint

    async def _leaves_after(self, district: str, tree: Tree) -> list[bytes]:
        """The leaves to be signed next, behind a last leaf that is still what it was."""
        start = max(tree.size, 1)
        leaves = await self._leaves(district, start, tree.size + LEAVES_PER_CHECKPOINT)
        if tree.size:
            if leaves[:1] != [tree.last_leaf]:
                raise Contradiction(f"event {tree.size} is not the one that was signed")
            del leaves[0]
        return leaves

    async def _leaves(self, district: str, start: int, end: int) -> list[bytes]:
        rows = await self._pool.fetch(STATEMENTS["leaves"], district, start, end)
        for position, row in enumerate(rows, start):
            if row["position"] != position:
                raise Contradiction(f"event {position} is missing")
        return [row["leaf_hash"] for row in rows]

    async def _tree_again(self, district: str) -> Tree:
        """The tree of the newest checkpoint, computed from the log."""
        row = await self._pool.fetchrow(STATEMENTS["last_signed_checkpoint"], district, SHA256.name)
        if row is None:
            return Tree()
        signed = signed_before(self._key.signer(district), row["note"])
        tree = Tree()
        while tree.size < signed.size:
            end = min(tree.size + LEAVES_AT_ONCE, signed.size)
            leaves = await self._leaves(district, tree.size + 1, end)
            if len(leaves) < end - tree.size:
                raise Contradiction(f"event {tree.size + len(leaves) + 1} is missing")
            tree = tree.grown(leaves)
        if tree.frontier.root() != signed.root:
            raise Contradiction(f"the first {signed.size} events give another root")
        return tree

    def _halt(self, district: str, error: Contradiction) -> None:
        self.halted[district] = str(error)
        HALTED.set(len(self.halted))
        logger.critical("%s: %s; %s", district, error, Contradiction.__doc__)


async def _be_heard(connection: Connection) -> None:
    """Keep the session that holds the lock from being ended; a first tree takes longer than that."""
    while True:
        await connection.fetchval(STATEMENTS["be_heard"])
        await asyncio.sleep(BE_HEARD_SECONDS)
