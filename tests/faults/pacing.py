"""How long an accepted command takes until a projection shows it, measured from outside."""

import asyncio
import random
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg

from contracts.vocabulary import ActorRole
from eventlog.log import STATEMENTS
from tests.faults.acknowledged import Asked
from tests.faults.driver import body_of
from tests.faults.lines import Lines
from tests.faults.machine import Machine

LOOK_EVERY_SECONDS = 0.01


@dataclass
class Pace:
    """Gives commands to one district at a steady rate, and waits for each to be followed."""

    machine: Machine
    district: str
    choice: random.Random
    followers: tuple[str, ...] = ("intake",)
    lags: list[float] = field(default_factory=list)
    accepted: int = 0

    async def keep(self, rate: float, seconds: float) -> None:
        """Give commands so many times a second, without waiting for one before the next."""
        headers = self.machine.headers(ActorRole.COMMITTEE)
        with closing(Lines(self.machine.url("intake"), headers)) as lines:
            await self._keep(lines, rate, seconds)

    async def _keep(self, lines: Lines, rate: float, seconds: float) -> None:
        async with (
            asyncpg.create_pool(self.machine.database_url, min_size=1, max_size=1) as pool,
            asyncio.TaskGroup() as together,
        ):
            watching = asyncio.create_task(self._watch(pool))
            began_at = time.monotonic()
            for number in range(int(rate * seconds)):
                await asyncio.sleep(max(began_at + number / rate - time.monotonic(), 0))
                together.create_task(self._give(lines))
            await asyncio.sleep(0.2)
            while self._waiting:
                await asyncio.sleep(0.05)
            watching.cancel()

    def __post_init__(self) -> None:
        self._waiting: dict[int, float] = {}

    async def _give(self, lines: Lines) -> None:
        key = str(UUID(int=self.choice.getrandbits(128)))
        asked = Asked(key, self.district, "receive-proposal", f"p-{key}")
        path = f"/districts/{self.district}/commands/{asked.command}"
        answer = await lines.post(path, body_of(asked), {"idempotency-key": key})
        self.accepted += 1
        self._waiting[answer["position"]] = time.monotonic()

    async def _watch(self, pool: asyncpg.Pool) -> None:
        while True:
            rows = await pool.fetch(STATEMENTS["progress"], self.district)
            now = time.monotonic()
            come = {row["follower"]: row["position"] for row in rows}
            position = min((come.get(one, 0) for one in self.followers), default=sys.maxsize)
            for each in [waiting for waiting in self._waiting if waiting <= position]:
                self.lags.append(max(now - self._waiting.pop(each), 0.0))
            await asyncio.sleep(LOOK_EVERY_SECONDS)
