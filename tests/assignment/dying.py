"""A process of assignment that is killed when it has moved some deadlines: `python -m … DATABASE_URL COUNT`."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from assignment.app import DECIDER
from assignment.projections.cases import CASES
from assignment.subscribers import moves_as_of, reactions
from assignment.subscribers.moving import Moves
from contracts.working_days import read_calendar
from eventlog import EventLog, Follower, Handling
from eventlog.projecting import Projector
from eventlog.replaying import Readings
from hosting.as_of import Views
from hosting.directories import Directories
from hosting.reacting import Reactions

DISTRICT = "moving"
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
CALENDAR = read_calendar(
    (Path(__file__).parents[2] / "deploy" / "calendars" / "china.toml").read_text("utf-8")
)


def clock() -> datetime:
    return NOW


class Dying(Handling[Any, Any, Any]):
    """Gives so many commands, and then its process is killed."""

    def __init__(self, log: EventLog, count: int) -> None:
        super().__init__(log, DECIDER, clock)
        self._count = count

    async def handle_many(self, district: str, intents: Sequence[Any]) -> Any:
        await super().handle_many(district, intents[: self._count])
        os.kill(os.getpid(), signal.SIGKILL)


def follower_of(
    pool: asyncpg.Pool, handling: Handling[Any, Any, Any], moves: Moves | None = None
) -> Follower:
    views = Views(Readings(pool, CASES), clock)
    by_event = reactions(Directories({}), moves or moves_as_of(views, CALENDAR), CALENDAR)
    react = Reactions(handling, by_event)
    return Follower("assignment", pool, handling.log, Projector(CASES), react)


async def main(url: str, count: int) -> None:
    async with asyncpg.create_pool(url, min_size=1, max_size=4) as pool:
        await follower_of(pool, Dying(EventLog(pool), count)).catch_up(DISTRICT)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
