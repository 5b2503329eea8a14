"""A supervisor asks what another rulebook would make of the year; nothing of it is recorded."""

from decimal import Decimal

import httpx

from contracts.figures import Figures, RulebookList, SideBySide
from tests.journeys.conftest import ROOT, RULEBOOK, SAMPLE, Town
from tian.addresses import Addresses
from tian.client import Client
from tian.home import Home


async def asked(town: Town, query: str) -> httpx.Response:
    return await town.evaluation.get(
        f"/districts/{town.district}/years/2024/figures{query}", headers=town.as_()
    )


async def tried(town: Town, text: str) -> httpx.Response:
    return await town.evaluation.post(
        f"/districts/{town.district}/years/2024/figures", json={"text": text}, headers=town.as_()
    )


def terminal(town: Town) -> Client:
    """What `tian figures --rulebook` asks with."""
    town.evaluation.headers.update(town.as_())
    addresses = Addresses({"evaluation": str(town.evaluation.base_url)}, town.private_key)
    return Client(Home.from_environment(), addresses, town.evaluation, town.district, print)


async def test_the_shipped_rulebooks_are_listed_with_their_titles(town: Town) -> None:
    answer = await town.evaluation.get("/rulebooks", headers=town.as_())
    listed = RulebookList.model_validate(answer.json()).rulebooks
    assert [each.id for each in listed] == sorted(
        file.stem for file in (ROOT / "deploy/rulebooks").glob("*.toml")
    )
    assert all(each.sample and each.title and each.title_en for each in listed)


async def test_a_year_stands_under_two_rulebooks_side_by_side(town: Town) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(SAMPLE.read_bytes())
    figures = Figures.model_validate(await town.figures())
    before = (await town.ask("intake", "/log"))["head"]

    answer = await asked(town, "?rulebook=baoji")
    assert answer.status_code == 200, answer.text
    both = SideBySide.model_validate(answer.json())
    assert both.adopted == figures
    assert both.other.score is not None
    assert (both.other.score.rulebook_id, both.other.score.grade) == ("baoji", "优秀")
    assert both.other.units

    own = SideBySide.model_validate((await asked(town, "?rulebook=adopted-2024")).json())
    assert own.other.model_dump_json() == figures.model_dump_json()
    assert own.differences == ()

    dearer = RULEBOOK.read_text("utf-8").replace("points = 95", "points = 90")
    draft = SideBySide.model_validate((await tried(town, dearer)).json())
    assert {each.id: (each.adopted, each.other) for each in draft.differences} == {
        "base": (Decimal(95), Decimal(90)),
        "score": (Decimal(100), Decimal(95)),
    }
    assert await terminal(town).figures_under(2024, "baoji") == both
    assert await terminal(town).figures_under_text(2024, dearer) == draft
    assert (await town.ask("intake", "/log"))["head"] == before


async def test_a_rulebook_that_is_not_there_or_not_right_is_refused_with_what_would_be(
    town: Town,
) -> None:
    unknown = await asked(town, "?rulebook=atlantis")
    assert unknown.status_code == 409
    assert "shijiazhuang" in unknown.json()["detail"]
    broken = (ROOT / "deploy/rulebooks/baoji.toml").read_text("utf-8").replace("= 0.2", '= "many"')
    refused = await tried(town, broken)
    assert refused.status_code == 409
    line = next(n for n, each in enumerate(broken.splitlines(), start=1) if '"many"' in each)
    assert f"第 {line} 行 score.deductions#4.points" in refused.json()["detail"]
    assert f"line {line}, score.deductions#4.points" in refused.json()["detail_en"]
