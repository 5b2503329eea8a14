"""Rebuilding beside the tables in use: killed anywhere, nothing is broken; readers see all or nothing."""

import asyncio
import os
import signal
import sys
from dataclasses import replace

import asyncpg
import pytest

import eventlog.rebuilding_work
import eventlog.shadows
from contracts.event import Event
from contracts.intake import ProposalFiled, ProposalReceived
from contracts.vocabulary import ProposalForm
from evaluation.projections.facts import ASSIGNMENTS, CASES
from evaluation.projections.scores import SCORES
from eventlog import EventLog, Follower, NewEvent, Write
from eventlog.log import STATEMENTS
from eventlog.projecting import Projector
from eventlog.rebuilding import (
    LOCK_SPACE,
    Plan,
    RebuildFailed,
    RebuildRunning,
    begin,
    rebuild,
)
from eventlog.rebuilding_work import ClaimLost, DistrictRebuild
from eventlog.shadows import Cache, Keys, make_staging
from eventlog.tables import Stored
from tests.benchmarks.replaying import REFERENCE, fill
from tests.projections.dumping import dump, follow
from tests.projections.histories import D, record_at_once, written

PLAN = Plan(SCORES, REFERENCE)
WRONG = "update evaluation.case_fact set title = 'wrong', number = null"


def nobody(_done: int, _total: int) -> None:
    """Hear of progress and say nothing."""


async def a_year(log: EventLog, cases: int = 30, district: str = D) -> None:
    history: list[Event] = []
    for nth in range(cases):
        history.append(
            ProposalReceived(
                proposal_id=str(nth),
                year=2024,
                title=f"关于第{nth}件的建议",
                form=ProposalForm.INDIVIDUAL,
                proposers=("委员甲",),
            )
        )
        history.append(ProposalFiled(proposal_id=str(nth), year=2024, number=f"{nth}", title="t"))
    await record_at_once(log, history, district)


async def test_wrong_rows_are_put_right_and_right_ones_left_alone(
    pool: asyncpg.Pool, log: EventLog, database: str
) -> None:
    await a_year(log)
    await follow(pool, SCORES, D, 1000)
    right = await dump(pool)
    done = await rebuild(database, PLAN, nobody)
    assert (done.districts, done.events, done.written, done.removed) == (1, 60, 0, 0)

    await pool.execute("update evaluation.case_fact set title = 'wrong' where proposal_id = '7'")
    await pool.execute("delete from evaluation.case_fact where proposal_id = '8'")
    await pool.execute(
        "insert into evaluation.case_fact"
        """ select (jsonb_populate_record(t, '{"proposal_id": "never"}')).*"""
        " from evaluation.case_fact t where proposal_id = '7'"
    )
    done = await rebuild(database, PLAN, nobody)
    assert (done.written, done.removed) == (2, 1)
    assert await dump(pool) == right


async def test_districts_without_checkpoint_and_rows_get_both(
    pool: asyncpg.Pool, log: EventLog, database: str
) -> None:
    await a_year(log, 3)
    await a_year(log, 2, "yantian")
    done = await rebuild(database, PLAN, nobody)
    assert (done.districts, done.events) == (2, 10)
    rows = await pool.fetch("select district, position from log.checkpoint order by 1")
    assert [tuple(row) for row in rows] == [("longgang", 6), ("yantian", 4)]


async def test_a_follower_goes_on_behind_a_rebuild(
    pool: asyncpg.Pool, log: EventLog, database: str
) -> None:
    await a_year(log, 3)
    follower = Follower("evaluation", pool, log, Projector(SCORES), None)
    await rebuild(database, PLAN, nobody)
    more = ProposalReceived(
        proposal_id="more", year=2024, title="t", form=ProposalForm.JOINT, proposers=()
    )
    await log.append(D, [Write(written([more]))])
    await follower.catch_up(D)
    assert await pool.fetchval("select count(*) from evaluation.case_fact") == 4


async def test_only_one_rebuild_of_a_read_model_runs(
    pool: asyncpg.Pool, log: EventLog, database: str
) -> None:
    await a_year(log, 1)
    async with pool.acquire() as other:
        await other.fetchval(STATEMENTS["try_rebuild"], LOCK_SPACE, SCORES.follower)
        with pytest.raises(RebuildRunning):
            await rebuild(database, PLAN, nobody)


async def test_a_district_that_cannot_be_read_keeps_its_rows_and_is_named(
    pool: asyncpg.Pool, log: EventLog, database: str
) -> None:
    await a_year(log, 2)
    await follow(pool, SCORES, D, 1000)
    poison = NewEvent(written([received()])[0].event_id, "s", 1, ProposalReceived.type, b"{}")
    await log.append(D, [Write([poison])])
    await a_year(log, 2, "yantian")
    before = await pool.fetch("select * from evaluation.case_fact where district = $1", D)
    with pytest.raises(RebuildFailed, match="longgang"):
        await rebuild(database, replace(PLAN, workers=1), nobody)
    assert await pool.fetch("select * from evaluation.case_fact where district = $1", D) == before
    counted = await pool.fetchval(
        "select count(*) from evaluation.case_fact where district = 'yantian'"
    )
    assert counted == 2


def received() -> ProposalReceived:
    return ProposalReceived(
        proposal_id="0", year=2024, title="t", form=ProposalForm.JOINT, proposers=()
    )


CLAIMED = "select count(*) > 0 from log.rebuild where claim is not null"
MOVED = "select count(*) > 0 from log.rebuild where claim is not null and position > 0"
BLOCKED = (
    "select count(*) > 0 from pg_stat_activity"
    " where datname = current_database() and wait_event_type = 'Lock'"
)
BY_THE_CHECKPOINT = "select from log.checkpoint where follower = 'evaluation' and district = 'district-0' for update"
BY_A_ROW = "select from evaluation.assignment_fact where district = 'district-0' for update"


@pytest.mark.parametrize(
    ("blocked_by", "moment"),
    [
        (None, CLAIMED),
        (None, MOVED),
        (BY_THE_CHECKPOINT, BLOCKED),
        (BY_A_ROW, BLOCKED),
    ],
    ids=[
        "a district is claimed",
        "a district is being replayed",
        "the swap waits for the follower",
        "half of the swap is written",
    ],
)
async def test_killed_at_any_moment_it_leaves_every_district_whole_and_can_begin_again(
    pool: asyncpg.Pool,
    database: str,
    connection: asyncpg.Connection,
    blocked_by: str | None,
    moment: str,
) -> None:
    await fill(connection, 2, 17_600)
    await rebuild(database, PLAN, nobody)
    right = await dump(pool)
    await pool.execute(WRONG)
    await pool.execute("update evaluation.assignment_fact set due_rule = 'wrong'")
    async with pool.acquire() as blocker:
        hold = blocker.transaction()
        await hold.start()
        if blocked_by:
            await blocker.execute(blocked_by)
        await kill_a_rebuild_when(pool, database, moment)
        await hold.rollback()

    rows = await pool.fetch(HOW_WRONG)
    assert [row for row in rows if row["wrong"] != row["all_wrong"]] == []
    if blocked_by:
        assert any(row["all_wrong"] for row in rows)
    done = await rebuild(database, PLAN, nobody)
    assert done.written > 0
    assert await dump(pool) == right
    assert await pool.fetchval("select count(*) from log.rebuild") == 0


HOW_WRONG = """
select district, bool_or(wrong) as wrong, bool_and(wrong) as all_wrong from (
  select district, title = 'wrong' as wrong from evaluation.case_fact
  union all select district, due_rule = 'wrong' from evaluation.assignment_fact) each
group by district
"""


async def kill_a_rebuild_when(pool: asyncpg.Pool, database: str, moment: str) -> None:
    """Begin a rebuild and kill it, parent and workers, as soon as the database shows the moment."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", RUN, database), start_new_session=True
    )
    async with asyncio.timeout(60):
        while not await pool.fetchval(moment):
            assert process.returncode is None, "it has ended before the moment came"
            await asyncio.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


RUN = f"""
import asyncio, sys
from evaluation.projections.scores import SCORES
from eventlog.rebuilding import Plan, rebuild
asyncio.run(rebuild(sys.argv[1], Plan(SCORES, {REFERENCE!r}), lambda done, total: None))
"""


async def test_a_worker_of_a_rebuild_that_is_over_writes_nothing(
    pool: asyncpg.Pool, log: EventLog, database: str
) -> None:
    """Its parent was killed and another rebuild has begun: its shadow tables are not its own now."""
    await a_year(log)
    await follow(pool, SCORES, D, 1000)
    right = await dump(pool)
    reader, writer = await asyncpg.connect(database), await asyncpg.connect(database)
    connection = await asyncpg.connect(database)
    await begin(connection, PLAN)
    await make_staging(writer, SCORES)
    claim = written([received()])[0].event_id
    row = await writer.fetchrow(STATEMENTS["claim_rebuild"], SCORES.follower, claim)
    assert row is not None
    orphan = DistrictRebuild(reader, writer, SCORES, D, claim)
    await begin(connection, PLAN)
    with pytest.raises(ClaimLost):
        await orphan.run(row["head"])
    for each in (reader, writer, connection):
        await each.close()
    assert await dump(pool) == right


async def test_readers_see_the_rows_of_before_or_those_of_after_and_never_wait(
    pool: asyncpg.Pool, database: str, connection: asyncpg.Connection
) -> None:
    """While every row is replaced, readers ask all the time: of a district all is wrong, or nothing."""
    await fill(connection, 2, 20_000)
    await rebuild(database, PLAN, nobody)
    await pool.execute(WRONG)
    await pool.execute("update evaluation.assignment_fact set due_rule = 'wrong'")
    seen: set[bool] = set()
    stop = asyncio.Event()

    async def read() -> None:
        while not stop.is_set():
            async with pool.acquire() as one, one.transaction(isolation="repeatable_read"):
                await one.execute("set local lock_timeout = '1ms'")
                found = await one.fetch(
                    f"select title = 'wrong' as wrong from {CASES.name} where district = $1"
                    f" union select due_rule = 'wrong' from {ASSIGNMENTS.name} where district = $1",
                    "district-0",
                )
                assert len(found) == 1, found
                seen.add(found[0]["wrong"])

    reading = [asyncio.create_task(read()) for _ in range(3)]
    await rebuild(database, PLAN, nobody)
    await asyncio.sleep(0.2)
    stop.set()
    await asyncio.gather(*reading)
    assert seen == {True, False}


async def test_no_more_rows_are_held_than_fit_however_long_the_log_is(
    database: str, connection: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eventlog.shadows, "ROWS_HELD", 300)
    monkeypatch.setattr(eventlog.rebuilding_work, "POSITIONS_AT_ONCE", 200)
    held: list[int] = []
    bring = eventlog.shadows.Cache.bring

    async def bring_and_count(self: Cache, keys: Keys, shadow: Stored) -> None:
        await bring(self, keys, shadow)
        held.append(sum(map(len, [*self.held.values(), *self._older.values()])))

    monkeypatch.setattr(eventlog.shadows.Cache, "bring", bring_and_count)
    await fill(connection, 1, 13_200)
    rows = 2 * 1_200
    await begin(connection, PLAN)
    done = await eventlog.rebuilding_work.work(database, SCORES)
    assert done.written == rows
    assert max(held) < rows / 3


async def test_a_rebuild_is_shown_while_it_runs_and_when_it_was_broken_off(
    log: EventLog, database: str, connection: asyncpg.Connection
) -> None:
    await a_year(log, 2)
    other = await asyncpg.connect(database)
    await other.fetchval(STATEMENTS["try_rebuild"], LOCK_SPACE, SCORES.follower)
    await begin(other, PLAN)
    (shown,) = await connection.fetch(STATEMENTS["rebuilds"], D, LOCK_SPACE)
    assert (shown["follower"], shown["position"], shown["head"]) == ("evaluation", 0, 4)
    assert shown["is_running"]
    await other.close()
    await asyncio.sleep(0.5)
    (shown,) = await connection.fetch(STATEMENTS["rebuilds"], D, LOCK_SPACE)
    assert not shown["is_running"]
