"""Many cases dispatched from one page: how a row is read, and a long batch that goes on by itself."""

import json
import re
from html import unescape
from typing import Any

import httpx
import pytest

from console.endpoints.awaiting import Directory, Typed, UnitEntry, row_of
from console.endpoints.dispatching import ROWS_AT_ONCE
from contracts.vocabulary import ActorRole
from tests.console.stand_ins import Services, problem
from tests.console.visiting import OVERVIEW, give_token, send_form, words

DISPATCH = f"{OVERVIEW}/dispatch"
DAY = "2024-03-12"
UNITS = Directory(
    units=(
        UnitEntry(name="区教育局"),
        UnitEntry(name="区财政局"),
        UnitEntry(name="深圳市教育局", own=False, aliases=("市教育局",)),
    )
)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def read(**typed: str) -> dict[str, Any]:
    values = {f"{name}-1": value for name, value in typed.items()} | {"dispatched_on": DAY}
    return row_of("1", Typed(values), UNITS)


def roles(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["unit"], each["role"]) for each in row["assignments"]]


@pytest.mark.parametrize(
    ("lead", "co", "expected"),
    [
        ("区教育局", "", [("区教育局", "sole")]),
        ("区教育局", "区财政局", [("区教育局", "lead"), ("区财政局", "co")]),
        ("区教育局、区财政局", "", [("区教育局", "split"), ("区财政局", "split")]),
        ("", "", []),
    ],
)
def test_the_roles_follow_from_who_is_named_where(
    lead: str, co: str, expected: list[tuple[str, str]]
) -> None:
    row = read(lead=lead, co=co)
    assert roles(row) == expected
    assert "lead_unit" not in row


def test_a_lead_outside_the_district_is_named_as_such_and_others_join() -> None:
    row = read(lead="市教育局", co="区教育局，区财政局")
    assert row["lead_unit"] == "市教育局"
    assert roles(row) == [("区教育局", "co"), ("区财政局", "co")]


def test_a_limit_that_is_typed_holds_for_every_unit_of_the_row() -> None:
    row = read(lead="区教育局", co="区财政局", due="2024-05-01")
    assert {each["due_on"] for each in row["assignments"]} == {"2024-05-01"}


def a_service_that_dispatches(services: Services, count: int) -> list[dict[str, Any]]:
    """Answers for a year of so many waiting cases; every tenth is refused. Returns what it is given."""
    given: list[dict[str, Any]] = []
    ids = [f"2024{number:04d}" for number in range(count)]

    def dispatch(request: httpx.Request) -> dict[str, Any]:
        rows = json.loads(request.content)["rows"]
        given.extend(rows)
        results = [
            {
                "proposal_id": row["proposal_id"],
                "outcome": "refused" if row["proposal_id"].endswith("0") else "dispatched",
                "detail": "此件未成",
            }
            for row in rows
        ]
        return {"results": results, "position": 7}

    def waiting(_request: httpx.Request) -> dict[str, Any]:
        done = {row["proposal_id"] for row in given if not row["proposal_id"].endswith("0")}
        cases = [
            {"proposal_id": each, "number": each, "title": f"第{each}件"}
            for each in ids
            if each not in done
        ]
        return {"cases": cases, "shown": {"position": 7}}

    services.assignment.answers |= {
        "/districts/longgang/commands/dispatch-cases": dispatch,
        f"{OVERVIEW}/awaiting-dispatch": waiting,
        f"{OVERVIEW}/cases": {"cases": [], "total": 0, "shown": {"position": 7}},
    }
    return given


async def test_a_long_batch_goes_through_in_portions_and_tells_how_far_it_is(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    count = 2 * ROWS_AT_ONCE + 10
    given = a_service_that_dispatches(services, count)
    ids = [f"2024{number:04d}" for number in range(count)]
    form = {f"pick-{each}": "1" for each in ids} | {f"lead-{each}": "区教育局" for each in ids}
    page = await send_form(clerk, DISPATCH, form | {"dispatched_on": DAY, "key": "k"})
    seen = []
    while "正在交办" in words(page):
        seen.append(re.findall(r"已办 (\d+) 件，共 (\d+) 件", words(page))[0])
        left = {name: unescape(value) for name, value in HIDDEN.findall(page.text)}
        page = await send_form(clerk, DISPATCH, left)
    assert seen == [(str(n * ROWS_AT_ONCE), str(count)) for n in (1, 2)]
    assert [row["proposal_id"] for row in given] == ids
    refused = [each for each in ids if each.endswith("0")]
    assert f"已交办 {count - len(refused)} 件" in words(page)
    assert page.text.count("此件未成") == len(refused)
    assert page.text.count('value="区教育局" list="units"') == len(refused)
    keys = {
        request.headers["Idempotency-Key"]
        for request in services.assignment.requests
        if request.method == "POST"
    }
    assert keys == {"k"}


async def test_nothing_is_sent_where_nothing_is_ticked(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    given = a_service_that_dispatches(services, 3)
    page = await send_form(clerk, DISPATCH, {"lead-20240001": "区教育局", "dispatched_on": DAY})
    assert "没有勾选任何一件" in words(page)
    assert 'value="区教育局"' in page.text
    assert given == []


async def test_only_the_supervision_office_is_led_to_the_dispatch(
    clerk: httpx.AsyncClient, services: Services, private_key: str
) -> None:
    a_service_that_dispatches(services, 1)
    assert ">交办</a>" in (await clerk.get(DISPATCH)).text
    give_token(clerk, private_key, ActorRole.LEADER)
    page = await clerk.get(DISPATCH)
    assert "交办所勾选的提案" not in words(page)
    assert ">交办</a>" not in page.text


@pytest.mark.parametrize(
    "name", ["dispatch-notice.docx", "dispatch-notice.xlsx", "upper-report.xlsx"]
)
async def test_a_file_that_cannot_be_made_is_answered_on_the_page_with_what_was_filled_in(
    clerk: httpx.AsyncClient, services: Services, name: str
) -> None:
    a_service_that_dispatches(services, 1)
    services.assignment.answers[f"{OVERVIEW}/{name}"] = problem(404, "没有符合条件的件。", "None.")
    asked = {} if name.startswith("upper") else {"since": "2024-01-02", "until": ""}
    page = await clerk.get(f"{OVERVIEW}/{name}", params=asked)
    assert page.status_code == 404
    assert "没有下载： 没有符合条件的件。" in words(page)
    assert "待交办" in words(page)
    assert all(f'value="{day}"' in page.text for day in asked.values() if day)


async def test_who_only_takes_notices_away_is_told_without_the_page_of_the_office(
    clerk: httpx.AsyncClient, services: Services, private_key: str
) -> None:
    place = f"{OVERVIEW}/dispatch-notice.docx"
    services.assignment.answers[place] = problem(404, "没有符合条件的件。", "None.")
    give_token(clerk, private_key, ActorRole.AUDITOR)
    page = await clerk.get(place)
    assert (page.status_code, "没有符合条件的件。" in words(page)) == (404, True)
    assert "待交办" not in words(page)
