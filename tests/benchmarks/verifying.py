"""How many events a core verifies in a second: its own CPU time, PostgreSQL's left aside."""

import asyncio
import os
import sys
import time
from dataclasses import dataclass
from uuid import UUID

import asyncpg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts.identity import Actor
from contracts.vocabulary import ActorRole
from eventlog import EventLog, Provenance, Write
from eventlog.auditing import Auditor, Trust
from eventlog.notary import Notary
from eventlog.proving.keys import LogKey
from eventlog.recorded import Circumstances, CommandNote, NewEvent, new_event
from tests.eventlog.making import NOON, Raised

DISTRICT = "longgang"
EVENTS_AT_ONCE = 5_000
EVENTS_A_STREAM = 30
KEY = LogKey(Ed25519PrivateKey.generate(), "tian.example/log")
CLERK = Actor(subject="clerk", name="王科长", role=ActorRole.SUPERVISION, district="*")


@dataclass(frozen=True)
class Verified:
    """What one run came to."""

    events: int
    bytes_of_events: int
    cpu_seconds: float
    wall_seconds: float

    @property
    def events_a_second_of_a_core(self) -> float:
        return self.events / self.cpu_seconds

    @property
    def events_a_second_by_the_clock(self) -> float:
        return self.events / self.wall_seconds


def synthetic(number: int) -> NewEvent:
    """An event about as long as those of a real year."""
    stream, version = number // EVENTS_A_STREAM, number % EVENTS_A_STREAM + 1
    event_id = UUID(int=number)
    circumstances = Circumstances(
        service="assignment",
        district=DISTRICT,
        happened_at=NOON,
        recorded_at=NOON,
        provenance=Provenance(
            actor=CLERK,
            correlation_id=event_id,
            causation_id=event_id,
            traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ),
        command=CommandNote(event_id, 1),
    )
    event = Raised(counter=f"{stream:09}" + "加快龙岗区科技创新" * 5, to=version)
    return new_event(event, event_id=event_id, version=version, circumstances=circumstances)


async def verifying(database_url: str, events: int = 300_000, *, sm3: bool = False) -> Verified:
    """Fill a migrated database with signed events, and verify them."""
    async with asyncpg.create_pool(database_url, min_size=1, max_size=2) as pool:
        log, notary = EventLog(pool), Notary(pool, KEY, signs_sm3=sm3)
        written = 0
        for start in range(0, events, EVENTS_AT_ONCE):
            some = [synthetic(n) for n in range(start, min(start + EVENTS_AT_ONCE, events))]
            written += sum(len(one.body) for one in some)
            await log.append(DISTRICT, [Write(some)])
            await notary.issue_due()
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("analyze log.event")
        trust = Trust(KEY.verifiers([DISTRICT]))
        auditor = Auditor(connection, DISTRICT, trust, lambda _by, _of: None)
        cpu, wall = time.process_time(), time.perf_counter()
        audit = await auditor.audit()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    finally:
        await connection.close()
    if audit.findings or audit.events != events:
        raise AssertionError(audit)
    return Verified(events, written, cpu, wall)


def main() -> None:
    url, events = os.environ["DATABASE_URL"], int(sys.argv[1])
    verified = asyncio.run(verifying(url, events, sm3="sm3" in sys.argv))
    print(  # noqa: T201
        f"{verified.events} events of {verified.bytes_of_events / verified.events:.0f} bytes: "
        f"{verified.events_a_second_of_a_core:,.0f}/s of a core, "
        f"{verified.events_a_second_by_the_clock:,.0f}/s by the clock"
    )


if __name__ == "__main__":
    main()
