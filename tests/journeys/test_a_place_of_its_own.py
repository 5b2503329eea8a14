"""A place with classes and levels of its own, over HTTP: what it has is taken, the rest refused."""

from contracts.vocabulary import ActorRole
from tests.journeys.conftest import ROOT, Town
from tests.journeys.test_a_supervisor_runs_a_case import (
    ANSWER,
    CASE,
    CO,
    LEAD,
    by_unit,
    dispatched,
    lead_part,
)

JINGXIAN = ROOT / "deploy" / "rulebooks" / "jingxian.toml"


async def test_basically_satisfied_goes_back_where_the_place_says_so(town: Town) -> None:
    await dispatched(town)
    text = JINGXIAN.read_text("utf-8")
    await town.done("evaluation", "adopt-rulebook", {"year": 2024, "text": text})
    for unit in (LEAD, CO):
        await by_unit(town, "sign-assignment", unit, signed_on="2024-03-11")
    visit = {"stage": "before", "manner": "visit", "contacted_on": "2024-03-20"}
    await by_unit(town, "record-contact", LEAD, **visit)
    await by_unit(town, "give-co-opinion", CO, given_on="2024-04-02")

    of_elsewhere = await town.give("assignment", "issue-reply", ANSWER | {"result_class": "D"})
    assert of_elsewhere.status_code == 409
    assert "A（已经解决或基本解决）、B（正在解决或已列入计划解决）" in of_elsewhere.json()["detail"]
    await by_unit(
        town, "issue-reply", LEAD, **{k: ANSWER[k] for k in ANSWER if k not in CASE | {"unit": 1}}
    )

    rater = {"role": ActorRole.PROPOSER, "name": "委员甲"}
    rating = CASE | {"unit": LEAD, "satisfaction": "reserved", "rated_on": "2024-06-01"}
    unknown = await town.give(
        "evaluation", "rate-reply", rating, town.as_(role=ActorRole.PROPOSER, name="委员甲")
    )
    assert unknown.status_code == 409
    assert "应为满意（satisfied）、基本满意（basically_satisfied）" in unknown.json()["detail"]

    rating["satisfaction"] = "basically_satisfied"
    await town.done("evaluation", "rate-reply", rating, **rater)
    part = await lead_part(town)
    assert (part["state"], part["handling_round"]) == ("rehandling", 2)
    told = await town.ask("evaluation", "/years/2024/rulebook")
    assert (told["id"], told["levels"][1]["code"]) == ("jingxian", "basically_satisfied")
    figures = await town.figures()
    assert figures["rehandled"][0]["why"] == "第 2 轮办理，评价为“基本满意”"
