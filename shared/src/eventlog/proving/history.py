"""A log's leaves held against every checkpoint it signed: where it first differs from them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from eventlog.proving.checkpoints import Checkpoint, opened
from eventlog.proving.hashing import SHA256, TreeHash
from eventlog.proving.notes import NoteRefused, VerifierKey
from eventlog.proving.tree import Frontier

FINDINGS_KEPT = 20


@dataclass(frozen=True, order=True)
class Finding:
    """Something that is wrong, and the first position at which it is."""

    position: int
    chinese: str
    english: str


@dataclass
class Findings:
    """What was found, of which those at the lowest positions are kept."""

    count: int = 0
    _kept: list[Finding] = field(default_factory=list)

    def add(self, position: int, chinese: str, english: str) -> None:
        self.count += 1
        self._kept.append(Finding(position, chinese, english))
        if len(self._kept) > 2 * FINDINGS_KEPT:
            self._kept = list(self.in_order())

    def in_order(self) -> tuple[Finding, ...]:
        return tuple(sorted(self._kept)[:FINDINGS_KEPT])


@dataclass(frozen=True)
class StoredCheckpoint:
    """A checkpoint as the database keeps it, with the leaves since the one before."""

    size: int
    root: bytes | None
    leaves: Sequence[bytes]
    note: str


class History:
    """The tree of a log as it is read again, beside the tree that was signed.

    The two are one as long as each root is the signed one. From there on the signed tree grows from
    the leaves that were kept with the checkpoints, as long as these give the signed roots.
    """

    def __init__(
        self, keys: Sequence[VerifierKey], findings: Findings, hashing: TreeHash = SHA256
    ) -> None:
        self.tree = Frontier(hashing)
        self.checkpoints = 0
        self.signed_up_to = 0
        self._keys = keys
        self._findings = findings
        self._signed: Frontier | None = Frontier(hashing)
        self._since_checkpoint: list[bytes] = []
        self._agreed_with_kept = 0

    def grow(self, leaves: Sequence[bytes], *, is_followed_by_checkpoint: bool) -> None:
        self.tree.extend(leaves)
        if is_followed_by_checkpoint:
            self._since_checkpoint += leaves

    def hold_against(self, stored: StoredCheckpoint) -> None:
        """Hold the tree, grown up to a checkpoint or to its own end, against what was signed."""
        before, self.signed_up_to = self.signed_up_to, stored.size
        here, self._since_checkpoint = self._since_checkpoint, []
        self.checkpoints += 1
        try:
            signed = opened(stored.note, self._keys)
        except NoteRefused as error:
            self._signed = None
            self._add(
                before + 1,
                f"{stored.size} 条的检查点没有有效签名（{error.chinese}）",
                f"the checkpoint of {stored.size} events has no valid signature ({error.english})",
            )
            return
        if (signed.size, signed.root) != (stored.size, stored.root or signed.root):
            self._add(
                before + 1,
                f"{stored.size} 条的检查点登记有误",
                f"the checkpoint of {stored.size} events is not registered as it was signed",
            )
        if (self.tree.size, self.tree.root()) == (signed.size, signed.root):
            self._signed = self.tree.copy()
            self._check_is_next(stored, here)
        else:
            self._signed = self._signed_tree(stored, signed)
            self._find_first_difference(stored, here, before)

    def hold_against_kept(self, checkpoint: Checkpoint) -> None:
        """Hold the tree against a checkpoint that somebody kept outside the database."""
        self.checkpoints += 1
        size, tree = checkpoint.size, self.tree
        if tree.size < size:
            self._add(
                tree.size + 1,
                f"日志到此为止，留存的检查点有 {size} 条",
                f"the log ends before it, a checkpoint kept elsewhere has {size} events",
            )
        elif tree.root() != checkpoint.root:
            first = self._agreed_with_kept + 1
            self._add(
                first,
                f"同一日志出示过两种历史：第 {first} 至 {size} 条之间与留存的检查点不符"
                f"（{size} 条时，此处的根是 {tree.root().hex()}，留存的是 {checkpoint.root.hex()}）",
                f"the log shows two histories: between {first} and {size} it is not that of a "
                f"checkpoint kept elsewhere (at {size} events the root here is "
                f"{tree.root().hex()}, there {checkpoint.root.hex()})",
            )
        else:
            self._agreed_with_kept = size

    def _add(self, position: int, chinese: str, english: str) -> None:
        name = "" if self.tree.hashing is SHA256 else f"{self.tree.hashing.name.upper()}: "
        self._findings.add(position, name + chinese, name + english)

    def _check_is_next(self, stored: StoredCheckpoint, here: Sequence[bytes]) -> None:
        if list(stored.leaves) != list(here):
            before = max(stored.size - len(here), 0)
            self._add(
                before + 1,
                f"{stored.size} 条的检查点与前一个不相接：有检查点被删或被改",
                f"the checkpoint of {stored.size} events does not follow the one before: "
                "one was removed or altered",
            )

    def _signed_tree(self, stored: StoredCheckpoint, signed: Checkpoint) -> Frontier | None:
        """The tree that was signed, if the kept leaves still give its root."""
        if self._signed is None:
            return None
        grown = self._signed.copy()
        grown.extend(stored.leaves)
        return grown if (grown.size, grown.root()) == (signed.size, signed.root) else None

    def _find_first_difference(
        self, stored: StoredCheckpoint, here: Sequence[bytes], before: int
    ) -> None:
        if self._signed is None:
            self._add(
                before + 1,
                f"第 {before + 1} 至 {stored.size} 条之间与签过的检查点不符",
                f"between {before + 1} and {stored.size} it is not what was signed",
            )
            return
        at = next(
            (at for at, leaf in enumerate(stored.leaves) if here[at : at + 1] != [leaf]), None
        )
        if at is not None:
            self._add(
                before + at + 1,
                f"不是签过的那一条（检查点有 {stored.size} 条）",
                f"it is not the one that was signed (checkpoint of {stored.size} events)",
            )
