"""A city dispatches to a district of the same installation: one case in each, linked, and one answer."""

import shutil
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from python_calamine import CalamineWorkbook

from contracts.vocabulary import ActorRole
from tests.journeys.conftest import ROOT, RULEBOOK, Town, town_of

CITY, TAKES_PART, STAYS_OUT = "shenzhen", "longgang", "yantian"
UNIT, BUREAU, CITY_BUREAU = "龙岗区人民政府", "龙岗区教育局", "深圳市交通运输局"
IN_CITY, IN_DISTRICT = {"proposal_id": "p-57"}, {"proposal_id": "20240057"}
TITLE = "关于跨区共建少年宫的建议"
ANSWER = {
    "document_number": "深龙函〔2024〕7号",
    "result_class": "A",
    "openness": "public",
    "contact_person": "李工",
}


@pytest.fixture
async def city(database: str, nats_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A town with a city above two districts, of which one agreed to take cases from it."""
    folder = tmp_path / "districts"
    folder.mkdir()
    for name in (f"cities/{CITY}", TAKES_PART, STAYS_OUT):
        shutil.copy(ROOT / f"deploy/districts/{name}.toml", folder)
    file = folder / f"{TAKES_PART}.toml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace('# takes_from = ["shenzhen"]', 'takes_from = ["shenzhen"]'), "utf-8"
    )
    async with town_of(database, nats_url, folder) as opened:
        yield opened


async def settle(town: Town) -> dict[str, int]:
    """Wait until nothing passes between the levels any more; returns the length of each log."""
    before: dict[str, int] = {}
    while True:
        heads = {}
        for district in (CITY, TAKES_PART, STAYS_OUT):
            town.district = district
            await town.settle()
            heads[district] = (await town.ask("intake", "/log"))["head"]
        if heads == before:
            return heads
        before = heads


async def at(town: Town, district: str, service: str, command: str, **body: Any) -> None:
    town.district = district
    role = body.pop("role", ActorRole.SUPERVISION)
    answer = await town.give(
        service, command, body, town.as_(role, unit=body.get("unit"), name="委员甲")
    )
    assert answer.status_code == 200, answer.text
    await settle(town)


async def handed_down(town: Town, role: str = "lead") -> None:
    text = RULEBOOK.read_text("utf-8")
    for district in (CITY, TAKES_PART):
        await at(town, district, "evaluation", "adopt-rulebook", year=2024, text=text)
    proposal = {"year": 2024, "title": TITLE, "form": "joint", "proposers": ["委员甲", "委员乙"]}
    await at(town, CITY, "intake", "receive-proposal", **IN_CITY, **proposal)
    numbered = {"number": "20240057", "category": "social"}
    await at(town, CITY, "intake", "file-proposal", **IN_CITY, **numbered)
    others = {"lead": "co", "co": "lead"}
    shares = [
        {"unit": UNIT, "role": role, "due_on": "2024-05-10"},
        {"unit": "深圳市教育局", "role": others[role], "due_on": "2024-05-20"},
        {"unit": "盐田区人民政府", "role": "co", "due_on": "2024-05-10"},
    ]
    body = {"assignments": shares, "dispatched_on": "2024-03-08"}
    await at(town, CITY, "assignment", "dispatch-case", **IN_CITY, **body)


async def dispatched_below(town: Town, **share: Any) -> None:
    shares = [{"unit": BUREAU, "role": "sole"} | share]
    body = {"assignments": shares, "dispatched_on": "2024-03-12"}
    await at(town, TAKES_PART, "assignment", "dispatch-case", **IN_DISTRICT, **body)


async def passes_to(town: Town, unit: str, new_unit: str, granted_on: str) -> None:
    """In the city one unit is released from its part, and another one gets it."""
    part = {**IN_CITY, "unit": unit}
    asked = {"reason": "不属于本单位职责", "suggested_unit": new_unit, "requested_on": granted_on}
    await at(town, CITY, "assignment", "request-return", **part, **asked, role=ActorRole.UNIT)
    granted = {"new_unit": new_unit, "granted_on": granted_on, "due_on": "2024-05-10"}
    await at(town, CITY, "assignment", "grant-return", **part, **granted)


async def is_taken_back_and_handed_down_again(town: Town) -> None:
    for unit, new_unit, state, waiting in (
        (UNIT, CITY_BUREAU, "withdrawn", 0),
        (CITY_BUREAU, UNIT, "filed", 1),
    ):
        await passes_to(town, unit, new_unit, granted_on="2024-03-10")
        town.district = TAKES_PART
        assert (await town.ask("intake", "/proposals/20240057"))["state"] == state
        listed = await town.ask("assignment", "/years/2024/awaiting-dispatch")
        assert len(listed["cases"]) == waiting


async def is_not_rated_below(town: Town) -> None:
    town.district = TAKES_PART
    here = IN_DISTRICT | {"unit": BUREAU, "satisfaction": "satisfied", "rated_on": "2024-06-01"}
    form = {"by_proxy": True, "scan": "意见表.pdf"}
    refused = await town.give(
        "evaluation", "rate-reply", here | form, town.as_(ActorRole.COMMITTEE)
    )
    assert refused.json()["title"] == "RatedAbove"


async def part_of(town: Town, district: str, proposal_id: str, unit: str) -> dict[str, Any]:
    town.district = district
    case = await town.ask("assignment", f"/cases/{proposal_id}")
    part: dict[str, Any] = next(one for one in case["assignments"] if one["unit"] == unit)
    return part


async def rate_of(town: Town, district: str, name: str) -> dict[str, Any]:
    town.district = district
    figures = await town.ask("evaluation", "/years/2024/figures")
    rate: dict[str, Any] = next(one for one in figures["rates"] if one["id"] == name)
    return rate


async def file_at(town: Town, district: str, path: str) -> bytes:
    answer = await town.assignment.get(f"/districts/{district}{path}", headers=_as(town, district))
    assert answer.status_code == 200, answer.text
    return answer.content


async def list_taken_over(town: Town) -> dict[str, Any]:
    """The city's list of what the district has, taken over there."""
    listed = await file_at(town, CITY, f"/years/2024/dispatch-notice.xlsx?unit={UNIT}")
    town.district = TAKES_PART
    answer = await town.intake.post(
        f"/districts/{TAKES_PART}/years/2024/handed-down",
        files={"file": ("市交办清单.xlsx", listed)},
        headers=town.as_(),
    )
    assert answer.status_code == 200, answer.text
    report: dict[str, Any] = answer.json()
    return report


def _as(town: Town, district: str) -> dict[str, str]:
    town.district = district
    return town.as_()


async def test_a_case_goes_down_once_comes_back_up_answered_and_ends_below_when_it_ends_above(
    city: Town, database: str
) -> None:
    await handed_down(city)
    city.district = TAKES_PART
    (waiting,) = (await city.ask("assignment", "/years/2024/awaiting-dispatch"))["cases"]
    above = waiting["handed_down"]
    assert (waiting["number"], waiting["title"], waiting["proposers"]) == (
        "20240057",
        TITLE,
        ["委员甲", "委员乙"],
    )
    assert (above["upper"], above["upper_proposal_id"], above["due_on"]) == (
        CITY,
        "p-57",
        "2024-05-10",
    )
    assert (await part_of(city, CITY, "p-57", UNIT))["lower_proposal_id"] == "20240057"
    city.district = TAKES_PART
    assert (await city.ask("intake", "/proposals/20240057"))["category"] == "social"

    report = await list_taken_over(city)
    assert report["unchanged_rows"] == 1
    assert [each["code"] for each in report["problems"]] == ["columns_not_read"]

    await is_taken_back_and_handed_down_again(city)
    late = {"assignments": [{"unit": BUREAU, "role": "sole", "due_on": "2024-06-30"}]}
    refused = await city.give(
        "assignment", "dispatch-case", IN_DISTRICT | late | {"dispatched_on": "2024-03-12"}
    )
    assert refused.json()["title"] == "LaterThanTheUpperLevel"
    await dispatched_below(city)
    part = await part_of(city, TAKES_PART, "20240057", BUREAU)
    assert (part["due_on"], part["due_rule"]) == ("2024-05-10", "upper-level")
    assert (await part_of(city, CITY, "p-57", UNIT))["signed_on"] == "2024-03-12"

    by_unit: dict[str, Any] = {**IN_DISTRICT, "unit": BUREAU, "role": ActorRole.UNIT}
    await at(city, TAKES_PART, "assignment", "sign-assignment", **by_unit, signed_on="2024-03-13")
    contact = {"stage": "before", "manner": "visit", "contacted_on": "2024-03-20"}
    await at(city, TAKES_PART, "assignment", "record-contact", **by_unit, **contact)
    await at(
        city, TAKES_PART, "assignment", "issue-reply", **by_unit, **ANSWER, issued_on="2024-04-30"
    )
    told = await part_of(city, CITY, "p-57", UNIT)
    assert (told["state"], told["replied_on"], told["document_number"]) == (
        "replied",
        "2024-04-30",
        ANSWER["document_number"],
    )
    rows = _rows(await file_at(city, TAKES_PART, "/years/2024/upper-report.xlsx"))
    assert [(row["案号"], row["答复日期"], row["文号"], row["区内办理单位"]) for row in rows] == [
        ("20240057", "2024-04-30", ANSWER["document_number"], BUREAU)
    ]

    await is_not_rated_below(city)
    rating = IN_CITY | {"unit": UNIT, "satisfaction": "dissatisfied", "rated_on": "2024-06-01"}
    await at(city, CITY, "evaluation", "rate-reply", **rating, role=ActorRole.PROPOSER)
    again = await part_of(city, TAKES_PART, "20240057", BUREAU)
    assert (again["state"], again["handling_round"]) == ("rehandling", 2)
    assert again["satisfaction"] == "dissatisfied"
    satisfaction = await rate_of(city, TAKES_PART, "satisfaction_rate")
    assert (satisfaction["numerator"], satisfaction["denominator"]) == (0, 1)

    heads = await settle(city)
    assert heads[STAYS_OUT] == 0, "a district that agreed to nothing has nothing in its log"
    await heard_all_again(database)
    assert await settle(city) == heads
    assert await _heard(database) == {code: head for code, head in heads.items() if head}

    withdrawn = IN_CITY | {"reason": "已另行解决"}
    await at(city, CITY, "intake", "withdraw-proposal", **withdrawn, role=ActorRole.COMMITTEE)
    city.district = TAKES_PART
    below = await city.ask("intake", "/proposals/20240057")
    assert (below["state"], below["note"]) == ("withdrawn", "上级收回：撤案：已另行解决")
    assert (await city.ask("assignment", "/cases/20240057"))["ended_reason"] == below["note"]


async def _heard(database: str) -> dict[str, int]:
    """How far every service has reacted in each district; of several the one that is last."""
    connection = await asyncpg.connect(database)
    rows = await connection.fetch(
        "select district, min(position) as heard from log.checkpoint"
        " where follower in ('intake.reactions', 'assignment.reactions', 'evaluation.reactions')"
        " group by district"
    )
    await connection.close()
    return {row["district"]: row["heard"] for row in rows}


async def heard_all_again(database: str) -> None:
    """Let every service react to every event once more."""
    connection = await asyncpg.connect(database)
    await connection.execute(
        "update log.checkpoint set position = 0 where follower like '%.reactions'"
    )
    await connection.close()


def _rows(content: bytes) -> list[dict[str, Any]]:
    head, *rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


async def test_a_district_that_joins_gives_the_opinion_of_its_units(
    city: Town,
) -> None:
    await handed_down(city, role="co")
    await dispatched_below(city, role="co")
    part = await part_of(city, TAKES_PART, "20240057", BUREAU)
    assert (part["lead_unit"], part["due_on"] <= "2024-05-10") == ("深圳市教育局", True)
    by_unit: dict[str, Any] = {**IN_DISTRICT, "unit": BUREAU, "role": ActorRole.UNIT}
    await at(city, TAKES_PART, "assignment", "sign-assignment", **by_unit, signed_on="2024-03-13")
    longer = {"until": "2024-06-30", "reason": "须征求意见", "requested_on": "2024-03-20"}
    await at(city, TAKES_PART, "assignment", "request-extension", **by_unit, **longer)
    told = IN_DISTRICT | {"unit": BUREAU, "granted_on": "2024-03-21", "due_on": "2024-05-11"}
    city.district = TAKES_PART
    refused = await city.give("assignment", "grant-extension", told, city.as_())
    assert refused.json()["title"] == "LaterThanTheUpperLevel"
    opinion = {"given_on": "2024-04-01", "opinion": "建议纳入规划"}
    await at(city, TAKES_PART, "assignment", "give-co-opinion", **by_unit, **opinion)
    joined = await part_of(city, CITY, "p-57", UNIT)
    assert (joined["state"], joined["opinion"]) == ("closed", f"{BUREAU}：建议纳入规划")
