"""Emmett: `appendToStream` of its PostgreSQL event store, many at once in one Node.js process."""

import json
import shutil

from tests.benchmarks.measuring import Contestant, Place, Sample
from tests.benchmarks.node import PEERS, command, modules
from tests.benchmarks.payload import EVENTS_PER_STREAM, TEXT
from tests.benchmarks.raw import fresh_database

DATABASE = "bench_emmett"


async def prepare(place: Place) -> None:
    folder = (await modules(place)).parent
    shutil.copy(PEERS / "emmett.mjs", folder)
    await fresh_database(place, DATABASE)


async def run(place: Place, clients: int, seconds: float) -> Sample:
    told = await command(
        "node",
        "emmett.mjs",
        place.url(DATABASE),
        str(clients),
        str(seconds),
        TEXT,
        str(EVENTS_PER_STREAM),
        at=place.cache / "node",
    )
    answer = json.loads(told.strip().splitlines()[-1])
    return Sample.of(answer["latencies"], answer["seconds"])


EMMETT = Contestant("emmett", "Emmett 0.42.0", "Emmett 0.42.0", prepare, run)
