"""Tian: `EventLog.append` from one process; each writer waits for its answer before it goes on."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from uuid import UUID

import asyncpg
import uvloop

from eventlog import EventLog, NewEvent, Write
from eventlog.identifying import id_at
from eventlog.migrating import migrate
from hosting.clock import system_clock
from tests.benchmarks.filling import fill
from tests.benchmarks.measuring import Contestant, Place, Sample
from tests.benchmarks.payload import BODY, EVENTS_PER_STREAM, TYPE
from tian.failures import DidNotStart
from tian.postgres import create_database, drop_database

CONNECTIONS = 4
MANY_DISTRICTS = 1_000
ONE, MANY, FULL = "bench_one", "bench_many", "bench_full"

runs = count(1)


class EventsLost(Exception):
    """The log does not hold what it acknowledged."""


async def prepare(place: Place, database: str) -> None:
    with suppress(DidNotStart):
        await drop_database(place.server_url, database)
    await create_database(place.server_url, database)
    await migrate(place.url(database))


async def prepare_one(place: Place) -> None:
    await prepare(place, ONE)


async def prepare_many(place: Place) -> None:
    await prepare(place, MANY)


async def prepare_full(place: Place) -> None:
    await prepare(place, FULL)
    await fill(place.url(FULL), _district(0), place.events)


async def append_to_one(place: Place, clients: int, seconds: float) -> Sample:
    return await append(place.url(ONE), clients, seconds, districts=1)


async def append_to_many(place: Place, clients: int, seconds: float) -> Sample:
    return await append(place.url(MANY), clients, seconds, districts=MANY_DISTRICTS)


async def append_to_full(place: Place, clients: int, seconds: float) -> Sample:
    return await append(place.url(FULL), clients, seconds, districts=1)


async def append(url: str, clients: int, seconds: float, *, districts: int) -> Sample:
    """Append in a loop like that of the services, which this one, of the benchmark, is not."""
    return await asyncio.to_thread(uvloop.run, _append(url, clients, seconds, districts))


async def _append(url: str, clients: int, seconds: float, districts: int) -> Sample:
    """Append as fast as the answers come. Raises EventsLost unless the log then holds all of it."""
    async with asyncpg.create_pool(url, min_size=CONNECTIONS, max_size=CONNECTIONS) as pool:
        log, before = EventLog(pool), await _recorded(pool)
        run, ids = next(runs), count(id_at(system_clock()).int)
        begin = time.perf_counter()
        writers = (
            _write(log, events_of(run, number, clients, districts, ids), begin + seconds)
            for number in range(clients)
        )
        latencies = [one for each in await asyncio.gather(*writers) for one in each]
        sample = Sample.of(latencies, time.perf_counter() - begin)
        found = await _recorded(pool) - before
        if found != sample.events:
            message = f"{sample.events} events were acknowledged, {found} are in the log"
            raise EventsLost(message)
        return sample


async def _write(
    log: EventLog, events: Iterator[tuple[str, NewEvent]], until: float
) -> list[float]:
    latencies: list[float] = []
    while (asked_at := time.perf_counter()) < until:
        district, event = next(events)
        (outcome,) = await log.append(district, [Write([event])])
        if outcome.result != "appended":
            raise EventsLost(outcome)
        latencies.append(time.perf_counter() - asked_at)
    return latencies


def events_of(
    run: int, writer: int, writers: int, districts: int, ids: Iterator[int]
) -> Iterator[tuple[str, NewEvent]]:
    """Case after case, a few events each; with many districts, district after district.

    Making a random id for each event would cost the client a third of what its append does.
    """
    for number in count():
        case, version = divmod(number, EVENTS_PER_STREAM)
        district = (case * writers + writer) % districts
        stream = f"case-{run:04}-{case:06}-{writer:02}"
        yield (
            _district(district),
            NewEvent(UUID(int=next(ids)), stream, version + 1, TYPE, BODY),
        )


def _district(number: int) -> str:
    return f"district-{number:04}"


async def _recorded(pool: asyncpg.Pool) -> int:
    return int(await pool.fetchval("select coalesce(sum(position), 0) from log.head"))


TIAN_ONE = Contestant(
    "tian-one", "Tian，一个区", "Tian, one district", prepare_one, append_to_one, clients=(64,)
)
TIAN_MANY = Contestant(
    "tian-many",
    f"Tian，{MANY_DISTRICTS:,} 个区",
    f"Tian, {MANY_DISTRICTS:,} districts",
    prepare_many,
    append_to_many,
    clients=(64,),
)
TIAN_FULL = Contestant(
    "tian-full",
    "Tian，一个区，日志已满",
    "Tian, one district, full log",
    prepare_full,
    append_to_full,
    clients=(64,),
)
