"""A database killed in the middle of a group: what was acknowledged is there, and nothing is there twice."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import pytest

from eventlog import EventLog, LogUnavailable, NewEvent, Outcome
from eventlog.migrating import migrate
from tests.eventlog.making import event, write
from tian.ports import free_ports
from tian.postgres import EmbeddedPostgres
from tian.processes import Supervised

DISTRICTS = ("longgang", "yantian", "futian")
WRITERS = 24
KILLS = 2
EVENTS_BETWEEN_KILLS = 300


@pytest.fixture
async def mortal() -> AsyncIterator[tuple[str, Callable[[], None]]]:
    """A database on disk, and how to kill it; it is started again by itself."""
    with TemporaryDirectory(prefix="tian-mortal-") as name:
        folder, (port,) = Path(name), free_ports(1)
        server = EmbeddedPostgres(folder / "data", port, "tian-test", folder / "postgres.log")
        await server.prepare()
        part = Supervised(server.program(), lambda _: None)
        await part.start()
        await server.create_database()
        await migrate(server.url())

        def kill() -> None:
            if part.pid is not None:
                os.kill(part.pid, signal.SIGKILL)

        yield server.url(), kill
        await part.stop()


async def until_more(acknowledged: list[NewEvent]) -> None:
    enough = len(acknowledged) + EVENTS_BETWEEN_KILLS
    while len(acknowledged) < enough:
        await asyncio.sleep(0.01)


async def append_until(
    log: EventLog, number: int, acknowledged: list[NewEvent], stop: asyncio.Event
) -> None:
    district, version = DISTRICTS[number % len(DISTRICTS)], 0
    while not stop.is_set():
        version += 1
        offered = write(event(f"stream-{number}", version))
        (outcome,) = await insisted(partial(log.append, district, [offered]))
        assert outcome.result in {"appended", "repeated"}
        acknowledged.extend(offered.events)


async def insisted(append: Callable[[], Awaitable[list[Outcome]]]) -> list[Outcome]:
    while True:
        try:
            return await append()
        except LogUnavailable:
            await asyncio.sleep(0.1)


async def test_what_was_acknowledged_survives_a_kill_in_the_middle_of_a_group(
    mortal: tuple[str, Callable[[], None]],
) -> None:
    url, kill = mortal
    acknowledged: list[NewEvent] = []
    stop = asyncio.Event()
    async with asyncpg.create_pool(url, min_size=1, max_size=4) as pool:
        log = EventLog(pool)
        async with asyncio.timeout(240), asyncio.TaskGroup() as together:
            for number in range(WRITERS):
                together.create_task(append_until(log, number, acknowledged, stop))
            for _ in range(KILLS):
                await until_more(acknowledged)
                kill()
            await until_more(acknowledged)
            stop.set()
        recorded = [one for name in DISTRICTS for one in await log.read_after(name, 0, 10**6)]
    assert {one.event_id for one in recorded} == {one.event_id for one in acknowledged}
    assert len(recorded) == len(acknowledged)
    for name in DISTRICTS:
        positions = [one.position for one in recorded if one.district == name]
        assert positions == list(range(1, len(positions) + 1))
