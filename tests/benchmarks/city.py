"""A city of a thousand districts asks for its overview: `python -m tests.benchmarks.city --database-url ...`."""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx

from contracts.city import CityOverview
from contracts.evaluation import RulebookAdopted
from contracts.figures import Figures
from contracts.identity import ALL_DISTRICTS, Actor, issue_token, new_key, public_part
from contracts.vocabulary import ActorRole
from evaluation.projections.scores import SCORES
from eventlog import EventLog, Write
from eventlog.rebuilding import Plan, rebuild
from eventlog.recorded import new_event
from hosting.clock import system_clock
from tests.benchmarks.measuring import percentile_ms
from tests.benchmarks.replaying import REFERENCE, circumstances, fill, life_of_a_case
from tian.home import shipped
from tian.ports import free_ports
from tian.processes import Program, Supervised
from tian.services import answers

DISTRICTS, CASES, SAMPLES, ASKS = 1_000, 300, 20, 300
SECONDS_BETWEEN_CHANGES = 0.5
POLL_SECONDS = 1.0
RULEBOOKS = ("shenzhen-2024", "hainan-2002")
OVERVIEW = "/city/years/2024/overview"

COPY_CASES = """
insert into evaluation.case_fact
select (jsonb_populate_record(f, jsonb_build_object('district', 'district-' || n))).*
from generate_series($1::int, $2::int - 1) n
join evaluation.case_fact f on f.district = 'district-' || n % $1
"""
COPY_ASSIGNMENTS = """
insert into evaluation.assignment_fact
select (jsonb_populate_record(f, jsonb_build_object(
  'district', 'district-' || n,
  'completed_on', f.completed_on + case when h.of_100 < n % 7 then 30 else 0 end,
  'satisfaction', case when h.of_100 < n % 13 then 'dissatisfied' else 'satisfied' end
))).*
from generate_series($1::int, $2::int - 1) n
join evaluation.assignment_fact f on f.district = 'district-' || n % $1
cross join lateral (select abs(hashtext(n || f.proposal_id)) % 100 as of_100) h
"""
ALL_TAKEN = """
insert into log.checkpoint (follower, district, position)
select f, district, position from log.head, unnest(array['evaluation', 'evaluation.reactions']) f
on conflict (district, follower) do update set position = excluded.position
"""


class FiguresDiffer(Exception):
    """The overview does not say what the pages of a district say."""


@dataclass(frozen=True)
class Asked:
    """What the asks came to, and how long the city took to be computed for the first time."""

    districts: int
    cases: int
    p50_ms: float
    p99_ms: float
    p99_while_changing_ms: float
    changes: int
    kilobytes: float
    first_seconds: float


async def measure(
    database_url: str, *, districts: int = DISTRICTS, samples: int = SAMPLES, asks: int = ASKS
) -> Asked:
    """Fill a migrated database that is empty, run evaluation as a process, and ask it over HTTP.

    The rows of the samples come from events by the product's own rules; those of the other
    districts are copies of them with other days and ratings, so that no two rank alike.
    """
    await _fill(database_url, districts, samples)
    key = new_key()
    async with _evaluation(database_url, districts, public_part(key)) as client:
        client.headers["authorization"] = f"Bearer {_token(key)}"
        began = time.perf_counter()
        overview = await _all_computed(client, districts)
        first_seconds = time.perf_counter() - began
        await _compare(client, overview, [0, samples - 1, samples, districts // 2, districts - 1])
        quiet = await _ask(client, asks)
        changing = asyncio.create_task(_change(client, districts))
        busy = await _ask(client, asks)
        changing.cancel()
        changes = await changing
        size = len((await client.get(OVERVIEW)).content) / 1024
    return Asked(
        districts=len(overview.lines),
        cases=overview.total,
        p50_ms=round(percentile_ms(quiet, 0.5), 1),
        p99_ms=round(percentile_ms(quiet, 0.99), 1),
        p99_while_changing_ms=round(percentile_ms(busy, 0.99), 1),
        changes=changes,
        kilobytes=round(size),
        first_seconds=round(first_seconds, 1),
    )


async def _fill(database_url: str, districts: int, samples: int) -> None:
    life = len(list(life_of_a_case()))
    connection = await asyncpg.connect(database_url)
    await fill(connection, samples, samples * CASES * life, wave=CASES)
    await connection.close()
    async with asyncpg.create_pool(database_url, min_size=1, max_size=2) as pool:
        await rebuild(database_url, Plan(SCORES, REFERENCE), lambda _done, _total: None)
        for statement in (COPY_CASES, COPY_ASSIGNMENTS):
            await pool.execute(statement, samples, districts)
        log = EventLog(pool)
        adopting = (
            _adopt(log, f"district-{number}", RULEBOOKS[number % 10 == 0])
            for number in range(districts)
        )
        await asyncio.gather(*adopting)
        await pool.execute(ALL_TAKEN)
        await pool.execute("vacuum analyze")


async def _adopt(log: EventLog, district: str, rulebook: str) -> None:
    text = shipped("rulebooks", f"{rulebook}.toml").read_text(encoding="utf-8")
    event = RulebookAdopted(year=2024, rulebook_id=rulebook, version=1, sha256="0" * 64, text=text)
    of_district = circumstances(event, district)
    written = new_event(event, event_id=uuid4(), version=1, circumstances=of_district)
    await log.append(district, [Write([written])])


@asynccontextmanager
async def _evaluation(
    database_url: str, districts: int, public_key: str
) -> AsyncIterator[httpx.AsyncClient]:
    """The service as it runs for people, without NATS: it reads the log itself."""
    (port,) = free_ports(1)
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="tian-city-") as name:
        folder = Path(name)
        for number in range(districts):
            (folder / f"{number:04}.toml").write_text(
                f'code = "district-{number}"\nname = "第{number}区"\nname_en = "District {number}"\n'
                "units = []\n",
                encoding="utf-8",
            )
        environment = {
            "DATABASE_URL": database_url,
            "NATS_URL": "nats://127.0.0.1:1",
            "TIAN_PUBLIC_KEY": public_key,
            "TIAN_DISTRICTS": str(folder),
            "TIAN_CALENDAR": str(shipped("calendars", "china.toml")),
            "TIAN_RULEBOOKS": str(shipped("rulebooks")),
            "EVALUATION_PORT": str(port),
        }
        part = Supervised(_program(url, folder / "log", environment), print)
        try:
            await part.start()
            async with httpx.AsyncClient(base_url=url, timeout=60.0, trust_env=False) as client:
                yield client
        finally:
            await part.stop()


def _program(url: str, log: Path, environment: dict[str, str]) -> Program:
    async def is_ready() -> bool:
        return await answers(url)

    return Program(
        name="评价服务",
        name_en="The evaluation service",
        command=(sys.executable, "-m", "evaluation"),
        log=log,
        ready=is_ready,
        environment=environment,
    )


def _token(key: str) -> str:
    role = ActorRole.SUPERVISION
    actor = Actor(subject="city", name="市督查室", role=role, district=ALL_DISTRICTS)
    return issue_token(actor, key, at=system_clock(), valid=timedelta(hours=4))


async def _all_computed(client: httpx.AsyncClient, districts: int) -> CityOverview:
    while True:
        overview = await _overview(client)
        if len(overview.lines) == districts and not overview.behind:
            return overview
        await asyncio.sleep(POLL_SECONDS)


async def _overview(client: httpx.AsyncClient) -> CityOverview:
    answer = await client.get(OVERVIEW)
    answer.raise_for_status()
    return CityOverview.model_validate_json(answer.content)


async def _compare(client: httpx.AsyncClient, overview: CityOverview, numbers: list[int]) -> None:
    """Raises FiguresDiffer unless the lines of these districts say what their figures say."""
    lines = {line.district: line for line in overview.lines}
    for number in numbers:
        answer = await client.get(f"/districts/district-{number}/years/2024/figures")
        figures = Figures.model_validate_json(answer.content)
        line = lines[figures.district]
        told = {rate.id: (rate.numerator, rate.denominator) for rate in figures.rates}
        shown = {name: (e.numerator, e.denominator) for name, e in line.standings.items()}
        shown.pop("score", None)
        if (shown, line.total, line.position) != (told, figures.total, figures.position):
            raise FiguresDiffer(line, told)


async def _ask(client: httpx.AsyncClient, asks: int) -> list[float]:
    latencies: list[float] = []
    for _ in range(asks):
        began = time.perf_counter()
        answer = await client.get(OVERVIEW)
        latencies.append(time.perf_counter() - began)
        answer.raise_for_status()
    return sorted(latencies)


async def _change(client: httpx.AsyncClient, districts: int) -> int:
    """Record something in one district after the other, until cancelled; returns how often."""
    changes = 0
    with suppress(asyncio.CancelledError):
        while True:
            claim = {"year": 2024, "figure": "score", "claimed": str(changes), "source": "总结"}
            path = f"/districts/district-{changes * 7 % districts}/commands/claim-figure"
            (await client.post(path, json=claim)).raise_for_status()
            changes += 1
            await asyncio.sleep(SECONDS_BETWEEN_CHANGES)
    return changes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database-url", required=True)
    parser.add_argument("--districts", type=int, default=DISTRICTS)
    parser.add_argument("--asks", type=int, default=ASKS)
    told = parser.parse_args()
    asked = asyncio.run(measure(told.database_url, districts=told.districts, asks=told.asks))
    json.dump(asdict(asked), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
