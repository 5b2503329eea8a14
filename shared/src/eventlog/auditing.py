"""Auditing a log: every event hashed again, every checkpoint ever signed held against it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

import asyncpg
from asyncpg.cursor import Cursor

from eventlog.envelopes import Identity, identity_in
from eventlog.log import STATEMENTS
from eventlog.proving.checkpoints import Checkpoint
from eventlog.proving.hashing import SHA256
from eventlog.proving.history import Finding, Findings, History, StoredCheckpoint
from eventlog.proving.notes import VerifierKey
from eventlog.proving.tiles import hashes_in

EVENTS_AT_ONCE = 2_000
CHECKPOINTS_AT_ONCE = 20

Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Trust:
    """Whose signatures count, and the checkpoints that the auditor kept elsewhere.

    `is_stored_held_against` off leaves the checkpoints in the database aside.
    """

    keys: Sequence[VerifierKey]
    kept: Sequence[Checkpoint] = ()
    is_stored_held_against: bool = True


@dataclass(frozen=True)
class Audit:
    """What an audit of one district came to; `findings` are those at the lowest positions."""

    district: str
    events: int
    root: bytes
    checkpoints: int
    signed_up_to: int
    count_of_findings: int
    findings: tuple[Finding, ...]

    @property
    def first_wrong_position(self) -> int | None:
        return self.findings[0].position if self.findings else None


class Batch(NamedTuple):
    """Some events of a log, column by column: where all is in order, no row is looked at alone."""

    position: tuple[int, ...]
    event_id: tuple[str, ...]
    version: tuple[str, ...]
    stream: tuple[str, ...]
    type: tuple[str, ...]
    body: tuple[bytes, ...]
    leaf_hash: tuple[bytes, ...]

    def is_in_order(
        self,
        expected: int,
        leaves: Sequence[bytes],
        identities: Sequence[Identity | None],
        district: str,
    ) -> bool:
        columns = zip(
            self.event_id, repeat(district), self.version, self.stream, self.type, strict=False
        )
        return (
            self.position == tuple(range(expected, expected + len(self.position)))
            and list(self.leaf_hash) == leaves
            and identities == list(columns)
        )


class Auditor:
    """Reads the log of one district once, in one snapshot, with memory that does not grow with it."""

    def __init__(
        self, connection: asyncpg.Connection, district: str, trust: Trust, report: Report
    ) -> None:
        self._connection = connection
        self._district = district
        self._trust = trust
        self._report = report
        self._findings = Findings()
        self._history = History(trust.keys, self._findings)
        self._one_at_a_time = asyncio.Lock()
        self._kept = sorted(trust.kept, key=lambda checkpoint: checkpoint.size)

    async def audit(self) -> Audit:
        async with self._connection.transaction(isolation="repeatable_read", readonly=True):
            head = await self._connection.fetchval(STATEMENTS["head"], self._district) or 0
            checkpoints = self._stored_checkpoints()
            due = await anext(checkpoints, None)
            async for leaves in self._leaves(head):
                rest: Sequence[bytes] = leaves
                while due is not None and self._history.tree.size + len(rest) >= due.size:
                    rest = self._grow_to(due.size, rest, is_followed_by_checkpoint=True)
                    self._history.hold_against(due)
                    due = await anext(checkpoints, None)
                size = self._history.tree.size + len(rest)
                self._grow_to(size, rest, is_followed_by_checkpoint=due is not None)
            while due is not None:
                self._history.hold_against(due)
                due = await anext(checkpoints, None)
            for checkpoint in self._kept:
                self._history.hold_against_kept(checkpoint)
            await self._check_ends(head)
        return self._result()

    def _result(self) -> Audit:
        history = self._history
        return Audit(
            district=self._district,
            events=history.tree.size,
            root=history.tree.root(),
            checkpoints=history.checkpoints,
            signed_up_to=history.signed_up_to,
            count_of_findings=self._findings.count,
            findings=self._findings.in_order(),
        )

    def _grow_to(
        self, size: int, leaves: Sequence[bytes], *, is_followed_by_checkpoint: bool
    ) -> Sequence[bytes]:
        """Take leaves up to a size, stopping where a kept checkpoint ends; returns what is left."""
        taken, start = 0, self._history.tree.size
        while taken < size - start:
            end = size - start
            if self._kept and self._kept[0].size <= size:
                end = self._kept[0].size - start
            self._history.grow(
                leaves[taken:end], is_followed_by_checkpoint=is_followed_by_checkpoint
            )
            taken = end
            while self._kept and self._kept[0].size == start + taken:
                self._history.hold_against_kept(self._kept.pop(0))
        return leaves[taken:]

    async def _leaves(self, head: int) -> AsyncIterator[list[bytes]]:
        """The leaf hashes computed from the bytes, batch by batch, each event looked at on the way."""
        cursor = await self._connection.cursor(STATEMENTS["whole_log"], self._district)
        expected = 1
        rows = await self._read(cursor, EVENTS_AT_ONCE)
        while rows:
            coming = asyncio.create_task(self._read(cursor, EVENTS_AT_ONCE))
            # Let the request go out: the server reads on while this batch is hashed.
            await asyncio.sleep(0)
            batch = Batch(*zip(*rows, strict=True))
            leaves = SHA256.leaves(batch.body)
            identities = [identity_in(body) for body in batch.body]
            if not batch.is_in_order(expected, leaves, identities, self._district):
                for row, leaf, identity in zip(rows, leaves, identities, strict=True):
                    self._look_at(row, leaf, identity, expected)
                    expected = row["position"] + 1
            expected = batch.position[-1] + 1
            self._report(len(rows), head)
            try:
                yield leaves
            finally:
                rows = await coming

    def _look_at(
        self, row: asyncpg.Record, leaf: bytes, identity: Identity | None, expected: int
    ) -> None:
        position = row["position"]
        if position != expected:
            self._findings.add(
                expected,
                f"第 {expected} 条不在，其后是第 {position} 条",
                f"it is missing, {position} comes next",
            )
        if row["leaf_hash"] != leaf:
            self._findings.add(position, "内容与叶哈希不符", "its bytes do not give its leaf hash")
        columns = row["event_id"], self._district, row["version"], row["stream"], row["type"]
        if identity != columns:
            self._findings.add(
                position,
                "登记的编号、流、类型或版本与内容里写的不符",
                "its columns say another id, stream, type or version than its bytes",
            )

    async def _read(self, cursor: "Cursor[asyncpg.Record]", count: int) -> list[asyncpg.Record]:
        """The next rows of one of the two cursors, of which a connection serves one at a time."""
        async with self._one_at_a_time:
            return await cursor.fetch(count)

    async def _stored_checkpoints(self) -> AsyncIterator[StoredCheckpoint]:
        if not self._trust.is_stored_held_against:
            return
        cursor = await self._connection.cursor(STATEMENTS["signed_checkpoints"], self._district)
        while rows := await self._read(cursor, CHECKPOINTS_AT_ONCE):
            for row in rows:
                yield StoredCheckpoint(
                    row["size"], row["root"], hashes_in(row["leaves"]), row["note"]
                )

    async def _check_ends(self, head: int) -> None:
        size = self._history.tree.size
        if head != size:
            self._findings.add(
                min(head, size) + 1,
                f"计数器是 {head}，日志有 {size} 条",
                f"the counter stands at {head}, the log holds {size} events",
            )
        # The columns have just been compared with the hashed bytes, in this same snapshot.
        row = await self._connection.fetchrow(STATEMENTS["first_miscounted"], self._district)
        if row is not None:
            self._findings.add(
                row["position"],
                f"不是 {row['stream']} 的下一个版本（{row['version']}）",
                f"version {row['version']} does not come next in {row['stream']}",
            )
