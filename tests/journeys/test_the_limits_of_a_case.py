"""Limits through the front door: what is shown before a command is what the command comes to."""

from typing import Any

import httpx

from contracts.vocabulary import ActorRole
from tests.journeys.conftest import ROOT, Town

UNIT = "龙岗区教育局"
PART = {"proposal_id": "20240057", "unit": UNIT}
RULEBOOK = ROOT / "deploy/rulebooks/baoji.toml"
FROM_ABOVE = f"""案号,案由,提案人,提案形式,独办单位,交办日期,答复期限
20240057,关于试办的建议,虚构委员,个人,{UNIT},2024-03-08,2024-05-10
"""


async def adopted(town: Town, text: str) -> None:
    await town.done("evaluation", "adopt-rulebook", {"year": 2024, "text": text})


async def listed_above(town: Town, text: str = FROM_ABOVE) -> None:
    answer = await town.intake.post(
        "/districts/longgang/years/2024/handed-down",
        files={"file": ("市交办清单.csv", text.encode())},
        headers=town.as_(),
    )
    assert answer.json()["new_rows"] == 1, answer.text
    await town.settle()


async def handed_down_and_dispatched(town: Town, due_on: str) -> None:
    await adopted(town, RULEBOOK.read_text("utf-8"))
    await listed_above(town)
    share = {"unit": UNIT, "role": "sole", "due_on": due_on}
    body = {"proposal_id": "20240057", "assignments": [share], "dispatched_on": "2024-03-12"}
    await town.done("assignment", "dispatch-case", body)


async def by_the_unit(town: Town, command: str, **told: Any) -> None:
    await town.done("assignment", command, PART | told, role=ActorRole.UNIT, unit=UNIT)


async def foreseen(town: Town, command: str, day: str) -> httpx.Response:
    return await town.assignment.get(
        "/districts/longgang/cases/20240057/moved-limit",
        params={"command": command, "unit": UNIT, "day": day},
        headers=town.as_(),
    )


async def due_on(town: Town) -> str:
    case = await town.ask("assignment", "/cases/20240057")
    day: str = case["assignments"][0]["due_on"]
    return day


async def test_the_day_that_is_shown_before_is_the_one_that_is_recorded_under_a_limit_from_above(
    town: Town,
) -> None:
    await handed_down_and_dispatched(town, due_on="2024-04-20")
    await by_the_unit(town, "sign-assignment", signed_on="2024-03-13")
    wish = {"reason": "需论证", "until": "2024-05-20", "requested_on": "2024-03-14"}
    await by_the_unit(town, "request-extension", **wish)
    shown = await foreseen(town, "grant-extension", "2024-05-11")
    assert (shown.status_code, shown.json()["title"]) == (409, "LaterThanTheUpperLevel")

    stopped = PART | {"reason": "待批", "suspended_on": "2024-03-20"}
    await town.done("assignment", "suspend-handling", stopped)
    shown = await foreseen(town, "resume-handling", "2024-05-20")
    assert shown.status_code == 200, shown.text
    await town.done("assignment", "resume-handling", PART | {"resumed_on": "2024-05-20"})
    assert shown.json()["due_on"] == await due_on(town) == "2024-05-10"


async def test_a_unit_that_comes_to_a_case_later_has_the_limit_of_the_origin_of_the_case(
    town: Town,
) -> None:
    """The other limit of the rulebook for the same roles is of two or three months."""
    special = '[[limits.special]]\norigin = "province"\nby = "08-30"\nassumed = true\n'
    text = RULEBOOK.read_text("utf-8")
    await adopted(town, text.replace("[[limits.special]]", f"{special}\n[[limits.special]]", 1))
    proposal = {"year": 2024, "title": "试办", "form": "individual", "proposers": ["委员甲"]}
    case = {"proposal_id": PART["proposal_id"]}
    await town.done("intake", "receive-proposal", case | proposal)
    await town.done(
        "intake", "file-proposal", case | {"number": "20240057"}, role=ActorRole.COMMITTEE
    )
    share = {"unit": UNIT, "role": "sole"}
    body = case | {"assignments": [share], "origin": "province", "dispatched_on": "2024-03-12"}
    await town.done("assignment", "dispatch-case", body)
    assert await due_on(town) == "2024-08-30"

    other, third = "龙岗区科技创新局", "龙岗区发展和改革局"
    asked = {"reason": "不属本单位职责", "suggested_unit": other, "requested_on": "2024-03-13"}
    await by_the_unit(town, "request-return", **asked)
    given = {"new_unit": other, "granted_on": "2024-03-14"}
    await town.done("assignment", "grant-return", PART | given)
    wished = {"co_unit": third, "reason": "涉及规划", "suggested_on": "2024-03-16"}
    signed = case | {"unit": other, "signed_on": "2024-03-15"}
    await town.done("assignment", "sign-assignment", signed, role=ActorRole.UNIT, unit=other)
    wish = case | {"unit": other} | wished
    await town.done("assignment", "suggest-co-unit", wish, role=ActorRole.UNIT, unit=other)
    added = case | {"unit": other, "co_unit": third, "added_on": "2024-03-18"}
    await town.done("assignment", "add-co-unit", added)
    parts = (await town.ask("assignment", "/cases/20240057"))["assignments"]
    limits = {part["unit"]: part["due_on"] for part in parts if part["state"] != "returned"}
    assert limits == {other: "2024-08-30", third: "2024-08-30"}


async def test_a_row_of_the_upper_level_that_was_changed_by_mistake_is_put_back(
    town: Town,
) -> None:
    await adopted(town, RULEBOOK.read_text("utf-8"))
    days = ("2024-05-10", "2024-06-30", "2024-05-10")
    for day in days:
        await listed_above(town, FROM_ABOVE.replace(days[0], day))
    heard = (await town.ask("intake", "/proposals/20240057/events"))["events"]
    limits = [
        each["data"]["due_on"]
        for each in heard
        if each["type"].startswith("tian.intake.proposal_handed_down.")
    ]
    assert limits == list(days)
