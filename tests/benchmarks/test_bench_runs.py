"""The benchmark runs: every contestant of ours gives figures and loses nothing. Nothing is timed here."""

from pathlib import Path

import asyncpg
import pytest

from tests.benchmarks import city, ours
from tests.benchmarks.contestants import OURS
from tests.benchmarks.measuring import Contestant, Place, Result, Sample
from tests.benchmarks.raw import RAW
from tests.benchmarks.reporting import Report, write_report
from tests.benchmarks.running import Plan, run_all

FULL = 3_000
PLAN = Plan(seconds=0.2, rounds=2)


@pytest.fixture
def place(postgres_url: str, tmp_path: Path) -> Place:
    return Place(postgres_url, tmp_path, FULL)


async def test_what_tian_acknowledges_in_the_benchmark_is_in_its_log(place: Place) -> None:
    results, absent = await run_all(place, OURS, PLAN)
    assert absent == {}
    assert [len(result.samples) for result in results] == [2, 2, 2]
    before = {ours.ONE: 0, ours.MANY: 0, ours.FULL: FULL}
    for result, (database, filled) in zip(results, before.items(), strict=True):
        acknowledged = sum(sample.events for sample in result.samples)
        connection = await asyncpg.connect(place.url(database))
        recorded = await connection.fetchval("select count(*) from log.event")
        gaps = await connection.fetchval(
            "select count(*) from (select max(position) <> count(*) as gap from log.event"
            " group by district) d where gap"
        )
        await connection.close()
        assert acknowledged > 0
        assert recorded == acknowledged + filled
        assert gaps == 0


async def test_the_full_log_takes_the_next_version_of_a_filled_case(place: Place) -> None:
    await ours.prepare_full(place)
    connection = await asyncpg.connect(place.url(ours.FULL))
    versions = await connection.fetch(
        "select version from log.event where stream = 'case-0000-00000001' order by position"
    )
    await connection.close()
    assert [row["version"] for row in versions] == [1, 2, 3, 4]


async def test_every_district_of_the_benchmark_is_in_the_overview(database: str) -> None:
    found = await city.measure(database, districts=4, samples=2, asks=3)
    assert (found.districts, found.cases) == (4, 4 * city.CASES)


def test_the_page_says_what_was_measured_and_what_fell_short(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    results = [_result(RAW, 1000), _result(OURS[0], 1100), _result(OURS[1], 1200)]
    report = Report(results, {"emmett": "no node"}, PLAN, FULL, "PostgreSQL", {}, "2026-11-23", 0.3)
    write_report(report, tmp_path)
    page = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert "| 一个区 ÷ 最快的 pgbench / one district ÷ fastest pgbench | 1.10 | ≥ 1.2 | ✗ |" in page
    assert "| 一千个区 ÷ 一个区 / 1,000 districts ÷ one | 1.09 | ≥ 1.0 | ✓ |" in page
    assert "| 已满 ÷ 空日志 / full log ÷ empty log | — | ≥ 0.9 | — |" in page
    assert "- emmett: no node" in page
    assert "load when it began 0.3" in page
    assert "1,200" in (tmp_path / "pictures/benchmarks.svg").read_text(encoding="utf-8")


def _result(contestant: Contestant, rate: int) -> Result:
    return Result(contestant, 64, [Sample(rate, 1.0, 1.0, 2.0)])
