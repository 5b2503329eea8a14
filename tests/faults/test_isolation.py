"""What goes wrong or goes slowly in one place is felt in no other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from eventlog.log import STATEMENTS
from eventlog.waiting import Waiting
from tests.faults.conftest import Trial
from tests.faults.driver import driving
from tests.faults.machine import PATIENCE_SECONDS, Machine
from tests.faults.oracle import judge
from tests.faults.pacing import Pace
from tests.faults.reporting import Row, percentile
from tests.faults.unfair import (
    OneLine,
    held_back_by_the_slow,
    left_lying_behind_poison,
    served_before_a_newcomer,
)

RATE = 20.0
POISONED = "关于井盖的提案"


@asynccontextmanager
async def a_trigger(machine: Machine, table: str, does: str) -> AsyncIterator[None]:
    """A fault in a service's own table, until the block ends and it is mended."""
    name = f"fault_{table.replace('.', '_')}"
    async with machine.database() as connection:
        await connection.execute(
            f"create function {name}() returns trigger language plpgsql as"
            f" $$ begin {does}; return new; end $$;"
            f" create trigger {name} before insert on {table}"
            f" for each row execute function {name}()"
        )
    try:
        yield
    finally:
        async with machine.database() as connection:
            await connection.execute(f"drop function {name} cascade")


async def baseline(machine: Machine, trial: Trial, seconds: float) -> Pace:
    (quiet,) = machine.new_districts(1)
    pace = Pace(machine, quiet, trial.choice)
    await pace.keep(RATE, seconds)
    return pace


async def test_an_event_that_no_projection_takes_holds_its_own_district_until_it_is_mended(
    machine: Machine, trial: Trial, tmp_path: Path, database: str
) -> None:
    seconds = 20.0 if trial.is_full else 2.0
    before = await baseline(machine, trial, seconds)
    poisoned, healthy = machine.new_districts(2)
    async with driving(machine, tmp_path, trial.choice) as driver:
        does = (
            f"if new.district = '{poisoned}' then raise exception 'no room for {POISONED}'; end if"
        )
        pace = Pace(machine, healthy, trial.choice)
        async with a_trigger(machine, "intake.proposal", does):
            victim = Pace(machine, poisoned, trial.choice, followers=())
            await asyncio.gather(victim.keep(1.0, 3.0), pace.keep(RATE, seconds))
            shown = await until_shown(machine, poisoned)
        await machine.settle([poisoned, healthy])
    verdict = await judge(machine, driver.notebook, driver.districts)
    async with machine.database() as connection:
        left = await connection.fetch(STATEMENTS["dead_letters"], poisoned)
    ratio = percentile(pace.lags, 0.99) / percentile(before.lags, 0.99)
    lying = await left_lying_behind_poison(database)
    assert lying > 0
    trial.keep(
        Row(
            fault="poison",
            cycles=1,
            fired=len(shown),
            acknowledged=verdict.acknowledged + pace.accepted + victim.accepted,
            lost=len(verdict.lost),
            doubled=len(verdict.doubled),
            is_replay_equal=not verdict.differing,
            p50=percentile(pace.lags, 0.5),
            p99=percentile(pace.lags, 0.99),
            control=f"各区共用一个队列：别的区未处理 one queue for all: left lying {lying}",
            note=(
                f"恢复=别的区的滞后；p99 是平时的 {ratio:.1f} 倍。"
                f" Back is the lag of other districts; its p99 is {ratio:.1f} times the usual."
            ),
        )
    )
    verdict.check()
    assert [(each["follower"], each["position"]) for each in shown] == [("intake", 1)]
    assert POISONED in shown[0]["reason"]
    assert shown[0]["traceparent"]
    assert left == []


async def until_shown(machine: Machine, district: str) -> list[dict[str, Any]]:
    async with machine.database() as connection, asyncio.timeout(PATIENCE_SECONDS):
        while not (rows := await connection.fetch(STATEMENTS["dead_letters"], district)):
            await asyncio.sleep(0.1)
    return [dict(row) for row in rows]


@pytest.mark.full_run
async def test_a_hot_district_leaves_the_others_their_pace(
    machine: Machine, trial: Trial, database: str
) -> None:
    seconds = 30.0 if trial.is_full else 2.0
    before = await baseline(machine, trial, seconds)
    hot, cool = machine.new_districts(2)
    burning = Pace(machine, hot, trial.choice)
    pace = Pace(machine, cool, trial.choice)
    cool_rate = RATE / 4
    await asyncio.gather(burning.keep(cool_rate * 9, seconds), pace.keep(cool_rate, seconds))
    ratio = percentile(pace.lags, 0.99) / percentile(before.lags, 0.99)
    heads = await machine.settle([hot, cool])
    fair = await served_before_a_newcomer(database, Waiting)
    crowd = await served_before_a_newcomer(database, OneLine)
    assert fair < crowd
    trial.keep(
        Row(
            fault="hot-district",
            cycles=1,
            fired=burning.accepted,
            acknowledged=burning.accepted + pace.accepted,
            lost=burning.accepted + pace.accepted - sum(heads.values()),
            doubled=0,
            p50=percentile(pace.lags, 0.5),
            p99=percentile(pace.lags, 0.99),
            control=f"先到先得：后来者前面 first come, first served: {crowd:,} before the newcomer, not {fair:,}",
            note=(
                f"恢复=另一个区的滞后；p99 是平时的 {ratio:.1f} 倍（目标 2 倍以内）。"
                f" Back is the other district's lag; its p99 is {ratio:.1f} times the usual (aim: twice)."
            ),
        )
    )
    assert sum(heads.values()) == burning.accepted + pace.accepted


@pytest.mark.full_run
async def test_a_slow_follower_slows_nobody_else(
    machine: Machine, trial: Trial, database: str
) -> None:
    seconds = 20.0 if trial.is_full else 2.0
    before = await baseline(machine, trial, seconds)
    (district,) = machine.new_districts(1)
    pace = Pace(machine, district, trial.choice)
    async with a_trigger(machine, "evaluation.case_fact", "perform pg_sleep(0.2)"):
        await pace.keep(RATE, seconds)
        (head,) = (await machine.heads([district])).values()
        async with machine.database() as connection:
            come = await connection.fetchval(STATEMENTS["checkpoint"], "evaluation", district)
    await machine.settle([district])
    held = await held_back_by_the_slow(database)
    assert held > 0
    ratio = percentile(pace.lags, 0.99) / percentile(before.lags, 0.99)
    trial.keep(
        Row(
            fault="slow-follower",
            cycles=1,
            fired=head - (come or 0),
            acknowledged=pace.accepted,
            lost=pace.accepted - head,
            doubled=0,
            p50=percentile(pace.lags, 0.5),
            p99=percentile(pace.lags, 0.99),
            control=f"两个跟随者共用一个循环：快者落后 one loop for two: the quick one behind by {held}",
            note=(
                f"实际发生=慢者落后的事件数；恢复=别的跟随者的滞后，p99 是平时的 {ratio:.1f} 倍。"
                f" Fired: events the slow one was behind; back: the lag of the others, p99 {ratio:.1f} times the usual."
            ),
        )
    )
    assert head - (come or 0) > 0, "the slow follower was not slow"
    assert pace.accepted == head
    assert percentile(pace.lags, 0.5) < 0.2 * (head - (come or 0)), "others waited for the slow one"
