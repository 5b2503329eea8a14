"""The annual summary, as the console hands it on."""

import httpx

from tests.console.stand_ins import SUMMARY, YEAR, Services, problem
from tests.console.visiting import OVERVIEW, words


async def test_the_overview_offers_the_annual_summary(clerk: httpx.AsyncClient) -> None:
    page = await clerk.get(OVERVIEW)
    assert f'href="{OVERVIEW}/summary.docx" download' in page.text
    assert "办理工作总结（Word）" in words(page)


async def test_the_document_is_handed_on_as_it_is_and_its_figures_lead_back_here(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    answer = await clerk.get(f"{OVERVIEW}/summary.docx")
    assert answer.content == SUMMARY
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert services.evaluation.last.url.path == f"{YEAR}/summary.docx"
    assert services.evaluation.last.url.params["console"] == "http://console.test/"


async def test_a_summary_that_evaluation_refuses_is_a_page_with_its_words(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    services.evaluation.refusal = problem(404, "没有这个区。", "There is no such district.")
    answer = await clerk.get(f"{OVERVIEW}/summary.docx")
    assert answer.status_code == 404
    assert "没有这个区。" in words(answer)


async def test_nobody_gets_a_summary_without_signing_in(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(f"{OVERVIEW}/summary.docx")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
