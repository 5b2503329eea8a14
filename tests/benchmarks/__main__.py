"""`python -m tests.benchmarks`: run everybody, print a table, write docs/benchmarks.md."""

import asyncio
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import asyncpg
import cyclopts

from contracts.vocabulary import CHINA
from tests.benchmarks.contestants import EVERYBODY, OURS
from tests.benchmarks.measuring import Contestant, Place
from tests.benchmarks.raw import RAW
from tests.benchmarks.readings import read_all
from tests.benchmarks.reporting import Report, print_report, write_report
from tests.benchmarks.running import Plan, run_all, throwaway_server

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache/benchmarks"
FULL = 5_000_000
QUICK_FULL = 20_000
SETTINGS = (
    "fsync",
    "synchronous_commit",
    "full_page_writes",
    "wal_sync_method",
    "shared_buffers",
    "max_wal_size",
    "checkpoint_timeout",
    "wal_compression",
)

app = cyclopts.App(name="bench", help=__doc__)


@app.default
def bench(
    *,
    quick: bool = False,
    events: int = FULL,
    seconds: float = 3.0,
    rounds: int = 9,
    only: Sequence[str] = (),
) -> None:
    """Run all contestants on a PostgreSQL of its own.

    Parameters
    ----------
    quick
        Only Tian and pgbench, for a moment: does it run at all? Writes nothing.
    events
        How many events the full log holds.
    seconds
        How long each run lasts.
    rounds
        How many turns everybody gets; the median counts.
    only
        Only these contestants; writes nothing.
    """
    contestants: Sequence[Contestant] = (RAW, *OURS) if quick else EVERYBODY
    if only:
        contestants = [one for one in contestants if one.key in only]
    plan = Plan(seconds=0.5, rounds=1) if quick else Plan(seconds, rounds)
    reads = not quick and (not only or "readings" in only)
    report = asyncio.run(measure(contestants, plan, QUICK_FULL if quick else events, reads=reads))
    print_report(report)
    if not quick and not only:
        write_report(report, ROOT / "docs")


async def measure(
    contestants: Sequence[Contestant], plan: Plan, events: int, *, reads: bool
) -> Report:
    load = os.getloadavg()[0]
    CACHE.mkdir(parents=True, exist_ok=True)
    async with throwaway_server() as (url, pid):
        place = Place(url, CACHE, events)
        results, absent = await run_all(place, contestants, plan, pid)
        readings, unread = await read_all(place) if reads else ([], {})
        absent |= unread
        connection = await asyncpg.connect(url)
        settings = {
            name: str(await connection.fetchval("select current_setting($1)", name))
            for name in SETTINGS
        }
        version = await connection.fetchval("select current_setting('server_version')")
        await connection.close()
    day = datetime.now(CHINA).date().isoformat()
    return Report(
        results, absent, plan, events, f"PostgreSQL {version}", settings, day, load, readings
    )


if __name__ == "__main__":
    app()
