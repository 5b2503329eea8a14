"""What a year would come to under another rulebook, and what else a score sheet tells."""

from datetime import date
from decimal import Decimal

import httpx

from contracts.figures import (
    CalendarDay,
    Difference,
    Margin,
    RulebookEntry,
    RulebookList,
    SideBySide,
    UnitScore,
)
from tests.console.sample_figures import LATE, SCORE_ITEMS, a_rate, a_score, some_figures
from tests.console.stand_ins import YEAR, Services
from tests.console.visiting import OVERVIEW, joined, words

SHIPPED = RulebookList(
    rulebooks=(
        RulebookEntry(id="baoji", title="宝鸡（样例）", title_en="Baoji (sample)", sample=True),
        RulebookEntry(id="hainan", title="海南（样例）", title_en="Hainan (sample)", sample=True),
    )
)


def with_rulebooks(services: Services) -> None:
    other = some_figures(score=a_score(rulebook_title="宝鸡（样例）", total=Decimal("91.5")))
    both = SideBySide(
        adopted=some_figures(),
        other=other,
        differences=(
            Difference(
                id="score",
                label="自评得分",
                label_en="Score",
                adopted=Decimal("96.50"),
                other=Decimal("91.5"),
            ),
            Difference(
                id="visit_rate", label="走访率", label_en="Visits", adopted=None, other=Decimal(50)
            ),
        ),
    )
    services.evaluation.answers["/rulebooks"] = SHIPPED.model_dump_json()
    services.evaluation.answers[f"{YEAR}/figures"] = lambda request: (
        both if "rulebook" in request.url.params else some_figures()
    ).model_dump_json()


async def test_the_overview_leads_to_the_other_rulebooks(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    with_rulebooks(services)
    assert f'href="{OVERVIEW}/rulebooks"' in (await clerk.get(OVERVIEW)).text
    page = await clerk.get(f"{OVERVIEW}/rulebooks")
    assert '<option value="hainan">海南（样例）</option>' in page.text
    assert "不同之处" not in page.text


async def test_what_differs_under_another_rulebook_stands_side_by_side(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    with_rulebooks(services)
    page = await clerk.get(f"{OVERVIEW}/rulebooks?rulebook=baoji")
    assert services.evaluation.last.url.params["rulebook"] == "baoji"
    assert '<option value="baoji" selected>' in page.text
    seen = words(page)
    assert "自评得分 96.5 91.5" in seen
    assert "走访率 — 50%" in seen
    assert "规则手册：宝鸡（样例）" in joined(page)


async def test_a_rate_tells_its_closest_case_and_what_has_no_record(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    rate = a_rate(
        "on_time",
        "按时办结率",
        "On time",
        (33, 33),
        margin=Margin(days=1, case=LATE),
        unknown=(LATE,),
        missing="另有 1 件没有记录，未计入",
        missing_en="1 more case has no record and is not counted",
    )
    services.evaluation.answers[f"{YEAR}/figures"] = some_figures(rates=(rate,)).model_dump_json()
    seen = words(await clerk.get(OVERVIEW))
    assert "最近一件 提前 1 天 第 20240099 号" in seen
    assert "没有记录 另有 1 件没有记录，未计入" in seen


async def test_a_score_sheet_tells_its_grade_what_waits_its_units_and_its_calendar(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    waiting = SCORE_ITEMS[1].model_copy(
        update={"pending": True, "remark": "尚未录入，未计分", "measure": "次", "count": 0}
    )
    day = CalendarDay(label="自评", label_en="Self", opens_on=None, closes_on=date(2024, 11, 15))
    score = a_score(items=(waiting,), grade="优秀", grade_assumed=True, pending=1, calendar=(day,))
    unit = UnitScore(unit="区教育局", cases=3, score=score)
    figures = some_figures(score=score, units=(unit,))
    services.evaluation.answers[f"{YEAR}/figures"] = figures.model_dump_json()
    seen = words(await clerk.get(OVERVIEW))
    for said in (
        "优秀 分数线为假设",
        "有 1 项需人工认定，尚未录入，总分里没有计入。",
        "待认定 尚未录入，未计分",
        "0 次",
        "2024-11-15 前：自评",
        "区教育局 3 件",
    ):
        assert said in seen
