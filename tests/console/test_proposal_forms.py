"""The proposals of a year and their forms: what is looked for, and what stays of a refused draft."""

import json
import re
from typing import Any

import httpx
import pytest

from contracts.vocabulary import CHINA, ActorRole
from hosting.clock import system_clock
from tests.console import sample_answers as sample
from tests.console.sample_figures import KEY
from tests.console.stand_ins import PROPOSAL, Services, problem
from tests.console.test_rulebook_in_words import in_words
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


async def test_who_writes_finds_this_year_on_the_first_page_and_in_the_form(
    committee: httpx.AsyncClient, leader: httpx.AsyncClient, services: Services
) -> None:
    this_year = system_clock().astimezone(CHINA).year
    link = f'href="/districts/longgang/years/{this_year}/proposals/new"'
    assert link in (await committee.get("/")).text
    assert link not in (await leader.get("/")).text

    begun = f'name="year" value="{this_year}"'
    assert begun not in (await committee.get(f"{OVERVIEW}/proposals/new")).text
    adopted = f"/districts/longgang/years/{this_year}/rulebook"
    services.evaluation.answers[adopted] = in_words("shenzhen-2024", 7)
    assert begun in (await committee.get(f"{OVERVIEW}/proposals/new")).text


async def test_the_form_of_a_draft_that_is_there_says_that_it_changes_it(
    committee: httpx.AsyncClient, services: Services
) -> None:
    services.intake.answers[PROPOSAL] = sample.PROPOSAL | {"state": "draft"}
    assert "修改草稿" in words(await committee.get(PROPOSAL))


async def test_changing_the_language_does_not_say_again_what_was_done(
    committee: httpx.AsyncClient,
) -> None:
    page = await committee.get(f"{PROPOSAL}?done=7")
    assert "已办理，记入日志第 7 条。" in words(page)
    back = re.findall(r'href="/language/en\?back=([^"]*)"', page.text)
    assert back == [PROPOSAL]


@pytest.mark.parametrize(
    ("sent_to", "page_at"),
    [
        (f"{PROPOSAL}/refuse-proposal", PROPOSAL),
        ("/districts/longgang/proposals/2024-0123456789/save-draft", f"{OVERVIEW}/proposals/new"),
    ],
)
async def test_changing_the_language_beside_a_refused_form_leads_to_a_page_that_there_is(
    committee: httpx.AsyncClient, services: Services, sent_to: str, page_at: str
) -> None:
    command = sent_to.rpartition("/")[2]
    services.intake.answers[f"{COMMANDS}/{command}"] = not_valid("year", "missing")
    page = await send_form(committee, sent_to, {"seen": ""})
    assert page.status_code == 422
    assert re.findall(r'href="/language/en\?back=([^"]*)"', page.text) == [page_at]
    assert (await committee.get(page_at)).status_code == 200


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


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["加装电梯", "增设学位"]),
        ("?state=received", ["增设学位"]),
        ("?q=电梯", ["加装电梯"]),
        ("?q=240001", ["加装电梯"]),
        ("?state=received&q=电梯", ["没有符合条件的提案，请放宽条件。"]),
    ],
)
async def test_the_list_is_narrowed_by_state_and_by_words(
    committee: httpx.AsyncClient, services: Services, query: str, titles: list[str]
) -> None:
    filed = {"proposal_id": "1", "number": "20240001", "title": "加装电梯"}
    received = {"proposal_id": "2", "number": None, "title": "增设学位", "state": "received"}
    listed = [sample.PROPOSAL | each for each in (filed, received)]
    services.intake.answers["/districts/longgang/proposals"] = {"proposals": listed}
    said = words(await committee.get(f"{OVERVIEW}/proposals{query}"))
    told = [
        each
        for each in ("加装电梯", "增设学位", "没有符合条件的提案，请放宽条件。")
        if each in said
    ]
    assert told == titles


async def test_a_wrong_number_stands_in_the_form_that_corrects_it_and_the_correction_is_told(
    committee: httpx.AsyncClient, leader: httpx.AsyncClient, services: Services
) -> None:
    corrected = {"was": KEY.number, "number": "20240171", "reason": "末两位写颠倒"}
    told = sample.an_event(5, "tian.intake.case_number_corrected.v1", corrected)
    services.intake.answers[f"{PROPOSAL}/events"] = {"events": [*sample.INTAKE_EVENTS, told]}
    page = await committee.get(PROPOSAL)
    blank = f'id="correct-case-number-number" name="number" value="{KEY.number}"'
    assert blank in page.text
    said = f"案号由第 {KEY.number} 号更正为第 20240171 号，原因：末两位写颠倒。"
    assert said in words(page)
    assert "correct-case-number" not in (await leader.get(PROPOSAL)).text

    typed = {"number": "20240172", "reason": "以审查表为准", "seen": "7"}
    await send_form(committee, f"{PROPOSAL}/correct-case-number", typed)
    (given,) = [each for each in services.intake.requests if each.method == "POST"]
    assert given.url.path == f"{COMMANDS}/correct-case-number"
    sent = json.loads(given.content)
    assert (sent["number"], sent["reason"]) == ("20240172", "以审查表为准")
