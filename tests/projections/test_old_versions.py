"""A read model takes events of older versions like those of today, live, rebuilt and looking back."""

from dataclasses import replace
from types import MappingProxyType
from uuid import uuid4

import asyncpg
import pytest

from contracts.importing import ClueAdopted
from contracts.intake import CaseNumberAssigned
from contracts.upcasting import Data, Upcast
from evaluation.projections.facts import CLUES
from evaluation.projections.scores import SCORES
from eventlog import EventLog, NewEvent, Write
from eventlog.log import STATEMENTS
from eventlog.readmodels import UnknownEvent
from eventlog.rebuilding import Plan, RebuildFailed, rebuild
from eventlog.replaying import Readings
from tests.benchmarks.replaying import REFERENCE
from tests.projections.dumping import follow
from tests.projections.histories import D, written

OLD = "tian.intake.clue_adopted.v0"


def brought_up(data: Data) -> Data:
    return {"year": 2024, "unit": "教育局", "adopted_on": "2024-05-06", **data}


MODEL = replace(SCORES, upcasts=MappingProxyType({OLD: Upcast(ClueAdopted.type, brought_up)}))


# How the event was written before: without year, unit and day.
OLD_BODY = b'{"actor":"a","actorrole":"supervision","data":{"number":"7","title":"t"}}'


async def test_an_event_of_an_older_version_changes_the_rows_and_not_itself(
    pool: asyncpg.Pool, log: EventLog
) -> None:
    await log.append(D, [Write([NewEvent(uuid4(), "clue-7", 1, OLD, OLD_BODY)])])
    await follow(pool, MODEL, D, 1000)
    live = await pool.fetch("select year, number, title from evaluation.clue_fact")
    assert [tuple(row) for row in live] == [(2024, "7", "t")]
    past = (await Readings(pool, MODEL).as_of(D, 1)).source
    assert [clue.number for clue in await past.rows(CLUES, year=2024)] == ["7"]
    (stored,) = await log.read_after(D, 0)
    assert (stored.type, stored.body) == (OLD, OLD_BODY)


async def test_a_type_that_changes_nothing_here_is_not_even_read(
    pool: asyncpg.Pool, log: EventLog
) -> None:
    unreadable = NewEvent(uuid4(), "s", 1, CaseNumberAssigned.type, b'{"data":7}')
    clue = ClueAdopted.model_validate(brought_up({"number": "8", "title": "t"}))
    await log.append(D, [Write([unreadable]), Write(written([clue]))])
    await follow(pool, MODEL, D, 1000)
    assert await pool.fetchval("select number from evaluation.clue_fact") == "8"


async def test_a_type_that_nobody_promised_is_not_left_out_but_stops_everybody(
    pool: asyncpg.Pool, log: EventLog, database: str
) -> None:
    """A newer program recorded it: to go on without it would be wrong for good."""
    await log.append(D, [Write([NewEvent(uuid4(), "s", 1, "tian.newer.v2", b"{}")])])
    with pytest.raises(UnknownEvent):
        await follow(pool, SCORES, D, 1000)
    assert await pool.fetchval("select position from log.checkpoint") == 0
    with pytest.raises(UnknownEvent):
        await Readings(pool, SCORES).as_of(D, 1)
    with pytest.raises(RebuildFailed, match="UnknownEvent"):
        await rebuild(database, Plan(SCORES, REFERENCE, workers=1), lambda _done, _total: None)


async def test_an_event_that_was_passed_by_is_passed_by_again_rebuilding_and_looking_back(
    pool: asyncpg.Pool, log: EventLog, database: str
) -> None:
    clue = ClueAdopted.model_validate(brought_up({"number": "8", "title": "t"}))
    unreadable = NewEvent(uuid4(), "s", 1, "tian.newer.v2", b"{}")
    await log.append(D, [Write([unreadable]), Write(written([clue]))])
    await pool.execute(
        STATEMENTS["pass_by"],
        D,
        SCORES.follower,
        1,
        unreadable.event_id,
        "unknown",
        "no use",
        "c",
        "C",
    )
    await pool.execute(STATEMENTS["open_checkpoint"], SCORES.follower, D)
    done = await rebuild(database, Plan(SCORES, REFERENCE, workers=1), lambda _done, _total: None)
    assert done.written == 1
    past = (await Readings(pool, SCORES).as_of(D, 2)).source
    assert [clue.number for clue in await past.rows(CLUES, year=2024)] == ["8"]
