"""Somebody brings a receipt back: the log is asked again, over HTTP and in the shell, and says what differs."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from contracts.receipt import read_receipt
from contracts.recomputing import Recomputed
from contracts.reports import Report
from contracts.vocabulary import ActorRole
from tests.journeys.conftest import Town
from tests.journeys.taking_away import TIAN, TakenAway, take_away

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
async def taken(town: Town, database: str, tmp_path: Path) -> TakenAway:
    return await take_away(town, database, tmp_path)


def altered(taken: TakenAway, change: Change) -> bytes:
    document = json.loads(taken.file.read_bytes())
    change(document)
    return json.dumps(document, ensure_ascii=False).encode()


async def brought_back(town: Town, content: bytes) -> httpx.Response:
    return await town.evaluation.post(
        f"/districts/{town.district}/recompute",
        files={"file": ("receipt.json", content)},
        headers=town.as_(),
    )


async def found(town: Town, content: bytes) -> Recomputed:
    answer = await brought_back(town, content)
    assert answer.status_code == 200, answer.text
    return Recomputed.model_validate_json(answer.content)


def in_the_shell(taken: TakenAway, database: str) -> subprocess.CompletedProcess[str]:
    """The command with the database at hand, and no bundle."""
    return subprocess.run(
        [TIAN, "recompute", taken.file, "--key", taken.key],
        env={
            "PATH": os.environ["PATH"],
            "TIAN_HOME": str(taken.folder / "nobody"),
            "DATABASE_URL": database,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def flatter(document: dict[str, Any]) -> None:
    document["figures"]["rates"][0]["numerator"] += 1


def another_rulebook(document: dict[str, Any]) -> None:
    document["rulebook"]["sha256"] = "0" * 64


def another_root(document: dict[str, Any]) -> None:
    document["root"] = "f" * 64


def a_shorter_log(document: dict[str, Any]) -> None:
    document["position"] -= 1


def a_longer_log(document: dict[str, Any]) -> None:
    document["position"] = 10_000


def other_rules(document: dict[str, Any]) -> None:
    document["projector"] = "0" * 64


async def test_an_untouched_receipt_agrees_and_an_altered_one_is_told_what_differs(
    town: Town, taken: TakenAway, database: str
) -> None:
    receipt = taken.receipt
    same = await found(town, taken.file.read_bytes())
    assert (same.agrees, same.differences, same.same_rules) == (True, (), True)
    assert (same.root, same.digest) == (receipt.root, receipt.digest)
    assert same.score == "100"
    shell = in_the_shell(taken, database)
    assert shell.returncode == 0, shell.stdout + shell.stderr
    assert "签名的检查点证明这个根" in shell.stdout

    better = await found(town, altered(taken, flatter))
    assert [each.path for each in better.differences] == [
        "figures.rates.on_time_completion_rate.numerator"
    ]
    assert (better.differences[0].claimed, better.differences[0].computed) == ("34", "33")
    assert better.digest == receipt.digest

    other = await found(town, altered(taken, another_rulebook))
    assert [each.path for each in other.differences] == ["rulebook.sha256"]

    for change in (another_root, a_shorter_log):
        wrong = await found(town, altered(taken, change))
        assert [each.path for each in wrong.differences] == ["root"]
        assert (wrong.agrees, wrong.altered, wrong.digest) == (False, None, "")

    longer = await brought_back(town, altered(taken, a_longer_log))
    assert longer.status_code == 409
    assert "凭据截至日志第 10000 条" in longer.json()["detail"]

    newer = await found(town, altered(taken, other_rules))
    assert (newer.agrees, newer.same_rules) == (True, False)
    elsewhere = await brought_back(town, altered(taken, lambda d: d.update(district="longhua")))
    assert elsewhere.json()["title"] == "OfAnotherDistrict"
    nothing = await brought_back(town, b"{}")
    assert nothing.json()["title"] == "NotAReceipt"


async def test_the_first_event_that_was_altered_in_the_database_is_named(
    town: Town, taken: TakenAway, database: str
) -> None:
    receipt = taken.receipt
    connection = await asyncpg.connect(database)
    try:
        position = await connection.fetchval(
            "select min(position) from log.event where type = 'tian.assignment.reply_issued.v1'"
        )
        async with connection.transaction():
            await connection.execute("set local session_replication_role = replica")
            await connection.execute(
                "update log.event set body = convert_to(replace(convert_from(body, 'UTF8'),"
                " '\"issued_on\":\"2024', '\"issued_on\":\"2025'), 'UTF8') where position = $1",
                position,
            )
    finally:
        await connection.close()
    wrong = await found(town, receipt.canonical)
    assert wrong.altered is not None
    assert (wrong.agrees, wrong.altered.position) == (False, position)
    shell = in_the_shell(taken, database)
    assert shell.returncode == 1, shell.stdout + shell.stderr
    assert f"第一条不同的是第 {position} 条" in shell.stdout


async def test_the_reports_of_the_sample_year_agree_with_its_figures(
    town: Town, taken: TakenAway
) -> None:
    figures = read_receipt(taken.file.read_bytes()).figures

    async def report(name: str) -> Report:
        document = await town.ask("evaluation", f"/years/2024/reports/{name}")
        return Report.model_validate(document)

    progress, feedback = await report("progress"), await report("feedback")
    roles = {each.label: each.count for each in figures.by_role}
    for row in progress.rows:
        cases = {line.proposal_id for line in progress.lines if line.group == row.group}
        assert len(cases) == roles[row.group]
    satisfied = next(each for each in figures.rates if each.id == "satisfaction_rate")
    assert [row.counts[-1] for row in feedback.rows] == [satisfied.numerator, 0, 0]
    path = f"/districts/{town.district}/years/2024/reports/by-unit/workbook.xlsx"
    answer = await town.evaluation.get(path, headers=town.as_())
    assert answer.content.startswith(b"PK")
    day = (await report("by-unit")).day
    offline = taken.tian(
        "reports",
        town.district,
        "2024",
        "--bundle",
        taken.bundle,
        "--day",
        day,
        "--out",
        taken.folder,
    )
    assert offline.returncode == 0, offline.stdout + offline.stderr
    [file] = taken.folder.glob("*-by-unit-*.xlsx")
    assert file.read_bytes() == answer.content
    for role in (ActorRole.UNIT, ActorRole.PROPOSER):
        nosy = await town.evaluation.get(path, headers=town.as_(role, unit="龙岗区教育局"))
        assert nosy.status_code == 403
    missing = await town.evaluation.get(
        f"/districts/{town.district}/years/2024/reports/by-weather", headers=town.as_()
    )
    assert missing.json()["title"] == "NoSuchReport"
