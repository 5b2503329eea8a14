"""Whether an event id comes twice in a log that is read once: the ids wait on disk, not in memory."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID, uuid4

ID_BYTES = 16
IDS_AT_ONCE = 16_384
PARTS = 256
TEXT_LENGTH = 36
DASHES = (8, 13, 18, 23)


class EventIds(ExitStack):
    """The ids of events in the order of their positions, of which each is to come once.

    They are told apart in parts, by their last byte: of five million, some twenty thousand are in
    memory at a time. What is kept on disk, 32 bytes for each, goes when the `with` ends.
    """

    def __init__(self) -> None:
        super().__init__()
        self._in_order = self._new_file()

    def add(self, event_ids: Sequence[str]) -> None:
        """The ids of the next events; of an event that has none it is empty."""
        self._in_order.write(_bytes_of(event_ids))

    def first_doubled(self) -> tuple[int, int] | None:
        """The first position whose event has the id of an earlier one, and where that one stands."""
        again, position, earlier = self._coming_again(), 0, dict[bytes, int]()
        for some in _ids_in(self._in_order) if again else ():
            for event_id in some:
                position += 1
                if event_id in earlier:
                    return position, earlier[event_id]
                if event_id in again:
                    earlier[event_id] = position
        return None

    def _coming_again(self) -> set[bytes]:
        """Of each part the id that is the first to come a second time."""
        parts = [self._new_file() for _ in range(PARTS)]
        for some in _ids_in(self._in_order):
            sorted_out: list[list[bytes]] = [[] for _ in parts]
            for event_id in some:
                sorted_out[event_id[-1]].append(event_id)
            for part, own in zip(parts, sorted_out, strict=True):
                part.write(b"".join(own))
        found = (_first_again([each for some in _ids_in(part) for each in some]) for part in parts)
        return {event_id for event_id in found if event_id is not None}

    def _new_file(self) -> IO[bytes]:
        return self.enter_context(TemporaryFile())


def _bytes_of(event_ids: Sequence[str]) -> bytes:
    """Sixteen bytes for each id, and much faster when all are written as ids are."""
    text = "".join(event_ids)
    are_like_ids = set(map(len, event_ids)) == {TEXT_LENGTH} and all(
        text[dash::TEXT_LENGTH] == "-" * len(event_ids) for dash in DASHES
    )
    with suppress(ValueError):
        content = bytes.fromhex(text.replace("-", "")) if are_like_ids else b""
        if len(content) == ID_BYTES * len(event_ids):
            return content
    return b"".join(map(_sixteen_bytes, event_ids))


def _sixteen_bytes(event_id: str) -> bytes:
    """The bytes of an id; for one that is none, and for a missing one, bytes like no other's."""
    if not event_id:
        return uuid4().bytes
    try:
        return UUID(event_id).bytes
    except ValueError:
        return sha256(event_id.encode()).digest()[:ID_BYTES]


def _ids_in(file: IO[bytes]) -> Iterator[list[bytes]]:
    file.seek(0)
    while content := file.read(ID_BYTES * IDS_AT_ONCE):
        yield [content[at : at + ID_BYTES] for at in range(0, len(content), ID_BYTES)]


def _first_again(event_ids: Sequence[bytes]) -> bytes | None:
    if len(set(event_ids)) == len(event_ids):
        return None
    seen: set[bytes] = set()
    for event_id in event_ids:
        if event_id in seen:
            return event_id
        seen.add(event_id)
    return None
