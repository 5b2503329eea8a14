"""Replayed in batches of any size, rebuilt, or live: the same rows, byte for byte."""

import asyncpg
import pytest
from hypothesis import HealthCheck, example, given, settings

import eventlog.shadows
from contracts.event import Event
from eventlog import EventLog
from eventlog.rebuilding import Plan, begin
from eventlog.rebuilding_work import work
from tests.projections.dumping import MODELS, Dump, dump, empty, follow, forget_everything
from tests.projections.histories import A_COURSE, D, histories, record_at_once

EXAMPLES = settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


async def replayed(pool: asyncpg.Pool, batch: int) -> Dump:
    await empty(pool)
    for model in MODELS.values():
        await follow(pool, model, D, batch)
    return await dump(pool)


async def rebuilt(pool: asyncpg.Pool, url: str) -> Dump:
    """Rebuilt by a worker of its own, here in this process."""
    await empty(pool)
    for reference, model in MODELS.items():
        connection = await asyncpg.connect(url)
        await begin(connection, Plan(model, reference))
        await connection.close()
        done = await work(url, model)
        assert not done.failures
    return await dump(pool)


@EXAMPLES
@given(history=histories)
@example(history=A_COURSE)
async def test_batches_of_1_7_and_1000_give_the_same_rows(
    pool: asyncpg.Pool, log: EventLog, history: list[Event]
) -> None:
    await forget_everything(pool)
    await record_at_once(log, history)
    one_by_one = await replayed(pool, 1)
    assert await replayed(pool, 7) == one_by_one
    assert await replayed(pool, 1000) == one_by_one


@pytest.mark.parametrize("rows_held", [1, 40_000], ids=["rows in shadows", "rows in memory"])
@EXAMPLES
@given(history=histories)
@example(history=A_COURSE)
async def test_a_rebuild_gives_the_rows_of_the_live_tables(
    pool: asyncpg.Pool,
    log: EventLog,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    rows_held: int,
    history: list[Event],
) -> None:
    monkeypatch.setattr(eventlog.shadows, "ROWS_HELD", rows_held)
    monkeypatch.setattr("eventlog.rebuilding_work.POSITIONS_AT_ONCE", 5)
    await forget_everything(pool)
    await record_at_once(log, history)
    live = await replayed(pool, 1)
    assert await rebuilt(pool, database) == live
