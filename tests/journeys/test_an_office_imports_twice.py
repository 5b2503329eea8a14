"""An office imports its ledger in May with blanks and again in August: the year is the year at once."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import ROOT, SAMPLE, Town, town_of
from tests.journeys.ledgers import changed_ledger

MEETINGS = ("办前见面", "办中见面", "办后见面")
LETTER = ("答复日期", "文号", "办理结果类别", "公开属性")
RATING = ("满意度", "评价日期")
BLANK_IN_MAY = {
    "20240104": RATING,
    "20240105": (*LETTER, *RATING, "办后见面"),
    "20249001": ("重点", "签收日期", *MEETINGS, *LETTER, *RATING),
    "20249002": LETTER[1:],
    "20249003": ("签收日期", *MEETINGS, *LETTER, *RATING),
    "20249004": ("会办意见日期",),
}
BLANK_IN_JUNE = {"20249001": (*MEETINGS, *LETTER[1:], *RATING), "20249003": RATING}
OF_THE_LOG = {"positions", "position", "shown", "district"}


def with_blanks(blanks: dict[str, tuple[str, ...]]) -> bytes:
    return changed_ledger(SAMPLE, {row: dict.fromkeys(names, "") for row, names in blanks.items()})


@pytest.fixture
async def towns(
    database: str, nats_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Town, Town]]:
    """One district that imports at once, and one of the same units that imports as it knows more."""
    directory = (ROOT / "deploy/districts/longgang.toml").read_text(encoding="utf-8")
    for code in ("longgang", "growing"):
        named = directory.replace('code = "longgang"', f'code = "{code}"')
        (tmp_path / f"{code}.toml").write_text(named, encoding="utf-8")
    async with town_of(database, nats_url, tmp_path) as town:
        yield town, replace(town, district="growing")


def without_positions(found: Any) -> Any:
    """What is said, without where in the log it is said."""
    match found:
        case dict():
            return {
                key: without_positions(value)
                for key, value in found.items()
                if key not in OF_THE_LOG
            }
        case list():
            return [without_positions(each) for each in found]
        case _:
            return found


def by_id(figures: dict[str, Any], rate: str) -> tuple[int, int]:
    found = next(each for each in figures["rates"] if each["id"] == rate)
    return found["numerator"], found["denominator"]


async def told_by(town: Town) -> dict[str, Any]:
    """Every figure of the year, who held its cases, and each case with its days."""
    await town.settle()
    told = {
        page: without_positions(await town.ask("evaluation", f"/years/2024/{page}"))
        for page in ("figures", "holdings", "insights")
    }
    for number in BLANK_IN_MAY:
        case = await town.ask("assignment", f"/cases/{number}")
        for part in case["assignments"]:
            part["contacts"].sort(key=lambda each: each["contacted_on"])
        told[number] = without_positions(case)
    return told


async def test_a_ledger_that_grows_comes_to_the_year_at_once(towns: tuple[Town, Town]) -> None:
    at_once, growing = towns
    for town in towns:
        await town.adopt_rulebook()
    await at_once.import_ledger(SAMPLE.read_bytes())

    may = await growing.import_ledger(with_blanks(BLANK_IN_MAY))
    assert (may["new_rows"], may["continued_rows"], may["filled"]) == (33, 0, [])
    in_may = await growing.figures()
    assert by_id(in_may, "reply_rate") == (2, 5)
    assert by_id(in_may, "satisfaction_rate")[0] < 2
    june = await growing.import_ledger(with_blanks(BLANK_IN_JUNE))
    assert (june["new_rows"], june["continued_rows"], june["unchanged_rows"]) == (0, 6, 27)
    await growing.settle()
    checked = await growing.import_ledger(SAMPLE.read_bytes(), check=True)
    assert (checked["continued_rows"], checked["written"]) == (2, False)
    august = await growing.import_ledger(SAMPLE.read_bytes())

    assert (august["continued_rows"], august["unchanged_rows"], august["written"]) == (2, 31, True)
    filled = {each["heading"]: each["rows"] for each in august["filled"]}
    assert filled == dict.fromkeys(
        ("办前", "办中", "办后", "文号", "办理结果类别", "公开属性"), 1
    ) | {"满意度": 2, "评价日期": 2}
    assert await told_by(growing) == await told_by(at_once)
    progress = await growing.ask("intake", "/log")
    assert progress["dead_letters"] == []


async def test_what_a_later_ledger_may_not_change_is_said_and_nothing_is_written(
    town: Town,
) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(with_blanks(BLANK_IN_MAY))
    both = {"20240105": {"答复日期": "2024-05-27", "签收日期": "2024-03-12"}}
    report = await town.import_ledger(changed_ledger(SAMPLE, both))
    assert (report["different_rows"], report["written"]) == (1, False)
    (problem,) = [one for one in report["problems"] if one["code"] == "differs_from_log"]
    assert "签收已登记为“2024-03-11”，这次为“2024-03-12”" in problem["message"]
    assert "答复日期" not in problem["message"]
