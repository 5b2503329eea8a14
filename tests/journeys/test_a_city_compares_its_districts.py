"""Somebody of the city looks at several districts at once; whoever is of one district may not."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from contracts.city import CityOverview, CityRanking, DistrictTrends
from contracts.figures import Figures
from contracts.identity import Actor, issue_token
from contracts.vocabulary import ActorRole
from eventlog.rebuilding import Plan, rebuild
from hosting.clock import system_clock
from tests.journeys.conftest import PATIENCE_SECONDS, RULEBOOK, SAMPLE, Town
from tests.journeys.ledgers import ledger_of
from tests.projections.dumping import MODELS

OVERVIEW = "/city/years/2024/overview"
CITY: dict[str, Any] = {"district": "longgang", "also_reads": ("yantian",)}


def as_(town: Town, role: ActorRole = ActorRole.LEADER, **capacity: Any) -> dict[str, str]:
    actor = Actor(subject="somebody", name="市领导", role=role, **(capacity or CITY))
    minutes = timedelta(minutes=10)
    token = issue_token(actor, town.private_key, at=system_clock(), valid=minutes)
    return {"authorization": f"Bearer {token}"}


async def overview(town: Town, **capacity: Any) -> CityOverview:
    answer = await town.evaluation.get(OVERVIEW, headers=as_(town, **capacity))
    assert answer.status_code == 200, answer.text
    return CityOverview.model_validate_json(answer.content)


async def fresh_overview(
    town: Town, fits: Callable[[CityOverview], bool] = lambda found: not found.behind
) -> CityOverview:
    """Whoever asks waits a tenth of a second at most; what is still outdated then comes later."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not fits(found := await overview(town)):
            await asyncio.sleep(0.05)
    return found


async def two_districts(town: Town) -> None:
    """Longgang's sample year, and ten made-up cases in Yantian under another satisfaction formula."""
    await town.adopt_rulebook()
    await town.import_ledger(SAMPLE.read_bytes())
    await town.settle()
    town.district = "yantian"
    text = RULEBOOK.read_text("utf-8").replace(
        "satisfaction.by_rated_reply.v1", "satisfaction.by_reply.v1"
    )
    await town.done("evaluation", "adopt-rulebook", {"year": 2024, "text": text})
    ledger = ledger_of(10).decode().replace("龙岗区科技创新局", "盐田区工业和信息化局")
    await town.import_ledger(ledger.replace("龙岗区", "盐田区").encode(), name="yantian.csv")
    await town.settle()


async def test_each_line_says_what_the_pages_of_its_district_say(town: Town) -> None:
    await two_districts(town)
    found = await fresh_overview(town)
    assert [line.district for line in found.lines] == ["longgang", "yantian"]
    assert [line.total for line in found.lines] == [33, 10]
    assert found.behind == 0
    for line in found.lines:
        town.district = line.district
        figures = Figures.model_validate(await town.ask("evaluation", "/years/2024/figures"))
        assert line.position == figures.position
        assert {
            name: (each.numerator, each.denominator, each.display)
            for name, each in line.standings.items()
            if name != "score"
        } == {rate.id: (rate.numerator, rate.denominator, rate.display) for rate in figures.rates}
    by_figure = [(each.figure, each.is_main) for each in found.compared]
    assert by_figure.count(("satisfaction_rate", False)) == 1
    assert by_figure.count(("reply_rate", False)) == 0


async def test_figures_follow_what_happens_and_what_is_rebuilt(town: Town, database: str) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(ledger_of(10))
    await town.settle()
    before = (await fresh_overview(town)).lines[0]
    claim = {"year": 2024, "figure": "score", "claimed": "98", "source": "总结"}
    await town.done("evaluation", "claim-figure", claim)
    after = (await fresh_overview(town)).lines[0]
    assert after.position == before.position + 1
    assert (after.behind, after.standings) == (0, before.standings)

    connection = await asyncpg.connect(database)
    await connection.execute("update evaluation.year_overview set total = 1")
    await connection.close()
    assert (await overview(town)).lines[0].total == 1
    ((reference, model),) = ((ref, one) for ref, one in MODELS.items() if one.name == "scores")
    await rebuild(database, Plan(model, reference, workers=1), lambda _done, _total: None)
    await fresh_overview(town, lambda found: found.lines[0] == after)


async def test_a_district_whose_facts_are_behind_its_log_says_so(town: Town, database: str) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(ledger_of(10))
    await town.settle()
    before = await fresh_overview(town)
    connection = await asyncpg.connect(database)
    await connection.execute("update log.head set position = position + 3")
    await connection.close()
    after = await overview(town)
    assert (after.lines[0].behind, after.behind) == (3, 3)
    assert after.lines[0].position == before.lines[0].position


@pytest.mark.parametrize(
    ("role", "capacity"),
    [
        (ActorRole.LEADER, {"district": "longgang"}),
        (ActorRole.LEADER, {"district": "longgang", "also_reads": ("longgang",)}),
        (ActorRole.UNIT, {"district": "*", "unit": "龙岗区教育局"}),
        (ActorRole.PROPOSER, {"district": "*"}),
        (ActorRole.OPERATOR, {"district": "*"}),
    ],
)
async def test_who_is_of_one_district_or_no_reader_of_figures_is_refused_by_name(
    town: Town, role: ActorRole, capacity: dict[str, Any]
) -> None:
    for path in (OVERVIEW, "/city/years/2024/ranking"):
        answer = await town.evaluation.get(path, headers=as_(town, role, **capacity))
        assert (answer.status_code, answer.json()["title"]) == (403, "OneDistrictOnly")
        assert "市级账号" in answer.json()["detail"]


async def test_a_city_sees_the_districts_that_its_token_names_and_acts_in_none_of_them(
    town: Town,
) -> None:
    found = await overview(town)
    assert [each.district for each in found.without] == ["longgang", "yantian"]
    elsewhere: dict[str, Any] = {"district": "city", "also_reads": ("yantian",)}
    found = await overview(town, **elsewhere)
    assert [each.district for each in found.without] == ["yantian"]

    async def asked(client: httpx.AsyncClient, method: str, path: str, **more: Any) -> int:
        headers = as_(town, ActorRole.SUPERVISION, **elsewhere)
        return (await client.request(method, path, headers=headers, **more)).status_code

    assert await asked(town.evaluation, "GET", "/districts/yantian/years/2024/figures") == 200
    assert await asked(town.evaluation, "GET", "/districts/longgang/years/2024/figures") == 403
    claim = {"year": 2024, "figure": "score", "claimed": "98", "source": "总结"}
    path = "/districts/yantian/commands/claim-figure"
    assert await asked(town.evaluation, "POST", path, json=claim) == 403
    listed = await town.intake.get("/districts", headers=as_(town, **elsewhere))
    assert [each["code"] for each in listed.json()["districts"]] == ["yantian"]


async def test_districts_are_ranked_and_years_stand_in_a_row(town: Town) -> None:
    await two_districts(town)
    await fresh_overview(town)
    answer = await town.evaluation.get("/city/years/2024/ranking?by=reply_rate", headers=as_(town))
    ranking = CityRanking.model_validate_json(answer.content)
    (group,) = ranking.groups
    assert {(each.rank, each.tied) for each in group.places} == {(1, 2)}
    unknown = await town.evaluation.get("/city/years/2024/ranking?by=speed", headers=as_(town))
    assert (unknown.status_code, unknown.json()["title"]) == (409, "NoSuchFigure")

    town.district = "longgang"
    found = DistrictTrends.model_validate(await town.ask("evaluation", "/trends"))
    assert (found.years, found.totals, found.behind) == ((2024,), (33,), 0)
    assert [len(each.points) for each in found.trends] == [1] * len(found.trends)
