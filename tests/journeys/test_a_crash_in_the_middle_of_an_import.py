"""A service, or NATS, dies while a ledger is being imported; afterwards every row is there once."""

import asyncio
import os
import shutil
import signal
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.journeys.ledgers import ledger_of
from tests.journeys.machines import YEAR, Machine, machine

ROWS = 400


async def kill(machine: Machine, part: str) -> None:
    process = machine.now().processes[part]
    os.kill(process.pid, signal.SIGKILL)


def killing(part: str) -> Callable[[Machine], Awaitable[None]]:
    async def strike(machine: Machine) -> None:
        await kill(machine, part)

    return strike


async def wipe_jetstream(machine: Machine) -> None:
    await kill(machine, "nats")
    shutil.rmtree(machine.home.nats)


STRIKES = {
    "intake is killed": killing("intake"),
    "assignment is killed": killing("assignment"),
    "evaluation is killed": killing("evaluation"),
    "NATS is killed": killing("nats"),
    "PostgreSQL is killed": killing("postgres"),
    "the JetStream folder is wiped": wipe_jetstream,
}


def figures_that_count(figures: dict[str, Any]) -> dict[str, Any]:
    return {key: figures[key] for key in ("total", "by_role", "rates", "score", "rehandled")}


def without_positions(found: Any) -> Any:
    """Positions depend on how the services' events interleaved; what they say does not."""
    if isinstance(found, dict):
        return {key: without_positions(value) for key, value in found.items() if key != "positions"}
    if isinstance(found, list):
        return [without_positions(value) for value in found]
    return found


@pytest.fixture(scope="module")
def ledger() -> bytes:
    return ledger_of(ROWS)


@pytest.fixture(scope="module")
async def undisturbed(ledger: bytes) -> Any:
    async with machine() as healthy:
        await healthy.adopt_rulebook()
        await healthy.import_until_it_is_through(ledger)
        return without_positions(figures_that_count(await healthy.settled_figures()))


@pytest.mark.parametrize("strike", STRIKES.values(), ids=STRIKES.keys())
async def test_every_row_is_there_once_and_the_figures_are_the_same(
    strike: Callable[[Machine], Awaitable[None]],
    ledger: bytes,
    undisturbed: dict[str, Any],
) -> None:
    async with machine() as struck:
        await struck.adopt_rulebook()
        importing = asyncio.create_task(struck.import_until_it_is_through(ledger))
        await struck.until_it_is_half_way()
        await strike(struck)
        await importing

        figures = await struck.settled_figures()

        assert figures["total"] == ROWS
        assert without_positions(figures_that_count(figures)) == undisturbed
        cases = await struck.ask("assignment", YEAR + "/cases")
        numbers = [case["number"] for case in cases["cases"]]
        assert len(numbers) == len(set(numbers)) == ROWS
