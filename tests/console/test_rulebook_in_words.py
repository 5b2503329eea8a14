"""The adopted rulebook in words, two side by side, and the place's own titles on the other pages."""

from pathlib import Path

import httpx

from contracts.figures import RulebookEntry, RulebookList
from contracts.rulebook import read_rulebook
from evaluation.decisions.explaining.rulebooks import explained
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


async def test_lists_and_cases_show_ratings_by_the_titles_of_the_place(
    services: Services, leader: httpx.AsyncClient
) -> None:
    usual = words(await leader.get(CASES))
    assert " 满意 " in usual
    assert "同意" not in usual
    with_rulebook(services, "hongkou")
    assert " 同意 " in words(await leader.get(CASES))
    assert "同意" in words(await leader.get(CASE))
