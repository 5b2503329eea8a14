"""What is measured beside appends: replaying, verifying, and a command's way into a projection."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from eventlog.migrating import migrate
from tests.benchmarks import city, latency, replaying, verifying
from tests.benchmarks.measuring import Place, Unavailable
from tests.benchmarks.node import PEERS, command
from tests.benchmarks.python_eventsourcing import interpreter
from tian.failures import DidNotStart
from tian.postgres import create_database, drop_database

REPLAY, PEER_REPLAY, VERIFY = "bench_replay", "bench_replay_peer", "bench_verify"
CITY = "bench_city"
PEER_REPLAYED, VERIFIED, DISTRICTS = 50_000, 300_000, 8


logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading:
    """One figure beside what is asked of it; `at_most` where less is better."""

    text: str
    text_en: str
    value: float
    asked: float
    at_most: bool = False
    places: int = 0

    @property
    def verdict(self) -> str:
        is_reached = self.value <= self.asked if self.at_most else self.value >= self.asked
        return "✓" if is_reached else "✗"

    @property
    def shown(self) -> tuple[str, str]:
        sign = "≤" if self.at_most else "≥"
        return f"{self.value:,.{self.places}f}", f"{sign} {self.asked:,.{self.places}f}"


async def replay(place: Place) -> list[Reading]:
    """A full rebuild of evaluation's read model, and what the peer needs only to select and decode."""
    await _fresh(place, REPLAY)
    ours = await replaying.measure(place.url(REPLAY), events=place.events, districts=DISTRICTS)
    readings = [
        Reading(
            "重放到评价的查询表，每秒事件",
            "replay into evaluation's read model, events/s",
            ours.events_per_second,
            100_000,
        ),
        Reading("重放进程的内存，MB", "memory of a worker, MB", max(ours.peak_memory_mb), 300, at_most=True),
    ]  # fmt: skip
    with suppress(DidNotStart):
        await drop_database(place.server_url, PEER_REPLAY)
    await create_database(place.server_url, PEER_REPLAY)
    python, url = await interpreter(place), place.url(PEER_REPLAY)
    told = await command(str(python), "eventsourcing_reader.py", url, str(PEER_REPLAYED), at=PEERS)
    peer: Mapping[str, float] = json.loads(told.strip().splitlines()[-1])
    times = ours.events_per_second / peer["events_per_second"]
    label = "重放 ÷ eventsourcing 的读取和解码", "replay ÷ eventsourcing's select and decode"
    return [*readings, Reading(*label, times, 8, places=1)]


async def verify(place: Place) -> list[Reading]:
    await _fresh(place, VERIFY)
    found = await verifying.verifying(place.url(VERIFY), VERIFIED)
    label = "核验，每核每秒事件", "verify, events/s of a core"
    return [Reading(*label, found.events_a_second_of_a_core, 150_000)]


async def visible(place: Place) -> list[Reading]:
    """From an accepted command to its row, at 100 commands a second, with real processes."""
    found = await latency.measure()
    return [
        Reading("命令到可见 p50，毫秒", "command to visible p50, ms", found["p50_ms"], 60, at_most=True),
        Reading("命令到可见 p99，毫秒", "command to visible p99, ms", found["p99_ms"], 250, at_most=True),
    ]  # fmt: skip


async def compared(place: Place) -> list[Reading]:
    """A city's overview over HTTP: 1,000 districts with 300 cases each, quiet and while they change."""
    await _fresh(place, CITY)
    found = await city.measure(place.url(CITY))
    return [
        Reading("千区总览 p99，毫秒", "overview of 1,000 districts p99, ms", found.p99_ms, 300, at_most=True),
        Reading("千区总览 p99（各区有变动时），毫秒", "the same while districts change p99, ms", found.p99_while_changing_ms, 300, at_most=True),
    ]  # fmt: skip


READERS: Mapping[str, Callable[[Place], Awaitable[list[Reading]]]] = {
    "replay": replay,
    "verify": verify,
    "visible": visible,
    "compared": compared,
}


async def read_all(place: Place) -> tuple[list[Reading], dict[str, str]]:
    """All readings, and why some could not be taken."""
    readings: list[Reading] = []
    absent: dict[str, str] = {}
    for key, take in READERS.items():
        try:
            readings += await take(place)
        except Unavailable as reason:
            absent[key] = str(reason)
        except Exception as error:
            # What the others came to took a quarter of an hour, and is not thrown away for this.
            logger.exception("no reading of %s", key)
            absent[key] = repr(error)
    return readings, absent


async def _fresh(place: Place, database: str) -> None:
    with suppress(DidNotStart):
        await drop_database(place.server_url, database)
    await create_database(place.server_url, database)
    await migrate(place.url(database))
