"""A case that came from above, or is handled below: both pages say so and lead there who may go."""

from copy import deepcopy
from typing import Any

import httpx

from contracts.vocabulary import ActorRole
from tests.console import sample_answers as sample
from tests.console.stand_ins import CASE as CASE_PATH
from tests.console.stand_ins import Services
from tests.console.visiting import CASE, IMPORT, give_token, send_form, words

ABOVE = {
    "upper_name": "深圳市",
    "upper": "shenzhen",
    "upper_proposal_id": "p-57",
    "number": "20240057",
    "due_on": "2024-05-10",
}
LINK_UP = '<a href="/districts/shenzhen/cases/p-57">'
LINK_DOWN = '<a href="/districts/yantian/cases/20240057">'


def a_case_between(services: Services) -> None:
    case: dict[str, Any] = deepcopy(sample.CASE) | {"handed_down": ABOVE}
    below = {"lower_district": "yantian", "lower_proposal_id": "20240057"}
    case["assignments"][0] |= below
    services.assignment.answers[CASE_PATH] = case


async def test_the_page_of_a_case_names_the_case_above_and_the_case_below(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    a_case_between(services)
    page = await clerk.get(CASE)
    assert "上级交办 深圳市 第 20240057 号，上级期限" in words(page)
    assert "下级办理 已接件，见其第 20240057 号" in words(page)
    assert LINK_UP not in page.text
    assert LINK_DOWN not in page.text


async def test_who_may_look_at_both_is_led_from_one_to_the_other(
    clerk: httpx.AsyncClient, services: Services, private_key: str
) -> None:
    a_case_between(services)
    give_token(clerk, private_key, ActorRole.LEADER, district="*")
    page = await clerk.get(CASE)
    assert LINK_UP in page.text
    assert LINK_DOWN in page.text


async def test_a_list_from_above_is_checked_and_taken_over_as_such(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    place = "/districts/longgang/years/2024/handed-down"
    services.intake.answers[place] = sample.CHECK_REPORT
    answer = await send_form(
        clerk,
        f"{IMPORT}/check",
        {"is_from_above": "true"},
        files={"file": ("交办清单.xlsx", b"PK a list")},
    )
    assert services.intake.last.url.path in {place, "/districts"}
    assert place in [request.url.path for request in services.intake.requests]
    assert 'name="is_from_above" value="true"' in answer.text
