"""eventsourcing: its PostgreSQL recorder, from threads of one Python process of its own."""

import asyncio
import json
import sys
from pathlib import Path

from tests.benchmarks.measuring import Contestant, Place, Sample
from tests.benchmarks.node import PEERS, command
from tests.benchmarks.payload import EVENTS_PER_STREAM, TEXT
from tests.benchmarks.raw import fresh_database

DATABASE = "bench_eventsourcing"


async def prepare(place: Place) -> None:
    await interpreter(place)
    await fresh_database(place, DATABASE)


async def interpreter(place: Place) -> Path:
    """The Python of an environment that holds what peers/requirements.txt names."""
    folder = place.cache / "python"
    python, done, wanted = (
        folder / "bin/python",
        folder / "requirements.txt",
        PEERS / "requirements.txt",
    )
    if not done.is_file() or done.read_bytes() != wanted.read_bytes():
        folder.mkdir(parents=True, exist_ok=True)
        await command(sys.executable, "-m", "venv", str(folder), at=PEERS)
        pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        await command(*pip, "--requirement", str(wanted), at=PEERS)
        await asyncio.to_thread(done.write_bytes, wanted.read_bytes())
    return python


async def run(place: Place, clients: int, seconds: float) -> Sample:
    told = await command(
        str(await interpreter(place)),
        "eventsourcing_writer.py",
        place.url(DATABASE),
        str(clients),
        str(seconds),
        TEXT,
        str(EVENTS_PER_STREAM),
        at=PEERS,
    )
    answer = json.loads(told.strip().splitlines()[-1])
    return Sample.of(answer["latencies"], answer["seconds"])


EVENTSOURCING = Contestant(
    "eventsourcing", "eventsourcing 9.5.6", "eventsourcing 9.5.6", prepare, run
)
