"""Replay: a full rebuild of evaluation's read model, beside select and decode of `eventsourcing`.

Run as `python -m tests.benchmarks.replaying --database-url ... [--events 5000000]`.
"""

import argparse
import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from contracts.assignment import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentSigned,
    ContactRecorded,
    ReplyIssued,
)
from contracts.evaluation import RatingOpened, ReplyRated
from contracts.event import Event
from contracts.identity import Actor
from contracts.importing import LedgerRowRecorded
from contracts.intake import CaseNumberAssigned, ProposalFiled, ProposalReceived
from contracts.ledger import LedgerRow
from contracts.vocabulary import (
    ActorRole,
    ContactManner,
    ContactStage,
    Openness,
    ProposalForm,
    Role,
    Satisfaction,
)
from evaluation.projections.scores import SCORES
from eventlog.rebuilding import Outcome, Plan, rebuild
from eventlog.recorded import Circumstances, CommandNote, NewEvent, Provenance, new_event

REFERENCE = "evaluation.projections.scores:SCORES"
NUMBER = "99999999"
UNIT = "深圳市龙岗区教育局"
WAVE = 400
WAVES_AT_ONCE = 50
MOMENT = datetime(2024, 3, 1, 2, tzinfo=UTC)
DAY = date(2024, 3, 1)

FILL = """
insert into log.event (district, position, stream, version, event_id, type, body, leaf_hash)
select $1, (c.n / $4::int) * $4::int * array_length($5::text[], 1)
    + (e.step - 1) * $4::int + c.n % $4::int + 1 as position,
  replace(e.stream, '99999999', c.number), e.version,
  md5($1 || c.number || e.step::text)::uuid, e.type, b.body, sha256('\\x00'::bytea || b.body)
from (select n, to_char(10000000 + n, 'FM99999999') as number
      from generate_series($2::int, $3::int - 1) n) c
cross join unnest($5::text[], $6::int[], $7::text[], $8::text[])
  with ordinality as e (stream, version, type, body, step)
cross join lateral (select convert_to(replace(e.body, '99999999', c.number), 'UTF8') as body) b
order by position
"""


@dataclass(frozen=True)
class Measured:
    """What a full rebuild came to, on a log of so many events."""

    events: int
    districts: int
    seconds: float
    events_per_second: float
    workers: int
    peak_memory_mb: tuple[float, ...]
    worker_cpu_microseconds_per_event: float
    rows_written: int


def life_of_a_case() -> Iterator[Event]:
    """What a ledger row becomes in the log, in its order."""
    case: dict[str, Any] = {"proposal_id": f"2024-{NUMBER}", "unit": UNIT}
    title = "关于加快推进龙岗区义务教育阶段学位供给、优化学区划分与校际均衡发展的建议"
    row = LedgerRow(
        number=NUMBER,
        title=title,
        form=ProposalForm.INDIVIDUAL,
        proposers=("委员甲",),
        role=Role.SOLE,
        own_units=(UNIT,),
        dispatched_on=DAY,
        replied_on=date(2024, 5, 20),
        document_number="龙教函〔2024〕18号",
        result_class="A",
        satisfaction=Satisfaction.SATISFIED,
    )
    proposal_id = case["proposal_id"]
    form = ProposalForm.INDIVIDUAL
    yield ProposalReceived(
        proposal_id=proposal_id, year=2024, title=title, form=form, proposers=("委员甲",)
    )
    yield ProposalFiled(proposal_id=proposal_id, year=2024, number=NUMBER, title=title)
    yield CaseNumberAssigned(year=2024, number=NUMBER, proposal_id=proposal_id)
    yield LedgerRowRecorded(
        proposal_id=proposal_id,
        year=2024,
        row=row,
        ledger_name="longgang-2024.xlsx",
        ledger_sha256="0" * 64,
        sheet="提案办理台账",
        sheet_row=12,
    )
    yield AssignmentDispatched(
        **case,
        year=2024,
        number=NUMBER,
        role=Role.SOLE,
        own=True,
        reporting=True,
        dispatched_on=DAY,
        due_on=date(2024, 6, 1),
        due_rule="sole-3-months",
    )
    yield AssignmentSigned(**case, signed_on=date(2024, 3, 4))
    yield ContactRecorded(
        **case,
        stage=ContactStage.BEFORE,
        manner=ContactManner.VISIT,
        contacted_on=date(2024, 3, 15),
    )
    yield ReplyIssued(
        **case,
        handling_round=1,
        role=Role.SOLE,
        document_number="龙教函〔2024〕18号",
        result_class="A",
        openness=Openness.PUBLIC,
        contact_person="李老师",
        issued_on=date(2024, 5, 20),
    )
    yield RatingOpened(**case, handling_round=1, replied_on=date(2024, 5, 20))
    yield ReplyRated(
        **case, handling_round=1, satisfaction=Satisfaction.SATISFIED, rated_on=date(2024, 6, 3)
    )
    yield AssignmentClosed(**case, closed_on=date(2024, 6, 3))


async def fill(
    connection: asyncpg.Connection, districts: int, events: int, wave: int = WAVE
) -> int:
    """Fill logs with cases side by side, by the statement and not by the append: that is not measured."""
    life = list(life_of_a_case())
    cases = max(events // districts // len(life) // wave, 1) * wave
    for nth in range(districts):
        district = f"district-{nth}"
        versions: Counter[str] = Counter()
        written: list[NewEvent] = []
        for event in life:
            versions[event.stream] += 1
            written.append(
                new_event(
                    event,
                    event_id=UUID(int=0),
                    version=versions[event.stream],
                    circumstances=circumstances(event, district),
                )
            )
        for start in range(0, cases, WAVES_AT_ONCE * wave):
            await connection.execute(
                FILL,
                district,
                start,
                min(start + WAVES_AT_ONCE * wave, cases),
                wave,
                [event.stream for event in written],
                [event.version for event in written],
                [event.type for event in written],
                [event.body.decode() for event in written],
            )
        head = cases * len(life)
        await connection.execute("insert into log.head values ($1, $2)", district, head)
    await connection.execute("vacuum analyze log.event")
    return cases * len(life) * districts


def circumstances(event: Event, district: str) -> Circumstances:
    actor = Actor(subject="clerk", name="王科长", role=ActorRole.SUPERVISION, district=district)
    return Circumstances(
        service=event.type.split(".")[1],
        district=district,
        happened_at=MOMENT,
        recorded_at=MOMENT,
        provenance=Provenance(
            actor=actor,
            correlation_id=uuid4(),
            causation_id=uuid4(),
            attested_by="longgang-2024.xlsx 提案办理台账 第12行 sha256:0123456789abcdef",
            traceparent=f"00-{'a' * 32}-{'b' * 16}-01",
        ),
        command=CommandNote(uuid4(), 4),
    )


async def measure(database_url: str, *, events: int, districts: int, workers: int = 2) -> Measured:
    """Fill a migrated database that is empty, and rebuild evaluation's read model on it."""
    connection = await asyncpg.connect(database_url)
    try:
        filled = await fill(connection, districts, events)
    finally:
        await connection.close()
    return await measure_rebuild(database_url, filled, workers)


async def measure_rebuild(database_url: str, events: int, workers: int) -> Measured:
    began = time.perf_counter()
    done: Outcome = await rebuild(
        database_url, Plan(SCORES, REFERENCE, workers=workers), lambda _done, _total: None
    )
    seconds = time.perf_counter() - began
    cpu = sum(each.cpu_seconds for each in done.workers)
    return Measured(
        events=events,
        districts=done.districts,
        seconds=round(seconds, 2),
        events_per_second=round(events / seconds),
        workers=len(done.workers),
        peak_memory_mb=tuple(round(each.peak_memory_mb) for each in done.workers),
        worker_cpu_microseconds_per_event=round(cpu / events * 1e6, 2),
        rows_written=done.written,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database-url", required=True)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--districts", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    measured = asyncio.run(
        measure(
            asked.database_url,
            events=asked.events,
            districts=asked.districts,
            workers=asked.workers,
        )
    )
    print(json.dumps(asdict(measured)))  # noqa: T201


if __name__ == "__main__":
    main()
