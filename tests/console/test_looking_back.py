"""A page of an earlier moment says so, keeps to it from page to page, and leads back to now."""

from datetime import UTC, datetime

import httpx

from contracts.shown import Shown
from tests.console import sample_answers as sample
from tests.console.sample_figures import some_figures
from tests.console.stand_ins import PROPOSAL, YEAR, Services, problem
from tests.console.visiting import CASE, CASES, OVERVIEW, joined

THEN = Shown(
    position=1200,
    recorded_at=datetime(2024, 9, 30, 9, 15, 30, tzinfo=UTC),
    is_past=True,
    as_of=datetime(2024, 9, 30, 15, 59, 59, tzinfo=UTC),
)
ASKED = {"as_of": "2024-09-30"}


async def test_the_figures_of_a_past_moment_say_which_it_is(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    figures = some_figures(shown=THEN)
    services.evaluation.answers[f"{YEAR}/figures"] = figures.model_dump_json()
    page = await clerk.get(OVERVIEW, params=ASKED)
    assert dict(services.evaluation.last.url.params) == ASKED
    assert "您看到的是历史状态，不是现在。" in joined(page)
    assert "只含日志第1200条及以前的记录，该条记录于2024-09-3017:15:30。" in joined(page)
    assert f'href="{OVERVIEW}">回到现在' in page.text
    assert 'value="2024-09-30"' in page.text


async def test_links_from_a_past_moment_lead_to_the_same_moment(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    page = await clerk.get(OVERVIEW, params=ASKED)
    assert f'href="{CASES}?as_of=2024-09-30"' in page.text
    assert f'href="{CASES}?role=sole&as_of=2024-09-30"' in page.text.replace("&amp;", "&")
    assert "/cases/20240099?as_of=2024-09-30" in page.text


async def test_a_page_of_now_says_nothing_of_the_past(clerk: httpx.AsyncClient) -> None:
    page = await clerk.get(OVERVIEW)
    assert "历史状态，不是现在" not in joined(page)
    assert "未计入" not in joined(page)
    assert "as_of=" not in page.text


async def test_records_that_are_not_counted_yet_are_told(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    figures = some_figures(shown=Shown(position=1200, behind=3))
    services.evaluation.answers[f"{YEAR}/figures"] = figures.model_dump_json()
    assert "还有3条未计入" in joined(await clerk.get(OVERVIEW))


async def test_a_case_is_asked_of_every_service_as_of_the_same_moment(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    shown = THEN.model_dump(mode="json") | {"recorded_at": None, "position": 0}
    services.intake.answers[PROPOSAL] = sample.PROPOSAL | {"shown": shown}
    happened = {"happened_by": "2024-09-30"}
    page = await clerk.get(CASE, params=happened)
    assert "到那时为止还没有任何记录。" in joined(page)
    for service in (services.intake, services.assignment, services.evaluation):
        asked = [each for each in service.requests if "20240104" in each.url.path]
        assert asked
        assert all(dict(each.url.params) == happened for each in asked)
    assert f'href="{CASES}?happened_by=2024-09-30"' in page.text


async def test_a_day_that_has_not_come_is_refused_in_words(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    services.evaluation.refusal = problem(422, "“2999-01-01”还没有到。", "It has not come yet.")
    page = await clerk.get(OVERVIEW, params={"as_of": "2999-01-01"})
    assert page.status_code == 422
    assert "“2999-01-01”还没有到。" in joined(page)
