"""Events as an audit reads them: some at once, column by column."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from eventlog.envelopes import Identities, Identity
from eventlog.proving.hashing import HASH_LENGTH
from eventlog.proving.history import StoredCheckpoint


class Batch(NamedTuple):
    """Some events of a log, column by column: where all is in order, no row is looked at alone.

    The ids, of 16 bytes each, and the leaf hashes come as one string of bytes.
    """

    positions: Sequence[int]
    event_ids: bytes
    versions: Sequence[int]
    streams: Sequence[str]
    types: Sequence[str]
    bodies: Sequence[bytes]
    leaf_hashes: bytes

    def is_in_order(
        self, expected: int, leaves: Sequence[bytes], identities: Identities, district: str
    ) -> bool:
        if self.leaf_hashes != b"".join(leaves) or None in identities:
            return False
        event_ids, districts, versions, streams, types = zip(*identities, strict=True)
        try:
            are_numbers_right = self.event_ids == bytes.fromhex(
                "".join(event_ids).replace("-", "")
            ) and self.versions == list(map(int, versions))
        except ValueError:
            return False
        return (
            are_numbers_right
            and self.positions == list(range(expected, expected + len(leaves)))
            and districts.count(district) == len(leaves)
            and self.streams == list(streams)
            and self.types == list(types)
        )

    def columns(self, at: int, district: str) -> tuple[Identity, bytes]:
        """What the columns say of one event, and its leaf hash."""
        event_id = UUID(bytes=self.event_ids[16 * at : 16 * at + 16])
        identity = (
            *(str(event_id), district, str(self.versions[at])),
            *(self.streams[at], self.types[at]),
        )
        return identity, self.leaf_hashes[HASH_LENGTH * at : HASH_LENGTH * (at + 1)]


@dataclass(frozen=True)
class Reading:
    """What one visit to the database brought: events, and the checkpoints that end among them."""

    batch: Batch
    checkpoints: dict[str, list[StoredCheckpoint]]
