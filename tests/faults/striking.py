"""Striking again and again under load, and keeping what it came to."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.faults.conftest import Trial
from tests.faults.driver import Driver, driving
from tests.faults.machine import Machine
from tests.faults.oracle import Verdict, judge
from tests.faults.reporting import Row, percentile

LONGEST_CALM_SECONDS = 0.8

Strike = Callable[[Machine, Trial], Awaitable[float | None]]


async def struck(
    machine: Machine, trial: Trial, folder: Path, strike: Strike, cycles: int
) -> tuple[list[float], Verdict]:
    """Strike again and again under load; how long each took to come back, and what it all came to."""
    back: list[float] = []
    async with driving(machine, folder, trial.choice) as driver:
        for _ in trial.each_cycle(cycles):
            await until_work_goes_on(driver)
            await asyncio.sleep(trial.choice.random() * LONGEST_CALM_SECONDS)
            took = await strike(machine, trial)
            back += [] if took is None else [took]
    return back, await judge(machine, driver.notebook, driver.districts)


async def until_work_goes_on(driver: Driver) -> None:
    """A fault counts only when commands were being answered before it."""
    before = len(driver.notebook.acknowledged)
    async with asyncio.timeout(60):
        while len(driver.notebook.acknowledged) == before:
            await asyncio.sleep(0.02)


async def check_and_keep(
    trial: Trial, fault: str, cycles: int, found: tuple[list[float], Verdict], control: str
) -> None:
    back, verdict = found
    trial.keep(
        Row(
            fault=fault,
            cycles=cycles,
            fired=len(back),
            acknowledged=verdict.acknowledged,
            lost=len(verdict.lost) + len(verdict.stream_behind),
            doubled=len(verdict.doubled),
            is_replay_equal=not verdict.differing,
            p50=percentile(back, 0.5),
            p99=percentile(back, 0.99),
            control=control,
        )
    )
    verdict.check()
    assert len(back) == cycles, "a fault never fired"
