"""Compares what was acknowledged with what the log, the projections and the stream hold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from eventlog import EventLog, Recorded
from tests.faults.acknowledged import Asked, Notebook
from tests.faults.machine import Machine, last_in_stream
from tests.faults.replay import differing_tables

EVENT_OF = {
    "receive-proposal": "tian.intake.proposal_received.v1",
    "withdraw-proposal": "tian.intake.proposal_withdrawn.v1",
}
REACTION = "tian.assignment.case_ended.v1"


@dataclass(frozen=True)
class Verdict:
    """What a run came to. Lost: acknowledged or caused, and not there. Doubled: there more than once."""

    acknowledged: int
    events: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    differing: tuple[str, ...]
    stream_behind: tuple[str, ...]

    def check(self) -> None:
        assert self.acknowledged > 0
        assert self.lost == ()
        assert self.doubled == ()
        assert self.differing == ()
        assert self.stream_behind == ()


async def judge(machine: Machine, notebook: Notebook, districts: Sequence[str]) -> Verdict:
    """Wait until everything is quiet, and compare."""
    assert set(notebook.asked) == set(notebook.acknowledged)
    await machine.settle(list(districts))
    events: list[Recorded] = []
    async with asyncpg.create_pool(machine.database_url, min_size=1, max_size=4) as pool:
        for district in districts:
            events += await _whole_log(EventLog(pool), district)
    found = Counter((one.district, one.type, one.data["proposal_id"]) for one in events)
    wanted = Counter(_expected(notebook))
    at = {(one.district, one.type, one.data["proposal_id"]): one.position for one in events}
    wrong_answers = [
        f"{asked.key} was answered {answer['position']}"
        for asked, answer in (
            (notebook.asked[key], answer) for key, answer in notebook.acknowledged.items()
        )
        if at.get(_event_of(asked)) != answer["position"]
    ]
    return Verdict(
        acknowledged=len(notebook.acknowledged),
        events=len(events),
        lost=(*map(str, wanted - found), *wrong_answers, *_holes(events, districts)),
        doubled=tuple(map(str, found - wanted)),
        differing=await differing_tables(machine.postgres, districts),
        stream_behind=await _stream_behind(machine, events),
    )


async def _whole_log(log: EventLog, district: str) -> list[Recorded]:
    events: list[Recorded] = []
    while batch := await log.read_after(district, len(events)):
        events += batch
    return events


def _event_of(asked: Asked) -> tuple[str, str, str]:
    return asked.district, EVENT_OF[asked.command], asked.proposal_id


def _expected(notebook: Notebook) -> list[tuple[str, str, str]]:
    """One event for each command, and one that assignment adds to each proposal taken back."""
    asked = list(notebook.asked.values())
    return [_event_of(one) for one in asked] + [
        (one.district, REACTION, one.proposal_id)
        for one in asked
        if one.command == "withdraw-proposal"
    ]


def _holes(events: Sequence[Recorded], districts: Sequence[str]) -> list[str]:
    holes = []
    for district in districts:
        positions = [one.position for one in events if one.district == district]
        if positions != list(range(1, len(positions) + 1)):
            holes.append(f"{district} has holes")
    return holes


async def _stream_behind(machine: Machine, events: Sequence[Recorded]) -> tuple[str, ...]:
    """Districts whose last message is not the last event of the log."""
    last = {one.district: str(one.event_id) for one in events}
    behind = []
    async with machine.broker() as client:
        for district, event_id in last.items():
            if await last_in_stream(client, district) != event_id:
                behind.append(district)
    return tuple(behind)
