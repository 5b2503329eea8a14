"""What witnesses sign is kept beside the checkpoint, and a checkpoint that we never issued is noticed."""

import logging
from collections.abc import Sequence

import asyncpg
from prometheus_client import Counter

from eventlog.log import STATEMENTS, Connection
from eventlog.proving.checkpoints import Checkpoint
from eventlog.proving.hashing import TreeHash
from eventlog.proving.keys import LogKey
from eventlog.proving.notes import COSIGNATURE, Note, NoteRefused, VerifierKey

BIGGEST = 2**63 - 1
SPLIT_VIEWS = Counter(
    "tian_split_views_total", "Checkpoints under our signature that this log never issued"
)

logger = logging.getLogger(__name__)


class NotOurCheckpoint(Exception):
    """A cosigned checkpoint is not one that this log issued; `is_signed_by_us` is the grave case."""

    def __init__(self, *, is_signed_by_us: bool) -> None:
        super().__init__("this log never issued that checkpoint")
        self.is_signed_by_us = is_signed_by_us


async def keep_cosignatures(
    database: "asyncpg.Pool | Connection",
    place: tuple[str, TreeHash],
    document: str,
    witnesses: Sequence[VerifierKey],
    key: LogKey | None,
) -> list[str]:
    """Keep what known witnesses signed below a checkpoint of a district's tree; returns their names.

    Raises NoteRefused where no known witness signed, or wrongly; NotOurCheckpoint.
    """
    district, hashing = place
    note = Note.parse(document)
    checkpoint = Checkpoint.parse(note.text)
    # No log is longer than the database can count.
    of = district, hashing.name, min(checkpoint.size, BIGGEST)
    stored = await database.fetchval(STATEMENTS["checkpoint_of_size"], *of)
    if stored is None or Note.parse(stored).text != note.text:
        raise NotOurCheckpoint(is_signed_by_us=_is_signed_by(key, place, note))
    signers = note.verified([each for each in witnesses if each.kind == COSIGNATURE])
    for signer in signers:
        (line, *_) = (line for line in note.signatures if line.is_by(signer))
        await database.execute(STATEMENTS["record_cosignature"], *of, signer.name, str(line))
    return [signer.name for signer in signers]


async def with_cosignatures(
    database: "asyncpg.Pool | Connection", place: tuple[str, TreeHash], size: int, note: str
) -> str:
    """A checkpoint with what witnesses have signed below it."""
    district, hashing = place
    rows = await database.fetch(STATEMENTS["cosignatures"], district, hashing.name, size)
    return note + "".join(row["line"] + "\n" for row in rows)


def _is_signed_by(key: LogKey | None, place: tuple[str, TreeHash], note: Note) -> bool:
    if key is None:
        return False
    try:
        note.verified([key.signer(*place).verifier])
    except NoteRefused:
        return False
    SPLIT_VIEWS.inc()
    logger.critical("%s: a witness has a checkpoint under our key that is not ours", place[0])
    return True
