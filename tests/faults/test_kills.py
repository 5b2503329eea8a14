"""Processes die at random moments; what was acknowledged is there once, and everything comes back."""

import asyncio
import signal
import time
from pathlib import Path

from tests.faults.conftest import Trial
from tests.faults.controls import (
    keeps_the_lead_in_silence,
    lost_by_marking_first,
    lost_by_unflushed_commits,
    lost_with_the_checkpoint_outside,
    published_and_rolled_back,
)
from tests.faults.machine import DEDUPLICATION_SECONDS, SERVICES, Machine
from tests.faults.striking import check_and_keep, struck

BEYOND_THE_WINDOW = 0.15


async def kill_and_start(machine: Machine, trial: Trial, name: str) -> float | None:
    """Seconds until the part was ready again; None when it had not been running."""
    fired = await machine.parts[name].kill()
    began_at = time.monotonic()
    if trial.choice.random() < BEYOND_THE_WINDOW:
        await asyncio.sleep(DEDUPLICATION_SECONDS + 0.2)
        began_at = time.monotonic()
    await machine.parts[name].start()
    return time.monotonic() - began_at if fired else None


async def kill_postgres(machine: Machine, trial: Trial) -> float | None:
    return await kill_and_start(machine, trial, "postgres")


async def kill_nats(machine: Machine, trial: Trial) -> float | None:
    return await kill_and_start(machine, trial, "nats")


async def kill_service(machine: Machine, trial: Trial) -> float | None:
    return await kill_and_start(machine, trial, trial.choice.choice(SERVICES))


async def kill_relay(machine: Machine, trial: Trial) -> float | None:
    """Seconds until another process leads."""
    leader = await machine.until_it_leads(lambda name: True)
    fired = await machine.parts[leader].kill()
    began_at = time.monotonic()
    await machine.until_it_leads(lambda name: name != leader)
    took = time.monotonic() - began_at
    await machine.parts[leader].start()
    return took if fired else None


async def stop_relay(machine: Machine, trial: Trial) -> float | None:
    """Seconds until another process leads, while the one that led only thinks it still does."""
    leader = await machine.until_it_leads(lambda name: True)
    machine.parts[leader].send(signal.SIGSTOP)
    began_at = time.monotonic()
    try:
        await machine.until_it_leads(lambda name: name != leader)
        took = time.monotonic() - began_at
        await asyncio.sleep(trial.choice.random() * DEDUPLICATION_SECONDS * 2)
    finally:
        machine.parts[leader].send(signal.SIGCONT)
    await asyncio.sleep(trial.choice.random())
    return took


async def test_postgres_is_killed(machine: Machine, trial: Trial, tmp_path: Path) -> None:
    cycles = trial.cycles(2)
    found = await struck(machine, trial, tmp_path, kill_postgres, cycles)
    lost = await lost_by_unflushed_commits(machine, trial.choice)
    assert lost > 0
    control = f"synchronous_commit=off：丢失 lost {lost}"
    await check_and_keep(trial, "kill-postgres", cycles, found, control)


async def test_nats_is_killed(
    machine: Machine, trial: Trial, tmp_path: Path, database: str, nats_url: str
) -> None:
    cycles = trial.cycles(2)
    found = await struck(machine, trial, tmp_path, kill_nats, cycles)
    ghosts = await published_and_rolled_back(database, nats_url, trial.choice)
    assert ghosts > 0
    control = f"先发布后提交：多出 published before commit: ghosts {ghosts}"
    await check_and_keep(trial, "kill-nats", cycles, found, control)


async def test_a_service_is_killed(
    machine: Machine, trial: Trial, tmp_path: Path, database: str
) -> None:
    cycles = trial.cycles(1)
    found = await struck(machine, trial, tmp_path, kill_service, cycles)
    lost = await lost_with_the_checkpoint_outside(database, trial.choice)
    assert lost > 0
    control = f"断点在事务之外：丢失 checkpoint outside the transaction: lost {lost}"
    await check_and_keep(trial, "kill-service", cycles, found, control)


async def test_the_relay_is_killed(
    machine: Machine, trial: Trial, tmp_path: Path, database: str, nats_url: str
) -> None:
    cycles = trial.cycles(1)
    found = await struck(machine, trial, tmp_path, kill_relay, cycles)
    lost = await lost_by_marking_first(database, nats_url, trial.choice)
    assert lost > 0
    control = f"先记位次后发布：未送达 marked before published: not delivered {lost}"
    await check_and_keep(trial, "kill-relay", cycles, found, control)


async def test_the_relay_is_stopped_and_comes_back(
    machine: Machine, trial: Trial, tmp_path: Path, database: str
) -> None:
    cycles = trial.cycles(1, share=0.25)
    found = await struck(machine, trial, tmp_path, stop_relay, cycles)
    assert await keeps_the_lead_in_silence(database)
    control = "不限会话空闲：无人接手 no idle limit: nobody takes over"
    await check_and_keep(trial, "stop-relay", cycles, found, control)
