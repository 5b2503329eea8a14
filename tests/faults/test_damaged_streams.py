"""JetStream's store is damaged while the server is down; everybody converges, and nobody is told."""

import time
from collections import Counter
from pathlib import Path

from nats.js import JetStreamContext

from eventlog import EventLog
from eventlog.transport import STREAM, headers_of, subject_of
from tests.eventlog.making import event, write
from tests.faults.conftest import Trial
from tests.faults.controls import fresh_stream, opened_log
from tests.faults.damage import DAMAGES
from tests.faults.driver import driving
from tests.faults.machine import Machine
from tests.faults.oracle import judge
from tests.faults.pacing import Pace
from tests.faults.reporting import Row, percentile
from tests.faults.striking import until_work_goes_on

D = "longgang"


async def test_a_damaged_stream_costs_nobody_anything(
    machine: Machine, trial: Trial, tmp_path: Path, database: str, nats_url: str
) -> None:
    cycles = trial.cycles(len(DAMAGES), share=0.5)
    quiet, last = await a_quiet_district(machine, trial)
    fired: Counter[str] = Counter()
    back: list[float] = []
    async with driving(machine, tmp_path, trial.choice) as driver:
        for number in trial.each_cycle(cycles):
            name = list(DAMAGES)[number % len(DAMAGES)]
            await until_work_goes_on(driver)
            await machine.parts["nats"].kill()
            fired[name] += DAMAGES[name](machine.store, trial.choice)
            await machine.parts["nats"].start()
            began_at = time.monotonic()
            await machine.until_taken(await machine.heads(driver.districts))
            await machine.until_in_stream(quiet, last)
            back.append(time.monotonic() - began_at)
    verdict = await judge(machine, driver.notebook, driver.districts)
    skipped = await skipped_by_trusting_sequences(database, nats_url)
    trial.keep(
        Row(
            fault="damaged-stream",
            cycles=cycles,
            fired=fired.total(),
            acknowledged=verdict.acknowledged,
            lost=len(verdict.lost) + len(verdict.stream_behind),
            doubled=len(verdict.doubled),
            is_replay_equal=not verdict.differing,
            p50=percentile(back, 0.5),
            p99=percentile(back, 0.99),
            control=f"按流序号去重：漏掉 dedupe by stream sequence: skipped {skipped}",
            note="，".join(f"{name} {count}" for name, count in fired.items()),
        )
    )
    verdict.check()
    assert set(fired) == set(DAMAGES)
    assert min(fired.values()) > 0, "a damage never happened"
    assert skipped > 0, "the control did not go wrong"


async def a_quiet_district(machine: Machine, trial: Trial) -> tuple[str, str]:
    """A district in which nothing happens any more, so that only the relay can refill it; its last event."""
    (district,) = machine.new_districts(1)
    await Pace(machine, district, trial.choice).keep(rate=10.0, seconds=0.5)
    async with opened_log(machine.database_url) as log:
        last = (await log.read_after(district, 0))[-1]
    return district, str(last.event_id)


async def skipped_by_trusting_sequences(database: str, nats_url: str) -> int:
    """A consumer that remembers the stream's own sequence, and a stream that begins anew."""
    async with opened_log(database) as log:
        taken: set[int] = set()
        checkpoint = 0
        for events in ((1, 8), (9, 16)):
            client = await fresh_stream(nats_url)
            await _publish(log, events, client.jetstream())
            state = (await client.jetstream().stream_info(STREAM)).state
            for sequence in range(checkpoint + 1, state.last_seq + 1):
                message = await client.jetstream().get_msg(STREAM, sequence)
                taken.add(int((message.headers or {})["Tian-Position"]))
                checkpoint = sequence
            await client.close()
        return await log.head(D) - len(taken)


async def _publish(log: EventLog, positions: tuple[int, int], jetstream: JetStreamContext) -> None:
    first, last = positions
    await log.append(D, [write(event(f"s{each}", 1)) for each in range(first, last + 1)])
    for recorded in await log.read_after(D, first - 1):
        await jetstream.publish(subject_of(recorded), recorded.body, headers=headers_of(recorded))
