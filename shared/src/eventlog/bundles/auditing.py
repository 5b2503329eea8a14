"""Auditing a bundle as the log itself is audited, without database and without network."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from eventlog.auditing import Audit, Trust, result_of
from eventlog.bundles.event_ids import EventIds
from eventlog.bundles.layout import ABOUT, KEYS, Place, about_content, events_in
from eventlog.bundles.reading import Bundle
from eventlog.bundles.writing import Tiling
from eventlog.envelopes import Identity, identities_in
from eventlog.proving.hashing import HASHINGS, SHA256
from eventlog.proving.history import Findings, StoredCheckpoint
from eventlog.proving.tiles import Tile
from eventlog.proving.timelines import Timeline
from eventlog.wholeness import doubled

LIKE_A_VERSION = re.compile(r"[1-9][0-9]{0,17}")

Report = Callable[[int, int], None]
Derive = Callable[[int, bytes], tuple[str, bytes] | None]


@dataclass(frozen=True)
class BundleAudit:
    """What the audit of a bundle came to, and the files in it that are not as they should be."""

    audit: Audit
    wrong_files: Sequence[str]

    @property
    def is_in_order(self) -> bool:
        return not self.audit.findings and not self.wrong_files


class BundleAuditor:
    """Reads a bundle once. Of each stream it remembers the version; ids of events wait on disk.

    `derive` makes of an event the file that must be in the bundle beside it. Raises BundleRefused.
    """

    def __init__(self, bundle: Bundle, trust: Trust, derive: Derive, report: Report) -> None:
        self._bundle = bundle
        self._trust = trust
        self._derive = derive
        self._report = report
        self._findings = Findings()
        self._ids = EventIds()
        self._versions: dict[str, int] = {}
        self._derived: dict[str, int] = {}
        self._unlike: set[str] = set()
        self._looked_at: set[str] = set()
        self._size = 0

    def audit(self) -> BundleAudit:
        with self._ids:
            return self._audit()

    def _audit(self) -> BundleAudit:
        trees = [_Tree(self._bundle, name, self._trust, self._findings) for name in HASHINGS]
        trees = [tree for tree in trees if tree.size or tree.place.hashing is SHA256]
        for bodies in self._events():
            leaves = SHA256.leaves(bodies)
            self._look_at(bodies)
            for tree in trees:
                tree.take(
                    leaves if tree is trees[0] else tree.place.hashing.leaves(bodies), self._size
                )
            self._size += len(bodies)
            self._report(len(bodies), self._bundle.events)
        for tree in trees:
            tree.end()
        self._check_ends(trees)
        timelines = {tree.place.hashing.name: tree.timeline for tree in trees}
        audit = result_of(self._bundle.district, timelines, self._findings)
        return BundleAudit(audit, self._wrong_files(trees))

    def _events(self) -> Iterator[list[bytes]]:
        for first, name in self._bundle.numbered("events/"):
            self._looked_at.add(name)
            if first != self._size + 1:
                self._findings.add(
                    self._size + 1,
                    f"其后的事件文件从第 {first} 条开始",
                    f"the next file of events begins with {first}",
                )
            try:
                yield events_in(first, self._bundle.read(name))
            except ValueError:
                self._findings.add(
                    self._size + 1, f"{name} 不是事件文件", f"{name} is not a file of events"
                )

    def _look_at(self, bodies: Sequence[bytes]) -> None:
        first = self._size + 1
        identities = identities_in(bodies)
        self._ids.add([identity[0] if identity else "" for identity in identities])
        for position, identity in enumerate(identities, first):
            self._check_identity(position, identity)
        for position, body in enumerate(bodies, first):
            if (derived := self._derive(position, body)) is not None:
                name, content = derived
                self._derived[name] = position
                if not self._bundle.holds(name) or self._bundle.read(name) != content:
                    self._unlike.add(name)

    def _check_identity(self, position: int, identity: Identity | None) -> None:
        if identity is None or identity[1] != self._bundle.district:
            self._findings.add(position, "不是本区的事件", "it is not an event of this district")
            return
        _, _, version, stream, _ = identity
        expected = self._versions.get(stream, 0) + 1
        self._versions[stream] = expected
        if version != str(expected):
            if LIKE_A_VERSION.fullmatch(version):
                self._versions[stream] = int(version)
            self._findings.add(
                position,
                f"不是 {stream} 的下一个版本（{version}）",
                f"version {version} does not come next in {stream}",
            )

    def _check_ends(self, trees: "Sequence[_Tree]") -> None:
        if again := self._ids.first_doubled():
            position, first_position = again
            self._findings.add(position, *doubled(first_position))
        signed = trees[0].timeline.history.signed_up_to
        if self._size != self._bundle.events or signed < self._size:
            self._findings.add(
                min(self._size, self._bundle.events, signed) + 1,
                f"清单写有 {self._bundle.events} 条，包里有 {self._size} 条，签到第 {signed} 条",
                f"the manifest says {self._bundle.events} events, there are {self._size}, "
                f"signed up to {signed}",
            )

    def _wrong_files(self, trees: "Sequence[_Tree]") -> list[str]:
        bundle = self._bundle
        for name in bundle.names:
            if name.startswith(("schemas/", "rulebooks/")) or "/" not in name:
                bundle.read(name)
        keys = bundle.read(KEYS).decode(errors="replace")
        about = about_content(bundle.manifest, bundle.names, trees[0].newest, keys)
        wrong = {*bundle.altered, *bundle.missing(), *bundle.unlisted()}
        wrong |= self._unlike_their_events()
        if bundle.read(ABOUT) != about:
            wrong.add(ABOUT)
        if not self._findings.count:
            for tree in trees:
                wrong |= tree.wrong_tiles
        return sorted(wrong)

    def _unlike_their_events(self) -> set[str]:
        """Files that are not what their events say, as far as the events are those that were signed.

        Behind the first wrong event nothing can be held against a file but the manifest.
        """
        findings = self._findings.in_order()
        sound = findings[0].position - 1 if findings else self._size
        unlike = {name for name in self._unlike if self._derived[name] <= sound}
        for position, name in self._bundle.numbered("rulebooks/"):
            if name not in self._derived and position <= sound:
                unlike.add(name)
        return unlike


class _Tree:
    """One tree of a bundle: its checkpoints and tiles, held against the leaves as they come."""

    def __init__(self, bundle: Bundle, name: str, trust: Trust, findings: Findings) -> None:
        self._bundle = bundle
        self._findings = findings
        self.place = Place(HASHINGS[name])
        self.newest = ""
        self.size = self._last_size()
        self.timeline: Timeline = trust.timeline(name, self.size, findings)
        self.wrong_tiles: set[str] = set()
        self._tiles: set[str] = set()
        self._tiling = Tiling(self.place.hashing, self._compare)
        self._checkpoints = self._read_checkpoints()
        self._due = next(self._checkpoints, None)

    def take(self, leaves: Sequence[bytes], before: int) -> None:
        self._tiling.add(leaves[: max(self.size - before, 0)])
        self.timeline.take(leaves, list(self._due_up_to(before + len(leaves))))

    def end(self) -> None:
        while self._due is not None:
            self.timeline.take([], [self._due])
            self._due = next(self._checkpoints, None)
        self.timeline.end()
        self._tiling.finish()
        for name in self._bundle.names:
            if name.startswith(self.place.tile("")) and name not in self._tiles:
                self.wrong_tiles.add(name)

    def _due_up_to(self, size: int) -> Iterator[StoredCheckpoint]:
        while self._due is not None and self._due.size <= size:
            yield self._due
            self._due = next(self._checkpoints, None)

    def _compare(self, tile: Tile, content: bytes) -> None:
        name = self.place.tile(tile.path)
        self._tiles.add(name)
        if self._bundle.tile(self.place, tile) != content:
            self.wrong_tiles.add(name)

    def _last_size(self) -> int:
        last = 0
        for _, name in self._bundle.numbered(self.place.all_checkpoints):
            *_, (last, self.newest) = (0, ""), *self._lines(name)
        return last

    def _read_checkpoints(self) -> Iterator[StoredCheckpoint]:
        before = 0
        for _, name in self._bundle.numbered(self.place.all_checkpoints):
            for size, note in self._lines(name):
                leaves = self._bundle.leaves(self.place, before, size)
                yield StoredCheckpoint(size, None, leaves, note)
                before = size

    def _lines(self, name: str) -> Iterator[tuple[int, str]]:
        for line in self._bundle.read(name).splitlines():
            try:
                said = json.loads(line)
                yield int(said["size"]), str(said["note"])
            except (ValueError, KeyError, TypeError, RecursionError):
                self._bundle.altered.add(name)
