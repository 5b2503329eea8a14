"""The adopted rulebook in words, two side by side, and the place's own titles on the other pages."""

from pathlib import Path

import httpx

from contracts.figures import RulebookEntry, RulebookList
from contracts.rulebook import read_rulebook
from evaluation.decisions.explaining.rulebooks import explained
from tests.console import sample_answers as sample
from tests.console.stand_ins import YEAR, Services
from tests.console.visiting import CASE, CASES, OVERVIEW, joined, words

RULEBOOKS = Path(__file__).parents[2] / "deploy" / "rulebooks"
SHIPPED = RulebookList(
    rulebooks=(
        RulebookEntry(id="hongkou", title="虹口（样例）", title_en="Hongkou (sample)", sample=True),
    )
)
HERE = f"{OVERVIEW}/rulebook"


def in_words(name: str, position: int | None = None) -> str:
    text = (RULEBOOKS / f"{name}.toml").read_text("utf-8")
    return explained(read_rulebook(text), position).model_dump_json()


def with_rulebook(services: Services, adopted: str, other: str = "hongkou") -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        asked = request.url.params.get("rulebook")
        return httpx.Response(200, content=in_words(asked) if asked else in_words(adopted, 7))

    services.evaluation.answers |= {
        f"{YEAR}/rulebook": answer,
        "/rulebooks": SHIPPED.model_dump_json(),
    }


async def test_the_adopted_rulebook_stands_in_words_with_sources_and_assumptions(
    services: Services, leader: httpx.AsyncClient
) -> None:
    with_rulebook(services, "shenzhen-2024")
    said = joined(await leader.get(HERE))
    assert "采用于日志第7条" in said
    assert "主办答复3个月假设" in said
    assert "深圳市政协2021年公布的办理结果分类" in said
    assert "算不满意；退回重新办理" in said
    assert "Solved,orsolvedforthemostpart" not in said


async def test_two_rulebooks_stand_side_by_side_and_what_differs_is_marked(
    services: Services, leader: httpx.AsyncClient
) -> None:
    with_rulebook(services, "shenzhen-2024")
    answer = await leader.get(HERE, params={"beside": "hongkou"})
    alike = await leader.get(HERE, params={"beside": "shenzhen-2024"})
    assert answer.text.count('<tr class="differs">') > 5
    assert "没有规定" in words(answer)
    assert '<tr class="differs">' not in alike.text


async def test_a_year_without_a_rulebook_says_so(
    services: Services, leader: httpx.AsyncClient
) -> None:
    services.evaluation.answers["/rulebooks"] = SHIPPED.model_dump_json()
    assert "本区本年度还没有采用规则手册。" in words(await leader.get(HERE))


async def test_a_limit_is_shown_by_the_words_of_its_rule_and_the_code_is_only_a_tooltip(
    services: Services, leader: httpx.AsyncClient
) -> None:
    with_rulebook(services, "shenzhen-2024")
    page = await leader.get(CASE)
    seen = joined(page)
    assert "2024年7月31日（主办答复，3个月）" in seen
    assert "《深圳市政协提案办理规则（2024年，样例）》；出处：多地规定答复期限为三个月" in seen
    assert "shenzhen-2024" not in seen
    assert 'title="shenzhen-2024/limits.lead"' in page.text


async def test_a_limit_of_a_rulebook_that_was_replaced_is_told_in_the_words_of_that_one(
    services: Services, leader: httpx.AsyncClient
) -> None:
    with_rulebook(services, "hongkou")
    seen = joined(await leader.get(CASE))
    assert "主办答复，3个月" in seen
    assert "《深圳市政协提案办理规则（2024年，样例）》" in seen
    services.evaluation.answers[f"{YEAR}/rulebook"] = in_words("hongkou")
    assert "（交办时所用的规则）" in joined(await leader.get(CASE))


async def test_a_limit_without_a_rule_of_a_rulebook_says_who_set_it(
    services: Services, leader: httpx.AsyncClient
) -> None:
    part = {**sample.OUTSIDE_PART, "due_on": "2024-07-31", "due_rule": "ledger"}
    services.assignment.answers[CASE] = {**sample.CASE, "assignments": [part]}
    seen = joined(await leader.get(CASE))
    assert "2024年7月31日（台账写明的期限）" in seen
    assert "期限的依据" not in seen


async def test_figures_show_their_formula_in_words_with_its_source(
    services: Services, leader: httpx.AsyncClient
) -> None:
    with_rulebook(services, "shenzhen-2024")
    page = await leader.get(OVERVIEW)
    assert "期限内完成的件数除以全部件数 假设" in words(page)
    assert "by_case.v1" not in words(page)
    assert 'title="on_time_completion.by_case.v1"' in page.text


async def test_lists_and_cases_show_ratings_by_the_titles_of_the_place(
    services: Services, leader: httpx.AsyncClient
) -> None:
    usual = words(await leader.get(CASES))
    assert " 满意 " in usual
    assert "同意" not in usual
    with_rulebook(services, "hongkou")
    assert " 同意 " in words(await leader.get(CASES))
    assert "同意" in words(await leader.get(CASE))
