"""The table of a city's districts, and the page of what lies behind one district's figures."""

import re

import httpx
import pytest
from fastapi import FastAPI

from contracts.vocabulary import ActorRole
from evaluation.decisions.holding.summing import holding_of
from tests.console.sample_city import (
    TODAY,
    a_city,
    some_cases,
    some_holdings,
    some_insights,
    some_trends,
)
from tests.console.stand_ins import YEAR, Services, problem
from tests.console.visiting import CASE, give_token, visitor_of, words

CITY = "/city/years/2024"
INSIGHTS = f"{YEAR}/insights"


@pytest.fixture
def compared(services: Services) -> Services:
    services.evaluation.answers |= {
        f"{CITY}/overview": a_city().model_dump_json(),
        "/districts/longgang/trends": some_trends().model_dump_json(),
        f"{YEAR}/holdings": some_holdings().model_dump_json(),
        INSIGHTS: some_insights().model_dump_json(),
    }
    return services


async def test_districts_stand_in_the_order_of_their_ranks_with_ties_said(
    leader: httpx.AsyncClient, compared: Services
) -> None:
    page = words(await leader.get(CITY))
    places = [page.index(name) for name in ("龙岗区", "示例区", "盐田区")]
    assert places == sorted(places)
    assert page.count("并列 2 个区") == 2
    assert "99%" in page
    assert "297 ／ 300" in page
    assert "合计 867 ／ 900，96.33%" in page


async def test_a_district_of_another_formula_stands_apart_with_the_reason(
    leader: httpx.AsyncClient, compared: Services
) -> None:
    page = words(await leader.get(CITY))
    assert page.index("另列，不与上面比较。") < page.index("另算区")
    assert "满意率：算法 2" in page
    assert "算法不同，不可比：" in page
    assert "satisfaction.by_" not in page
    by_another = words(await leader.get(f"{CITY}?by=on_time_completion_rate"))
    assert "另列" not in by_another
    assert by_another.count("另一公式") == 1


async def test_each_line_says_its_position_and_what_it_does_not_count(
    leader: httpx.AsyncClient, compared: Services
) -> None:
    page = words(await leader.get(CITY))
    assert page.count("第 1200 条") == 4
    assert page.count("还有 3 条未计入") == 1
    assert "另一区 本年度没有纳入统计的提案" in page


async def test_a_figure_that_is_not_there_gives_the_first_that_is(
    leader: httpx.AsyncClient, compared: Services
) -> None:
    page = words(await leader.get(f"{CITY}?by=<nothing>"))
    assert "按时办结率" in page
    assert "nothing" not in page


async def test_a_city_without_figures_says_so(
    leader: httpx.AsyncClient, compared: Services
) -> None:
    empty = a_city().model_copy(update={"lines": (), "compared": ()})
    compared.evaluation.answers[f"{CITY}/overview"] = empty.model_dump_json()
    assert "这一年还没有可以对比的区。" in words(await leader.get(CITY))


async def test_who_may_not_compare_reads_why(leader: httpx.AsyncClient, compared: Services) -> None:
    compared.evaluation.answers[f"{CITY}/overview"] = problem(403, "请换用市级账号。", "City only.")
    answer = await leader.get(CITY)
    assert answer.status_code == 403
    assert "请换用市级账号。" in words(answer)


async def test_only_who_may_compare_is_shown_the_way(
    app: FastAPI, private_key: str, services: Services
) -> None:
    for role, district, is_shown in (
        (ActorRole.LEADER, "*", True),
        (ActorRole.LEADER, "longgang", False),
        (ActorRole.OPERATOR, "*", False),
    ):
        async with visitor_of(app) as client:
            give_token(client, private_key, role, district=district)
            page = (await client.get("/")).text
            assert (f'href="{CITY}"' in page) == is_shown


async def test_the_insights_of_a_year(leader: httpx.AsyncClient, compared: Services) -> None:
    page = words(await leader.get(f"{INSIGHTS}?minutes=15"))
    assert compared.evaluation.last.url.path.startswith("/districts/longgang")
    asked = [each.url for each in compared.evaluation.requests if each.url.path == INSIGHTS]
    assert [each.params["minutes"] for each in asked] == ["15"]
    assert "2023 年 96.67%" in page
    assert "算法不同，不可比：" in page
    assert "satisfaction.by_" not in page
    assert "答复后 10 分钟内评为满意 100% 分子 2 ／ 分母 2" in page
    assert "待签收" in page
    assert "等待会办意见" in page
    assert "1 件仍在继续" in page
    assert "3 份答复" in page


async def test_a_trend_is_a_line_through_the_years_of_one_formula(
    leader: httpx.AsyncClient, compared: Services
) -> None:
    page = (await leader.get(INSIGHTS)).text
    pictures = re.findall(r'<svg class="trend".*?</svg>', page, re.DOTALL)
    assert [picture.count("<polyline") for picture in pictures] == [1, 1, 1]
    (satisfaction,) = (each for each in pictures if "满意率" in each)
    assert [each for each in ("2022", "2023", "2024") if each in satisfaction] == ["2022", "2024"]
    assert re.findall(r'<circle cx="([0-9.]+)" cy="([0-9.]+)"', satisfaction) == [
        ("28.0", "62.0"),
        ("272.0", "28.0"),
    ]


async def test_a_year_without_records_shows_that_there_are_none(
    leader: httpx.AsyncClient, compared: Services
) -> None:
    holdings = some_holdings().model_copy(update={"by_stage": (), "by_unit": (), "cases": 0})
    insights = some_insights().model_copy(update={"cross": (), "answers": 0})
    trends = some_trends().model_copy(update={"trends": (), "years": (), "totals": ()})
    compared.evaluation.answers |= {
        f"{YEAR}/holdings": holdings.model_dump_json(),
        INSIGHTS: insights.model_dump_json(),
        "/districts/longgang/trends": trends.model_dump_json(),
    }
    page = words(await leader.get(INSIGHTS))
    assert "还没有答复。" in page
    assert "还没有办理记录。" in page


async def test_a_case_says_who_held_it(leader: httpx.AsyncClient, services: Services) -> None:
    assert "在谁手里" not in words(await leader.get(CASE))
    holding = holding_of(some_cases()[2], TODAY)
    services.evaluation.answers[f"{CASE}/holding"] = holding.model_dump_json()
    page = words(await leader.get(CASE))
    assert "待签收 承办单位 龙岗区城市管理和综合执法局 2024年3月8日 – 2024年3月11日 3" in page
    assert "待提案人评价 提案人" in page
    assert "仍在继续" in page


async def test_both_pages_speak_english(leader: httpx.AsyncClient, compared: Services) -> None:
    await leader.get("/language/en")
    city, insights = words(await leader.get(CITY)), words(await leader.get(INSIGHTS))
    assert "Districts side by side, 2024" in city
    assert "2 tied" in city
    assert "Computed in another way, which cannot be compared: " in city
    assert "Who held cases how long" in insights
    assert "Waiting for the unit to sign" in insights
