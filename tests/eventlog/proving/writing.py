"""A log with real events and signed checkpoints, and somebody to audit it."""

from collections.abc import Sequence
from uuid import uuid4

import asyncpg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from eventlog import EventLog, NewEvent, Provenance, Write
from eventlog.auditing import Audit, Auditor, Trust
from eventlog.notary import Notary
from eventlog.proving.checkpoints import Checkpoint
from eventlog.proving.keys import LogKey
from eventlog.proving.notes import VerifierKey
from eventlog.recorded import Circumstances, CommandNote, new_event
from tests.eventlog.making import CLERK, NOON, Raised

D = "longgang"
KEY = LogKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))), "tian.example/log")
KEYS = KEY.verifiers([D, "yantian"])


def raised(counter: str, to: int, *, district: str = D) -> NewEvent:
    """The event that a counter was raised, in the bytes that the log would keep."""
    circumstances = Circumstances(
        service="test",
        district=district,
        happened_at=NOON,
        recorded_at=NOON,
        provenance=Provenance(actor=CLERK, correlation_id=uuid4()),
        command=CommandNote(uuid4(), 1),
    )
    event = Raised(counter=counter, to=to)
    return new_event(event, event_id=uuid4(), version=to, circumstances=circumstances)


async def write_events(log: EventLog, start: int, end: int, *, district: str = D) -> None:
    """Append events from a number up to another, over seven streams."""
    events = [raised(f"c{n % 7}", n // 7 + 1, district=district) for n in range(start, end)]
    for outcome in await log.append(district, [Write(events)] if events else []):
        assert outcome.result == "appended"


async def write_signed(log: EventLog, notary: Notary, sizes: list[int]) -> None:
    """Grow a log to each of the sizes in turn, with a signed checkpoint at each."""
    written = 0
    for size in sizes:
        await write_events(log, written, size)
        await notary.issue_due()
        written = size


async def audited(
    connection: asyncpg.Connection,
    *,
    kept: tuple[Checkpoint, ...] = (),
    is_stored_held_against: bool = True,
    district: str = D,
    witnesses: Sequence[VerifierKey] = (),
) -> Audit:
    trust = Trust(KEYS, kept, is_stored_held_against, witnesses)
    return await Auditor(connection, district, trust, lambda _done, _of: None).audit()
