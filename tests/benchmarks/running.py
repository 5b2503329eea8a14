"""Runs contestants in turns, round after round, so that a slow minute of the machine hits all of them."""

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.benchmarks.measuring import (
    Contestant,
    Place,
    ProcessorTime,
    Result,
    Sample,
    Unavailable,
)
from tian.language import either
from tian.ports import free_ports
from tian.postgres import EmbeddedPostgres
from tian.processes import Supervised
from tian.progress import Bar

PASSWORD = "tian-bench"
SETTLE_SECONDS = 0.2

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Plan:
    """How long each run lasts, and how often everybody's turn comes."""

    seconds: float
    rounds: int


@asynccontextmanager
async def throwaway_server() -> AsyncIterator[tuple[str, int | None]]:
    """A PostgreSQL with the settings of `tian up`, every commit on disk; its address and process."""
    with tempfile.TemporaryDirectory(prefix="tian-bench-") as name:
        folder, (port,) = Path(name), free_ports(1)
        server = EmbeddedPostgres(folder / "data", port, PASSWORD, folder / "postgres.log")
        await server.prepare()
        part = Supervised(server.program(), print)
        try:
            await part.start()
            yield server.url("postgres"), part.pid
        finally:
            await part.stop()


async def run_all(
    place: Place, contestants: Sequence[Contestant], plan: Plan, server_pid: int | None = None
) -> tuple[list[Result], dict[str, str]]:
    """The results of all who could take part, and why the others could not."""
    absent: dict[str, str] = {}
    results: list[Result] = []
    for contestant in contestants:
        try:
            await contestant.prepare(place)
        except Unavailable as reason:
            absent[contestant.key] = str(reason)
            logger.warning("%s: %s", contestant.name_en, reason)
            continue
        results += [Result(contestant, clients) for clients in contestant.clients]
    turns = [result for _ in range(plan.rounds) for result in results]
    with Bar(either("轮流运行", "Taking turns")) as bar:
        for result in turns:
            result.samples.append(await _run_once(place, result, plan.seconds, server_pid))
            bar.advance(1, len(turns))
            await asyncio.sleep(SETTLE_SECONDS)
    return results, absent


async def _run_once(place: Place, result: Result, seconds: float, server_pid: int | None) -> Sample:
    used = ProcessorTime(server_pid)
    sample = await result.contestant.run(place, result.clients, seconds)
    return replace(sample, cpu_us=used.seconds() / max(1, sample.events) * 1e6)
