"""The reports of a year and its receipt on the console: counts lead to their cases, a wrong receipt is told so."""

from datetime import date

import httpx
import pytest

from contracts.figures import RateInFull
from contracts.recomputing import AlteredEvent, ReceiptDifference, Recomputed
from evaluation.decisions.reporting.defining import Reported
from evaluation.decisions.reporting.registry import LISTED, report_of
from evaluation.state import ProposalFact
from tests.console.sample_figures import some_figures
from tests.console.stand_ins import YEAR, Services, problem
from tests.console.visiting import OVERVIEW, send_form, words
from tests.evaluation.building import the_sample_year

REPORTS = f"{OVERVIEW}/reports"
RECEIPT = f"{OVERVIEW}/receipt"
WORKBOOK = b"PK a workbook"


@pytest.fixture(autouse=True)
def some_reports(services: Services) -> None:
    facts = the_sample_year()
    cases = [ProposalFact(2024, each.proposal_id, each.title, each.number) for each in facts]
    reported = Reported("longgang", 2024, 900, date(2024, 11, 20), cases, facts, ())
    answers = services.evaluation.answers
    answers["/reports"] = LISTED.model_dump_json()
    for name in ("progress", "review"):
        answers[f"{YEAR}/reports/{name}"] = report_of(name, reported).model_dump_json()
    answers[f"{YEAR}/reports/progress/workbook.xlsx"] = httpx.Response(200, content=WORKBOOK)


async def test_every_report_is_listed_with_what_it_counts_and_its_workbook(
    clerk: httpx.AsyncClient,
) -> None:
    page = await clerk.get(REPORTS)
    for each in LISTED.reports:
        assert each.title in words(page)
        assert f'href="{REPORTS}/{each.id}.xlsx"' in page.text
    await clerk.get("/language/en")
    assert "Review of proposals" in words(await clerk.get(REPORTS))


async def test_each_count_leads_to_the_cases_that_make_it_up(clerk: httpx.AsyncClient) -> None:
    page = await clerk.get(f"{REPORTS}/progress")
    assert "明细（33 条）" in words(page)
    link = f"{REPORTS}/progress?group=%E4%B8%BB%E5%8A%9E&amp;count=in_time#lines"
    assert f'href="{link}">4</a>' in page.text
    chosen = await clerk.get(link.replace("&amp;", "&"))
    assert "明细（4 条）" in words(chosen)
    assert f'href="/districts/longgang/cases/{the_sample_year()[0].proposal_id}"' in chosen.text
    assert "显示全部明细" in words(chosen)


async def test_no_line_says_its_group_twice(clerk: httpx.AsyncClient) -> None:
    page = await clerk.get(f"{REPORTS}/progress")
    assert page.text.partition('id="lines"')[2].count('<th scope="col">角色</th>') == 1


async def test_a_line_of_a_proposal_leads_to_the_proposal_which_need_not_be_a_case(
    clerk: httpx.AsyncClient,
) -> None:
    page = await clerk.get(f"{REPORTS}/review")
    assert 'href="/districts/longgang/proposals/20240101"' in page.text


async def test_the_workbook_is_handed_on_and_its_cases_lead_back_here(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    answer = await clerk.get(f"{REPORTS}/progress.xlsx?as_of=12")
    assert answer.content == WORKBOOK
    asked = dict(services.evaluation.last.url.params)
    assert asked == {"console": "http://console.test/", "as_of": "12"}


def recomputed(**changes: object) -> str:
    same = Recomputed(
        district="longgang",
        year=2024,
        position=900,
        agrees=True,
        root="a" * 64,
        digest="b" * 64,
        score="100",
        is_signed=True,
        same_rules=True,
    )
    return same.model_copy(update=changes).model_dump_json()


async def bring_back(client: httpx.AsyncClient, content: bytes = b"{}") -> httpx.Response:
    return await send_form(client, RECEIPT, {}, files={"file": ("r.json", content)})


async def test_a_receipt_that_agrees_is_said_to(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    assert f'href="{RECEIPT}">凭据与重算</a>' in (await clerk.get(OVERVIEW)).text
    services.evaluation.answers["/districts/longgang/recompute"] = recomputed()
    seen = words(await bring_back(clerk))
    assert "相符" in seen
    assert "得分 100" in seen
    assert "签名的检查点证明这个根" in seen


async def test_what_differs_in_a_receipt_is_listed_and_an_altered_event_is_named(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    differing = ReceiptDifference(
        path="figures.total", label="总数", label_en="total", claimed="34", computed="33"
    )
    services.evaluation.answers["/districts/longgang/recompute"] = recomputed(
        agrees=False, differences=(differing,)
    )
    seen = words(await bring_back(clerk))
    assert "有 1 处不一致" in seen
    assert "figures.total" in seen
    services.evaluation.answers["/districts/longgang/recompute"] = recomputed(
        agrees=False,
        digest="",
        altered=AlteredEvent(position=17, why="内容与叶哈希不符", why_en="bytes differ"),
    )
    seen = words(await bring_back(clerk))
    assert "第一条不同的是第 17 条" in seen


async def test_what_is_no_receipt_is_refused_in_words_and_no_file_is_asked_for_again(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    services.evaluation.answers["/districts/longgang/recompute"] = problem(
        409, "这不是 Tian 的凭据", "This is not a receipt of Tian"
    )
    page = await bring_back(clerk)
    assert page.status_code == 409
    assert "没有重算： 这不是 Tian 的凭据" in words(page)
    assert "没有收到文件" in words(await bring_back(clerk, b""))


async def test_a_figure_that_is_doubted_leads_to_every_case_behind_it_in_two_clicks(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    figures = some_figures()
    rate = figures.rates[0]
    met = (rate.misses or figures.rehandled)[0].model_copy(update={"number": "20240777"})
    full = RateInFull(rate=rate, met=(met,))
    services.evaluation.answers[f"{YEAR}/rates/{rate.id}"] = full.model_dump_json()
    link = f"{OVERVIEW}/rates/{rate.id}"
    assert f'href="{link}"' in (await clerk.get(OVERVIEW)).text
    page = await clerk.get(link)
    assert "计入分子（1）" in words(page)
    assert f'href="/districts/longgang/cases/{met.proposal_id}"' in page.text
    assert "第 20240777 号" in words(page)
