"""Auditing a log: every event hashed again, every checkpoint ever signed held against it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

import asyncpg

from eventlog.batches import Batch, Reading
from eventlog.envelopes import identities_in
from eventlog.log import STATEMENTS
from eventlog.proving.checkpoints import Checkpoint
from eventlog.proving.hashing import HASHINGS, SHA256
from eventlog.proving.history import Finding, Findings, History, StoredCheckpoint
from eventlog.proving.keys import hashing_of, with_second_origin
from eventlog.proving.notes import VerifierKey
from eventlog.proving.tiles import hashes_in
from eventlog.proving.timelines import Timeline
from eventlog.proving.witnessing import Witnessed
from eventlog.wholeness import check_whole

# Few enough that their bytes stay in the cache of the processor from arrival to hashing.
EVENTS_AT_ONCE = 500
CHECKPOINTS_AT_ONCE = 20
BIGGEST = 2**63 - 1

Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Trust:
    """Whose signatures count, and the checkpoints that the auditor kept elsewhere.

    Each of the `witnesses` must have signed a checkpoint of every log.
    `is_stored_held_against` off leaves the checkpoints in the database aside.
    """

    keys: Sequence[VerifierKey]
    kept: Sequence[Checkpoint] = ()
    is_stored_held_against: bool = True
    witnesses: Sequence[VerifierKey] = ()

    def timeline(self, name: str, signed_up_to: int, findings: Findings) -> Timeline:
        """What one tree of a log is to be held against, as far as one knows before it is read."""
        hashing = HASHINGS[name]
        history = History(with_second_origin(self.keys), findings, hashing)
        kept = [each for each in self.kept if hashing_of(each.origin) is hashing]
        is_witnessed = bool(self.witnesses) and hashing is SHA256
        witnessed = Witnessed(self.witnesses, findings) if is_witnessed else None
        return Timeline(history, signed_up_to, kept, witnessed)


@dataclass(frozen=True)
class Audit:
    """What an audit of one district came to; `findings` are those at the lowest positions.

    `trees` says how far each tree was signed; `witnessed`, for each witness, the largest size it
    signed and when, in seconds since 1970.
    """

    district: str
    events: int
    root: bytes
    checkpoints: int
    trees: dict[str, int]
    witnessed: dict[str, tuple[int, int]]
    count_of_findings: int
    findings: tuple[Finding, ...]

    @property
    def signed_up_to(self) -> int:
        return self.trees.get(SHA256.name, 0)

    @property
    def first_wrong_position(self) -> int | None:
        return self.findings[0].position if self.findings else None


def result_of(district: str, timelines: dict[str, Timeline], findings: Findings) -> Audit:
    histories = {name: timeline.history for name, timeline in timelines.items()}
    tree = histories[SHA256.name].tree
    return Audit(
        district=district,
        events=tree.size,
        root=tree.root(),
        checkpoints=sum(history.checkpoints for history in histories.values()),
        trees={name: history.signed_up_to for name, history in histories.items()},
        witnessed=timelines[SHA256.name].witnessed,
        count_of_findings=findings.count,
        findings=findings.in_order(),
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
        self._timelines: dict[str, Timeline] = {}

    async def audit(self) -> Audit:
        async with self._connection.transaction(isolation="repeatable_read", readonly=True):
            head = await self._connection.fetchval(STATEMENTS["head"], self._district) or 0
            signed = await self._trees_signed()
            self._timelines = {
                name: self._trust.timeline(name, size, self._findings)
                for name, size in signed.items()
            }
            size = await self._read_through(head)
            for name, timeline in self._timelines.items():
                async for beyond in self._checkpoints_beyond(name, size):
                    timeline.take([], beyond)
                timeline.end()
            await check_whole(
                self._connection, self._district, self._findings, head=head, size=size
            )
        return result_of(self._district, self._timelines, self._findings)

    async def _trees_signed(self) -> dict[str, int]:
        """How far each tree was signed, that of SHA-256 in any case."""
        signed = {SHA256.name: 0}
        if self._trust.is_stored_held_against:
            rows = await self._connection.fetch(STATEMENTS["trees_signed"], self._district)
            signed |= {row["hashing"]: row["size"] for row in rows}
        return signed

    async def _read_through(self, head: int) -> int:
        """Read all events, and look at each on the way; returns how many there are."""
        expected, size = 1, 0
        coming = asyncio.create_task(self._read(0, 0))
        try:
            while reading := await coming:
                batch = reading.batch
                read = size + len(batch.positions)
                coming = asyncio.create_task(self._read(batch.positions[-1], read))
                # Let the request go out: the server reads on while this batch is hashed.
                await asyncio.sleep(0)
                leaves = SHA256.leaves(batch.bodies)
                self._look_at(batch, leaves, expected)
                for name, timeline in self._timelines.items():
                    own = leaves if name == SHA256.name else HASHINGS[name].leaves(batch.bodies)
                    timeline.take(own, reading.checkpoints[name])
                expected, size = batch.positions[-1] + 1, read
                self._report(len(batch.positions), head)
        finally:
            coming.cancel()
        return size

    async def _read(self, after: int, size: int) -> Reading | None:
        """The next events behind a position, at which the log has had a size."""
        row = await self._connection.fetchrow(
            STATEMENTS["next_of_log"], self._district, after, EVENTS_AT_ONCE
        )
        if row is None:
            return None
        batch = Batch(*row)
        end = size + len(batch.positions)
        checkpoints = {
            name: await self._checkpoints(name, size, end, EVENTS_AT_ONCE)
            for name in self._timelines
        }
        return Reading(batch, checkpoints)

    def _look_at(self, batch: Batch, leaves: Sequence[bytes], expected: int) -> None:
        identities = identities_in(batch.bodies)
        if batch.is_in_order(expected, leaves, identities, self._district):
            return
        for at, position in enumerate(batch.positions):
            if position != expected:
                self._findings.add(
                    expected,
                    f"第 {expected} 条不在，其后是第 {position} 条",
                    f"it is missing, {position} comes next",
                )
            expected = position + 1
            columns, leaf_hash = batch.columns(at, self._district)
            if leaf_hash != leaves[at]:
                self._findings.add(
                    position, "内容与叶哈希不符", "its bytes do not give its leaf hash"
                )
            if identities[at] != columns:
                self._findings.add(
                    position,
                    "登记的编号、流、类型或版本与内容里写的不符",
                    "its columns say another id, stream, type or version than its bytes",
                )

    async def _checkpoints(
        self, hashing: str, above: int, up_to: int, limit: int
    ) -> list[StoredCheckpoint]:
        if not self._trust.is_stored_held_against:
            return []
        of = self._district, hashing, above, up_to
        rows = await self._connection.fetch(STATEMENTS["checkpoints_between"], *of, limit)
        lines: dict[int, str] = {}
        if rows and self._trust.witnesses:
            for row in await self._connection.fetch(STATEMENTS["cosignatures_between"], *of):
                lines[row["size"]] = lines.get(row["size"], "") + row["line"] + "\n"
        return [
            StoredCheckpoint(
                row["size"],
                row["root"],
                hashes_in(row["leaves"]),
                row["note"] + lines.get(row["size"], ""),
            )
            for row in rows
        ]

    async def _checkpoints_beyond(
        self, hashing: str, size: int
    ) -> AsyncIterator[list[StoredCheckpoint]]:
        while found := await self._checkpoints(hashing, size, BIGGEST, CHECKPOINTS_AT_ONCE):
            yield found
            size = found[-1].size
