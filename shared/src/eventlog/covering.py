"""Which signed checkpoint covers a log of some size, and the proof that its tree grew from that log's."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventlog.log import STATEMENTS
from eventlog.proving.checkpoints import Checkpoint, opened
from eventlog.proving.notes import NoteRefused, VerifierKey, decoded, encoded
from eventlog.proving.paths import consistency_ranges, is_consistent
from eventlog.subtrees import Subtrees

BIGGEST = 2**63 - 1


@dataclass(frozen=True)
class Cover:
    """A signed checkpoint, and the hashes (base64) that lead to it from a smaller tree."""

    note: str
    consistency: tuple[str, ...]

    def verified(self, size: int, root: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
        """The checkpoint, if a key signed it and it covers this tree. Raises NoteRefused."""
        checkpoint = opened(self.note, keys)
        try:
            path = [decoded(each) for each in self.consistency]
        except ValueError as error:
            raise NoteRefused(
                "所附的哈希不是 base64", "a hash of the proof is not base64"
            ) from error
        if not is_consistent(size, checkpoint.size, root, checkpoint.root, path):
            raise NoteRefused(
                f"其中 {checkpoint.size} 条的检查点不是这份日志的",
                f"its checkpoint of {checkpoint.size} events is not of this log",
            )
        return checkpoint


async def cover_of(subtrees: Subtrees, district: str, size: int) -> Cover | None:
    """The oldest checkpoint over a log of this size, which stays the same for ever; None if unsigned."""
    hashing = subtrees.hashing.name
    rows = await subtrees.database.fetch(
        STATEMENTS["checkpoints_between"], district, hashing, size - 1, BIGGEST, 1
    )
    if not rows:
        return None
    ranges = consistency_ranges(size, rows[0]["size"])
    path = [await subtrees.root(district, each) for each in ranges]
    return Cover(rows[0]["note"], tuple(encoded(each) for each in path))
