"""A worker of a rebuild: takes districts one after the other and replays each into shadow tables."""

import asyncio
import gc
import os
import pkgutil
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg

from eventlog.decoding import OfOneType
from eventlog.log import STATEMENTS
from eventlog.readmodels import ReadModel, apply, touched
from eventlog.rebuilding import Rebuilt
from eventlog.replaying import events_for
from eventlog.shadows import Cache, Difference, make_staging, swap_in
from eventlog.tables import Stored

POSITIONS_AT_ONCE = 2_000
MOVE_SECONDS = 0.25


class ClaimLost(Exception):
    """Another rebuild has begun, or the one this worker belongs to has been killed."""


@dataclass
class DistrictRebuild:
    """One district on its way into the shadow tables and from there into those in use."""

    reader: asyncpg.Connection
    writer: asyncpg.Connection
    model: ReadModel
    district: str
    claim: UUID
    parent: int = field(default_factory=os.getppid)
    position: int = 0
    moved_at: float = 0.0
    cache: Cache = field(default_factory=Cache)

    @property
    def _follower(self) -> str:
        return self.model.follower

    async def run(self, head: int) -> Difference:
        """Replay up to the end of the log, and swap the rows in. Raises ClaimLost."""
        while self.position < head:
            await self._replay_to(head)
            head = await self.reader.fetchval(STATEMENTS["head"], self.district)
            if head - self.position <= POSITIONS_AT_ONCE:
                break
        return await self._swap()

    async def _replay_to(self, head: int) -> None:
        """Read on while what was read last is applied."""
        coming = asyncio.create_task(self._read(self.position, head))
        while self.position < head:
            events = await coming
            end = min(self.position + POSITIONS_AT_ONCE, head)
            if end < head:
                coming = asyncio.create_task(self._read(end, head))
                await asyncio.sleep(0)
            await self._take(events)
            self.position = end
            if self.cache.is_full:
                await self._flush()
            await self._show_progress()

    async def _read(self, after: int, head: int) -> list[OfOneType]:
        end = min(after + POSITIONS_AT_ONCE, head)
        return await events_for(self.model, self.reader, self.district, after, end)

    async def _take(self, events: Sequence[OfOneType]) -> None:
        pending = self.model.read_by_type(events)
        shadow = Stored(self.writer, self.district)
        await self.cache.bring(touched(pending), shadow)
        apply(pending, self.cache)

    async def _flush(self) -> None:
        async with self.writer.transaction():
            await self._hold_claim()
            await self.cache.flush(self.writer, self.district)

    async def _hold_claim(self) -> None:
        """Write nothing for a rebuild that is over: its shadow tables may be another's by now."""
        if os.getppid() != self.parent or not await self.writer.fetchval(
            STATEMENTS["hold_claim"], self._follower, self.district, self.claim
        ):
            raise ClaimLost(self.district)

    async def _show_progress(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self.moved_at >= MOVE_SECONDS:
            self.moved_at = now
            place = self._follower, self.district, self.claim, self.position
            await self.writer.execute(STATEMENTS["move_rebuild"], *place)

    async def _swap(self) -> Difference:
        """Catch up while the follower waits, then put the rows and the checkpoint in place at once."""
        place = self._follower, self.district
        async with self.writer.transaction():
            await self._hold_claim()
            await self.writer.execute(STATEMENTS["open_checkpoint"], *place)
            await self.writer.fetchval(STATEMENTS["hold_checkpoint"], *place)
            head = await self.reader.fetchval(STATEMENTS["head"], self.district)
            while self.position < head:
                await self._take(await self._read(self.position, head))
                self.position = min(self.position + POSITIONS_AT_ONCE, head)
            difference = await swap_in(self.writer, self.district, self.model, self.cache)
            await self.writer.execute(STATEMENTS["set_checkpoint"], *place, self.position)
            await self.writer.execute(STATEMENTS["finish_rebuild"], *place)
        return difference


async def work(database_url: str, model: ReadModel) -> Rebuilt:
    """Rebuild districts until none is left. One that fails keeps its rows, and is named."""
    reader = await asyncpg.connect(database_url)
    writer = await asyncpg.connect(database_url)
    districts, events, written, removed = 0, 0, 0, 0
    failures: list[str] = []
    try:
        await make_staging(writer, model)
        claim = uuid4()
        while row := await writer.fetchrow(STATEMENTS["claim_rebuild"], model.follower, claim):
            one = DistrictRebuild(reader, writer, model, row["district"], claim)
            try:
                difference = await one.run(row["head"])
            except (ClaimLost, OSError, asyncpg.PostgresConnectionError):
                raise
            except Exception as error:  # noqa: BLE001  the other districts can be rebuilt
                failures.append(f"{one.district} > {one.position}: {error!r}"[:500])
                continue
            districts, events = districts + 1, events + one.position
            written, removed = written + difference[0], removed + difference[1]
    finally:
        await reader.close()
        await writer.close()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Rebuilt(
        districts=districts,
        events=events,
        written=written,
        removed=removed,
        peak_memory_mb=_peak_memory_mb(),
        cpu_seconds=used.ru_utime + used.ru_stime,
        failures=tuple(failures),
    )


def _peak_memory_mb() -> float:
    """Of this program alone: what `getrusage` says begins with the size of the process that forked."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def main() -> None:
    model: ReadModel = pkgutil.resolve_name(sys.argv[1])
    # Rows and events hold no circles: looking for some in what only grows costs a tenth of the time.
    gc.freeze()
    gc.set_threshold(200_000, 100, 100)
    done = asyncio.run(work(os.environ["DATABASE_URL"], model))
    sys.stdout.write(done.model_dump_json())


if __name__ == "__main__":
    main()
