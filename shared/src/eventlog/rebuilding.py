"""Rebuilding a read model beside the tables in use, district by district, in worker processes.

Each district is swapped in by one transaction. Wherever a rebuild is killed, every district has
its rows of before or those of after; begun again, it begins anew.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

import asyncpg
from pydantic import BaseModel, ConfigDict

from contracts.refusal import Refused
from eventlog.log import STATEMENTS
from eventlog.readmodels import ReadModel
from eventlog.shadows import drop_shadows, make_shadows

LOCK_SPACE = 741_126
POLL_SECONDS = 0.25

Report = Callable[[int, int], None]


class RebuildRunning(Refused):
    """“{name}”正在重建，请等它完成。"""

    english = "{name} is being rebuilt already. Wait until that has finished."


class RebuildFailed(Refused):
    """重建“{name}”没有完成：{reason}。已完成的区用新数据，其余仍用原数据；可以再次执行。"""

    english = (
        "The rebuild of {name} did not finish: {reason}. Districts that were done have their new "
        "rows, the others those of before; it can be run again."
    )


class Rebuilt(BaseModel):
    """What one worker did: districts and events it went through, rows that were not right before."""

    model_config = ConfigDict(frozen=True)

    districts: int = 0
    events: int = 0
    written: int = 0
    removed: int = 0
    peak_memory_mb: float = 0.0
    cpu_seconds: float = 0.0
    failures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What the workers of a rebuild did."""

    workers: tuple[Rebuilt, ...]

    @property
    def events(self) -> int:
        return sum(each.events for each in self.workers)

    @property
    def districts(self) -> int:
        return sum(each.districts for each in self.workers)

    @property
    def written(self) -> int:
        return sum(each.written for each in self.workers)

    @property
    def removed(self) -> int:
        return sum(each.removed for each in self.workers)


@dataclass(frozen=True)
class Plan:
    """What is to be rebuilt. `reference` is where a worker finds the read model: `package.module:NAME`."""

    model: ReadModel
    reference: str
    district: str | None = None
    workers: int = 2


async def rebuild(database_url: str, plan: Plan, report: Report) -> Outcome:
    """Rebuild a read model from the log; `report` hears of progress as events done and in all.

    Raises RebuildRunning or RebuildFailed.
    """
    connection = await asyncpg.connect(database_url)
    try:
        if not await connection.fetchval(
            STATEMENTS["try_rebuild"], LOCK_SPACE, plan.model.follower
        ):
            raise RebuildRunning(name=plan.model.name)
        total, districts = await begin(connection, plan)
        count = max(min(plan.workers, districts), 1)
        work = asyncio.gather(*(_worker(database_url, plan) for _ in range(count)))
        await _watch(connection, plan.model, total, report, work)
        async with connection.transaction():
            await drop_shadows(connection, plan.model)
        done = Outcome(tuple(work.result()))
        failures = [failure for each in done.workers for failure in each.failures]
        if failures:
            raise RebuildFailed(name=plan.model.name, reason="; ".join(failures))
        return done
    finally:
        await connection.close()


async def begin(connection: asyncpg.Connection, plan: Plan) -> tuple[int, int]:
    """Forget earlier rebuilds before their shadows go: whoever still works for one then stops."""
    async with connection.transaction():
        await connection.execute(STATEMENTS["forget_rebuild"], plan.model.follower)
        await make_shadows(connection, plan.model)
        queued = await connection.fetch(
            STATEMENTS["queue_rebuild"], plan.model.follower, plan.district
        )
    return sum(row["head"] for row in queued), len(queued)


async def _watch(
    connection: asyncpg.Connection,
    model: ReadModel,
    total: int,
    report: Report,
    work: "asyncio.Future[list[Rebuilt]]",
) -> None:
    try:
        while not work.done():
            await asyncio.wait([work], timeout=POLL_SECONDS)
            left = await connection.fetchrow(STATEMENTS["rebuild_progress"], model.follower)
            if left is not None:
                report(total - left["head"] + left["position"], total)
    finally:
        if not work.done():
            work.cancel()
            await asyncio.wait([work])


async def _worker(database_url: str, plan: Plan) -> Rebuilt:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "eventlog.rebuilding_work", plan.reference),
        env={**os.environ, "DATABASE_URL": database_url},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        said, complaint = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if process.returncode or not said:
        lines = complaint.decode(errors="replace").strip().splitlines() or ["—"]
        return Rebuilt(failures=(f"{process.returncode}: {lines[-1]}",))
    return Rebuilt.model_validate_json(said)
