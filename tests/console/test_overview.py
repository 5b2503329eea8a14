"""The overview of a year."""

from decimal import Decimal

import httpx
import pytest
from fastapi import FastAPI

from contracts.figures import RateInFull
from contracts.vocabulary import ActorRole
from evaluation.endpoints.readers import naming_only
from tests.console.sample_figures import a_score, some_figures
from tests.console.stand_ins import YEAR, Services
from tests.console.visiting import OVERVIEW, give_token, joined, visitor_of, words


def with_figures(services: Services, **more: object) -> None:
    figures = some_figures(**more)
    services.evaluation.answers[f"{YEAR}/figures"] = figures.model_dump_json()


async def test_the_first_page_lists_districts_with_their_years(clerk: httpx.AsyncClient) -> None:
    page = await clerk.get("/")
    assert f'href="{OVERVIEW}"' in page.text
    assert "还没有任何年度的记录。" in words(page)


@pytest.mark.parametrize(
    ("role", "unit", "offered"),
    [
        (ActorRole.SUPERVISION, None, {"收件箱", "交办"}),
        (ActorRole.UNIT, "区教育局", {"收件箱", "本单位的件"}),
        (ActorRole.PROPOSER, None, {"收件箱"}),
        (ActorRole.LEADER, None, set()),
    ],
)
async def test_the_first_page_leads_to_what_waits_for_whoever_opens_it(
    visitor: httpx.AsyncClient,
    private_key: str,
    role: ActorRole,
    unit: str | None,
    offered: set[str],
) -> None:
    give_token(visitor, private_key, role, unit=unit)
    page = await visitor.get("/")
    shown = {each for each in ("收件箱", "交办", "本单位的件") if f">{each}<" in page.text}
    assert shown == offered
    assert ('hx-get="/districts/longgang/inbox/unread"' in page.text) == ("收件箱" in offered)
    if unit:
        assert f"{OVERVIEW}/cases?unit=%E5%8C%BA" in page.text


async def test_who_looks_at_many_districts_is_not_led_to_the_inbox_of_each(
    visitor: httpx.AsyncClient, private_key: str
) -> None:
    give_token(visitor, private_key, ActorRole.SUPERVISION, district="*")
    assert "/inbox" not in (await visitor.get("/")).text


async def test_a_district_leads_to_its_latest_year(clerk: httpx.AsyncClient) -> None:
    assert (await clerk.get("/districts/longgang")).headers["location"] == OVERVIEW
    assert (await clerk.get("/districts/example")).headers["location"] == "/"


async def test_the_year_of_a_first_ledger_leads_to_its_import(clerk: httpx.AsyncClient) -> None:
    answer = await clerk.get("/districts/example/import?year=2025")
    assert answer.headers["location"] == "/districts/example/years/2025/import"


async def test_a_rate_shows_both_terms_what_is_counted_and_its_formula(
    clerk: httpx.AsyncClient,
) -> None:
    seen = words(await clerk.get(OVERVIEW))
    assert "分子 32 ／ 分母 33" in seen
    assert "本区承办的全部提案" in seen
    assert "期限内完成的件数除以全部件数" in seen
    assert "on_time_completion.by_case.v1" not in seen


async def test_a_rate_over_nothing_is_a_dash_and_never_a_hundred(clerk: httpx.AsyncClient) -> None:
    page = await clerk.get(OVERVIEW)
    satisfaction = page.text.partition("<h3>满意率</h3>")[2].partition("</article>")[0]
    assert '<span class="number">—</span>' in satisfaction
    assert "没有计入的件，因此不计比率。" in satisfaction
    assert "100" not in satisfaction


async def test_a_case_that_is_missing_from_a_rate_is_named_and_linked(
    clerk: httpx.AsyncClient,
) -> None:
    page = await clerk.get(OVERVIEW)
    assert '<a href="/districts/longgang/cases/20240099">第 20240099 号</a>' in page.text
    assert "会办意见晚于期限三天提交" in words(page)
    assert "依据：日志第 41, 57 条" in words(page)


async def test_the_counts_are_told_in_words_and_drawn_to_scale(clerk: httpx.AsyncClient) -> None:
    page = await clerk.get(OVERVIEW)
    assert 'aria-label="按角色的件数：独办 0，主办 4，分办 1，会办 28"' in page.text
    assert '<rect class="role-co" x="5" y="0" width="28" height="10"/>' in page.text


async def test_a_claim_that_differs_is_marked_in_words(clerk: httpx.AsyncClient) -> None:
    page = await clerk.get(OVERVIEW)
    row = page.text.partition('<tr class="differs">')[2].partition("</tr>")[0]
    assert "加分合计" in row
    assert "不一致" in row
    assert "自报数与计算结果不一致 1 项" in words(page)
    assert "加分合计自报 10，计算 2" in words(page)


async def test_claims_that_agree_raise_no_alarm(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    agreeing = tuple(each for each in some_figures().comparisons if not each.differs)
    with_figures(services, comparisons=agreeing)
    page = await clerk.get(OVERVIEW)
    assert "不一致" not in words(page)
    assert "一致" in words(page)


async def test_a_claimed_rate_is_shown_as_a_percentage_to_two_places(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    claim = (
        some_figures()
        .comparisons[0]
        .model_copy(
            update={
                "figure": "on_time_completion_rate",
                "claimed": Decimal(100),
                "computed": Decimal(3200) / 33,
            }
        )
    )
    with_figures(services, comparisons=(claim,))
    assert "自报 100%，计算 96.97%" in words(await clerk.get(OVERVIEW))


async def test_the_score_sheet_shows_rules_points_and_what_is_only_assumed(
    clerk: httpx.AsyncClient,
) -> None:
    page = await clerk.get(OVERVIEW)
    late = page.text.partition('<th scope="row">逾期办结</th>')[2].partition("</tr>")[0]
    assert "每件扣 0.5 分" in late
    assert "规则为假设" in late
    assert ">−0.5<" in late
    key = page.text.partition('<th scope="row">重点提案</th>')[2].partition("</tr>")[0]
    assert ">+2<" in key
    assert ">1 件<" in key
    assert "样例规则手册，不是正式文件" in words(page)


@pytest.mark.parametrize("deductions", [Decimal("0.5"), Decimal("-0.5")])
async def test_a_deduction_is_told_without_a_sign_whichever_sign_it_came_with(
    clerk: httpx.AsyncClient, services: Services, deductions: Decimal
) -> None:
    with_figures(services, score=a_score(deductions=deductions))
    assert "基础分95分、扣分0.5分、加分2分。" in joined(await clerk.get(OVERVIEW))


async def test_the_summary_is_filled_from_the_figures(clerk: httpx.AsyncClient) -> None:
    summary = joined(await clerk.get(OVERVIEW))
    assert (
        "2024年度，龙岗区共承办政协提案33件，按承办角色计：主办4件、分办1件、会办28件。" in summary
    )
    assert (
        "按时办结率为96.97%（32／33），答复率为100%（5／5），满意率因无计入的件不作计算。"
        in summary
    )
    assert "按时办结率未计为达到的有1件，案号为20240099。" in summary
    assert "另有1项自报数与上述核算结果不符" in summary


async def test_the_summary_says_when_the_ceiling_cut_the_score(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    with_figures(services, score=a_score(bonus=Decimal(9), total=Decimal(100)))
    assert "合计以100分为限" in joined(await clerk.get(OVERVIEW))


async def test_a_year_without_cases_and_rules_says_so(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    with_figures(services, total=0, by_role=(), rates=(), score=None, comparisons=(), rehandled=())
    seen = words(await clerk.get(OVERVIEW))
    assert "龙岗区2024年度尚无承办的政协提案。" in seen
    assert "本年度尚未采用规则手册，因此没有自评分。" in seen
    assert "本年度没有登记自报数。" in seen


async def test_the_overview_in_english_reads_in_english(clerk: httpx.AsyncClient) -> None:
    await clerk.get("/language/en")
    seen = words(await clerk.get(OVERVIEW))
    assert "In 2024, Longgang handled 33 CPPCC proposals; by role: 4 lead, 1 split" in seen
    assert "1 claimed figure differs from the computed one" in seen
    assert "the opinion came three days after the limit" in seen


async def test_a_proposer_sees_all_counts_and_is_told_that_cases_are_left_out(
    app: FastAPI, private_key: str, services: Services
) -> None:
    bare = naming_only(some_figures(), frozenset())
    services.evaluation.answers[f"{YEAR}/figures"] = bare.model_dump_json()
    rate = RateInFull(rate=bare.rates[0], met=())
    services.evaluation.answers[f"{YEAR}/rates/{rate.rate.id}"] = rate.model_dump_json()
    async with visitor_of(app) as client:
        give_token(client, private_key, ActorRole.PROPOSER)
        overview = await client.get(OVERVIEW)
        in_full = words(await client.get(f"{OVERVIEW}/rates/{rate.rate.id}"))
    assert "未达到的件 1 件" in words(overview)
    assert "具体的件只列出您可以查阅的" in words(overview)
    assert "没有因不满意而重新办理" not in overview.text
    assert f'href="{OVERVIEW}/summary"' not in overview.text
    assert f'href="{OVERVIEW}/receipt"' not in overview.text
    assert "未计入分子（1） 没有您可以查阅的件。" in in_full
    assert "计入分子（32） 没有您可以查阅的件。" in in_full
