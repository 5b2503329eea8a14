"""Ids of commands and events: unique, repeatable, and near each other when they are of one time.

An index over random ids is written in another page for each event, and PostgreSQL logs each page
as a whole when it is first written after a checkpoint. Ids that begin with a time, and those that
follow from them, share pages; so an append costs the same however long the log is.
"""

from datetime import datetime
from hashlib import sha256
from secrets import token_bytes
from uuid import UUID

PREFIX_BYTES = 6
VARIANT = 0b10 << 62


def id_at(moment: datetime) -> UUID:
    """A new id that begins with the milliseconds of a moment (UUID version 7, RFC 9562 5.7)."""
    milliseconds = int(moment.timestamp() * 1000)
    return _marked(milliseconds.to_bytes(PREFIX_BYTES, "big") + token_bytes(10), version=7)


def id_within(parent: UUID, name: str) -> UUID:
    """The id that follows from another and a name, always the same (UUID version 8, RFC 9562 5.8).

    It begins with the same 48 bits as its parent; the rest is of a SHA-256 over both.
    """
    digest = sha256(parent.bytes + name.encode()).digest()
    return _marked(parent.bytes[:PREFIX_BYTES] + digest[:10], version=8)


def _marked(sixteen: bytes, *, version: int) -> UUID:
    number = int.from_bytes(sixteen, "big")
    number &= ~(0xF << 76 | 0b11 << 62)
    return UUID(int=number | version << 76 | VARIANT)
