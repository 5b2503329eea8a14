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


async def handed_down_and_dispatched(town: Town, due_on: str) -> None:
    text = RULEBOOK.read_text("utf-8")
    await town.done("evaluation", "adopt-rulebook", {"year": 2024, "text": text})
    answer = await town.intake.post(
        "/districts/longgang/years/2024/handed-down",
        files={"file": ("市交办清单.csv", FROM_ABOVE.encode())},
        headers=town.as_(),
    )
    assert answer.json()["new_rows"] == 1, answer.text
    await town.settle()
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
