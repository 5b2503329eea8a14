"""The forms of a proposal: what they call their blanks, and what stays of a refused draft."""

import re
from typing import Any

import httpx
import pytest

from contracts.vocabulary import ActorRole
from tests.console.stand_ins import PROPOSAL, Services, problem
from tests.console.visiting import OVERVIEW, give_token, send_form, words

COMMANDS = "/districts/longgang/commands"


def not_valid(field: str, rule: str, **bounds: Any) -> httpx.Response:
    found: Any = [{"field": field, "rule": rule, "bounds": bounds}]
    return problem(422, "按接口的名称说明。", "In the names of the interface.", errors=found)


@pytest.fixture
def committee(clerk: httpx.AsyncClient, private_key: str) -> httpx.AsyncClient:
    give_token(clerk, private_key, ActorRole.COMMITTEE)
    return clerk


async def test_a_refused_blank_is_called_as_its_label_calls_it(
    committee: httpx.AsyncClient, services: Services
) -> None:
    answers = services.intake.answers
    answers[f"{COMMANDS}/refuse-proposal"] = not_valid("notice", "missing")
    page = await send_form(committee, f"{PROPOSAL}/refuse-proposal", {"reason": "not_proposal"})
    assert page.status_code == 422
    assert "没有办理： 请填写告知提案人。" in words(page)

    await committee.get("/language/en")
    page = await send_form(committee, f"{PROPOSAL}/refuse-proposal", {"reason": "not_proposal"})
    assert "Notice to the proposer: fill it in." in words(page)


async def test_a_draft_of_no_year_keeps_what_was_typed_and_says_what_a_year_is(
    committee: httpx.AsyncClient, services: Services
) -> None:
    services.intake.answers[f"{COMMANDS}/save-draft"] = not_valid("year", "int_parsing")
    blank = await committee.get(f"{OVERVIEW}/proposals/new")
    place = re.findall(r'action="([^"]*)/save-draft"', blank.text)[0]
    typed = {"seen": "", "year": "二〇二六", "title": "关于加装电梯的提案"}
    page = await send_form(committee, f"{place}/save-draft", typed)
    assert page.status_code == 422
    assert "年度请写四位数字，例如 2026。" in words(page)
    assert 'value="二〇二六"' in page.text
    assert 'value="关于加装电梯的提案"' in page.text
