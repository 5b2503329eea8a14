"""The annual summary: handed out, and brought up to date with what people wrote."""

import re

import httpx
import pytest
from fastapi import FastAPI

from annual_summary import read_docx, write_docx
from contracts.vocabulary import ActorRole
from tests.annual_summary.building import summary_of, the_sample_summary, with_prose
from tests.console.stand_ins import SUMMARY, YEAR, Services, problem
from tests.console.visiting import OVERVIEW, give_token, send_form, visitor_of, words
from tests.evaluation.building import an_assignment, the_sample_year

PAGE = f"{OVERVIEW}/summary"


async def update(client: httpx.AsyncClient, content: bytes) -> httpx.Response:
    return await send_form(client, PAGE, {}, files={"file": ("总结.docx", content)})


@pytest.fixture
def one_more_case(services: Services) -> None:
    now = summary_of([*the_sample_year(), an_assignment("20249999")])
    services.evaluation.answers[f"{YEAR}/summary.json"] = now.model_dump_json()


async def test_the_overview_leads_to_the_annual_summary(clerk: httpx.AsyncClient) -> None:
    assert f'href="{PAGE}">生成总结</a>' in (await clerk.get(OVERVIEW)).text
    assert "成文日期（可不填）" in words(await clerk.get(PAGE))


async def test_the_document_is_handed_on_as_it_is_and_its_figures_lead_back_here(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    answer = await clerk.get(f"{PAGE}.docx?signed_on=2024-11-20")
    assert answer.content == SUMMARY
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert services.evaluation.last.url.path == f"{YEAR}/summary.docx"
    wishes = {"console": "http://console.test/", "signed_on": "2024-11-20"}
    assert dict(services.evaluation.last.url.params) == wishes


async def test_a_form_without_a_day_asks_for_none(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    await clerk.get(f"{PAGE}.docx?signed_on=")
    assert dict(services.evaluation.last.url.params) == {"console": "http://console.test/"}


@pytest.mark.usefixtures("one_more_case")
async def test_an_update_keeps_the_prose_shows_what_moved_and_hands_the_new_file_out(
    clerk: httpx.AsyncClient,
) -> None:
    edited = with_prose(the_sample_summary(), "practice", "对33件提案逐件督办。")
    page = await update(clerk, write_docx(edited))
    seen = words(page)
    assert "办理总件数 ： 33 → 34" in seen or "办理总件数：33 → 34" in seen
    assert "“主要做法”一段里有“33”" in seen
    assert "保留的文字（1 段）" in seen
    found = re.search(r'href="([^"]+/updated\.docx[^"]+)"', page.text)
    assert found
    new = read_docx((await clerk.get(found[1])).content)
    assert new.prose == {"practice": ("对33件提案逐件督办。",)}
    assert new.provenance.figures["total"] == "34"


@pytest.mark.usefixtures("one_more_case")
async def test_what_has_to_be_looked_at_is_said_in_the_visitors_language(
    clerk: httpx.AsyncClient,
) -> None:
    await clerk.get("/language/en")
    edited = with_prose(the_sample_summary(), "practice", "对33件提案逐件督办。")
    seen = words(await update(clerk, write_docx(edited)))
    assert "“How the work was organised” mentions 33; Cases in all was 33 and is 34 now." in seen


async def test_a_file_that_is_no_summary_is_refused_in_words(clerk: httpx.AsyncClient) -> None:
    page = await update(clerk, b"something else")
    assert page.status_code == 422
    assert "不是本系统生成的办理工作总结" in words(page)


async def test_a_form_without_a_file_says_so(clerk: httpx.AsyncClient) -> None:
    page = await send_form(clerk, PAGE, {})
    assert page.status_code == 422
    assert "没有收到文件" in words(page)


async def test_an_update_that_is_no_longer_there_says_so(clerk: httpx.AsyncClient) -> None:
    page = await clerk.get(f"{PAGE}/updated.docx?digest={'0' * 64}")
    assert page.status_code == 404
    assert "更新好的文件已不在服务器上" in words(page)


async def test_an_update_from_another_site_is_not_taken(clerk: httpx.AsyncClient) -> None:
    content = write_docx(the_sample_summary())
    answer = await clerk.post(PAGE, files={"file": ("总结.docx", content)})
    assert answer.status_code == 403


async def test_a_summary_that_evaluation_refuses_is_a_page_with_its_words(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    services.evaluation.refusal = problem(404, "没有这个区。", "There is no such district.")
    answer = await clerk.get(f"{PAGE}.docx")
    assert answer.status_code == 404
    assert "没有这个区。" in words(answer)


@pytest.mark.parametrize("path", ["", ".docx", f"/updated.docx?digest={'0' * 64}"])
async def test_nobody_gets_a_summary_without_signing_in(
    visitor: httpx.AsyncClient, path: str
) -> None:
    answer = await visitor.get(PAGE + path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


async def test_a_leader_sees_the_summary_too(app: FastAPI, private_key: str) -> None:
    async with visitor_of(app) as client:
        give_token(client, private_key, ActorRole.LEADER)
        assert (await client.get(PAGE)).status_code == 200
