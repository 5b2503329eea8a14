"""The measure of all: pgbench, one prepared INSERT of one row in each transaction, no rules at all."""

import asyncio
import os
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import asyncpg

from tests.benchmarks.measuring import Contestant, Place, Sample, Unavailable, percentile_ms
from tests.benchmarks.payload import BODY
from tian.failures import DidNotStart
from tian.postgres import BINARIES, create_database, drop_database

DATABASE = "bench_raw"
SAMPLED = 0.1
FIGURES = re.compile(r"actually processed: (\d+).*^tps = ([\d.]+)", re.DOTALL | re.MULTILINE)


async def prepare(place: Place) -> None:
    await fresh_database(place, DATABASE)
    connection = await asyncpg.connect(place.url(DATABASE))
    await connection.execute(
        "create table event (position bigint generated always as identity primary key,"
        " body bytea not null)"
    )
    await connection.close()


async def fresh_database(place: Place, name: str) -> None:
    with suppress(DidNotStart):
        await drop_database(place.server_url, name)
    await create_database(place.server_url, name)


async def run(place: Place, clients: int, seconds: float) -> Sample:
    return await pgbench(
        place.url(DATABASE),
        f"insert into event (body) values ('\\x{BODY.hex()}');",
        clients,
        seconds,
    )


async def pgbench(url: str, script: str, clients: int, seconds: float) -> Sample:
    """Run a script of pgbench; its rate leaves out the time it takes to connect."""
    program = shutil.which("pgbench", path=str(BINARIES)) or shutil.which("pgbench")
    if program is None:
        raise Unavailable("pgbench")
    parts = urlsplit(url)
    address = [f"--host={parts.hostname}", f"--port={parts.port}", f"--username={parts.username}"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "script.sql").write_text(script + "\n", encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            program,
            *address,
            *("--no-vacuum", "--protocol=prepared", "--log", f"--sampling-rate={SAMPLED}"),
            *(f"--client={clients}", f"--jobs={min(2, clients)}", "--file=script.sql"),
            f"--time={max(1, round(seconds)) + clients // 16}",
            parts.path.removeprefix("/"),
            cwd=folder,
            env={**os.environ, "PGPASSWORD": unquote(parts.password or "")},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        told, complaints = await process.communicate()
        if process.returncode:
            raise Unavailable(complaints.decode(errors="replace").strip())
        return _sample(told.decode(), sorted(_latencies(folder)))


def _sample(told: str, latencies: list[float]) -> Sample:
    figures = FIGURES.search(told)
    if figures is None:
        raise Unavailable(told)
    events, rate = int(figures[1]), float(figures[2])
    return Sample(
        events, events / rate, percentile_ms(latencies, 0.5), percentile_ms(latencies, 0.99)
    )


def _latencies(folder: Path) -> list[float]:
    return [
        int(line.split()[2]) / 1e6
        for log in folder.glob("pgbench_log.*")
        for line in log.read_text(encoding="ascii").splitlines()
    ]


RAW = Contestant("raw", "pgbench，单行 INSERT", "pgbench, single-row INSERT", prepare, run)
