"""A case number is one proposal's: who files is told by which, and a wrong one is corrected."""

from typing import Any

import pytest

from tests.journeys.conftest import SAMPLE, Town
from tests.journeys.ledgers import changed_ledger

HELD, RIGHT = "20240104", "20240140"
OURS, THEIRS = "关于整治飞线充电的建议", "关于错峰放学的建议"
WHY = "末两位写颠倒，以审查表为准"


@pytest.fixture
async def filed(town: Town) -> Town:
    """A proposal that was filed here under a number that the sample ledger has too."""
    await town.adopt_rulebook()
    for proposal_id, title in (("p-1", OURS), ("p-2", THEIRS)):
        known = {"proposal_id": proposal_id, "year": 2024, "title": title}
        body = known | {"form": "individual", "proposers": ["委员甲"]}
        await town.done("intake", "receive-proposal", body)
    await town.done("intake", "file-proposal", {"proposal_id": "p-1", "number": HELD})
    return town


async def test_whoever_files_under_it_again_is_told_which_proposal_has_it(filed: Town) -> None:
    again = {"proposal_id": "p-2", "number": HELD}
    answer = await filed.give("intake", "file-proposal", again)
    assert (answer.status_code, answer.json()["title"]) == (409, "CaseNumberTaken")
    assert answer.json()["detail"].startswith(
        f"案号{HELD}在2024年度已用于《关于整治飞线充电的建议》"
    )


async def test_a_ledger_with_a_row_of_that_number_is_not_begun(filed: Town) -> None:
    before = await filed.ask("intake", "/log")
    checked = await filed.import_ledger(SAMPLE.read_bytes(), check=True)
    report = await filed.import_ledger(SAMPLE.read_bytes())
    for each in (checked, report):
        (error,) = [one for one in each["problems"] if one["severity"] == "error"]
        assert error["code"] == "number_taken"
        assert "已用于《关于整治飞线充电的建议》" in error["message"]
        assert (each["new_rows"], each["different_rows"], each["written"]) == (32, 1, False)
    assert (await filed.ask("intake", "/log"))["head"] == before["head"]

    skipping = await filed.import_ledger(SAMPLE.read_bytes(), skip_bad=True)
    assert (skipping["new_rows"], skipping["written"]) == (32, True)


async def correct(town: Town, proposal_id: str, number: str) -> tuple[int, str]:
    body = {"proposal_id": proposal_id, "number": number, "reason": WHY}
    answer = await town.give("intake", "correct-case-number", body)
    await town.settle()
    return answer.status_code, answer.json().get("detail", "")


async def numbers(town: Town, proposal_id: str, asked: str = "") -> list[str]:
    """What each service calls the case."""
    of_intake = await town.ask("intake", f"/proposals/{proposal_id}{asked}")
    of_assignment = await town.ask("assignment", f"/cases/{proposal_id}{asked}")
    of_evaluation = await town.ask("evaluation", f"/cases/{proposal_id}/holding{asked}")
    return [each["number"] for each in (of_intake, of_assignment, of_evaluation)]


async def test_a_wrong_number_is_corrected_everywhere_and_then_belongs_to_who_was_meant(
    filed: Town,
) -> None:
    await filed.settle()
    before = (await filed.ask("intake", "/log"))["head"]
    assert await correct(filed, "p-1", RIGHT) == (200, "")
    assert await numbers(filed, "p-1") == [RIGHT] * 3
    assert await numbers(filed, "p-1", f"?as_of={before}") == [HELD] * 3

    await filed.done("intake", "file-proposal", {"proposal_id": "p-2", "number": HELD})
    status, said = await correct(filed, "p-1", HELD)
    assert status == 409
    assert said.startswith(f"案号{HELD}在2024年度已用于《{THEIRS}》")
    assert await numbers(filed, "p-1") == [RIGHT] * 3

    assert await correct(filed, "p-2", "20240141") == (200, "")
    assert await correct(filed, "p-1", HELD) == (200, "")
    assert await numbers(filed, "p-1") == [HELD] * 3


def told(number: str, **cells: str) -> bytes:
    """The sample with the first row under this number, and other cells of it changed."""
    return changed_ledger(SAMPLE, {HELD: {"案号": number, **cells}})


async def test_a_later_ledger_knows_a_case_by_its_corrected_number(town: Town) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(told(HELD, 满意度="", 评价日期=""))
    await town.settle()
    assert await correct(town, HELD, RIGHT) == (200, "")
    assert await numbers(town, HELD) == [RIGHT] * 3

    for continued in (1, 0):
        again = await town.import_ledger(told(RIGHT))
        assert (again["continued_rows"], again["unchanged_rows"]) == (continued, 33 - continued)
        await town.settle()
    (part,) = (await town.ask("assignment", f"/cases/{HELD}"))["assignments"][:1]
    assert part["satisfaction"] == "satisfied"
    old = await town.import_ledger(SAMPLE.read_bytes())
    (error,) = [one for one in old["problems"] if one["severity"] == "error"]
    assert f"已更正为第{RIGHT}号" in error["message"]
    assert (old["unchanged_rows"], old["different_rows"], old["written"]) == (32, 1, False)

    other: dict[str, Any] = {"案由": "关于增设夜间公交的建议", "提案人": "委员乙"}
    for new, unchanged in ((1, 32), (0, 33)):
        report = await town.import_ledger(told(HELD, **other))
        assert (report["new_rows"], report["unchanged_rows"]) == (new, unchanged)
    await town.settle()
    assert await numbers(town, f"{HELD}.2") == [HELD] * 3
    assert (await town.ask("intake", "/log"))["dead_letters"] == []
