"""A leader asks who held the cases of a year, and an auditor asks the same of an earlier moment."""

from contracts.holding import CaseHolding, Holdings, Insights
from tests.journeys.conftest import SAMPLE, Town


async def test_who_held_the_cases_of_the_sample_year(town: Town) -> None:
    await town.adopt_rulebook()
    adopted_at = (await town.ask("intake", "/log"))["head"]
    await town.import_ledger(SAMPLE.read_bytes())
    figures = await town.figures()

    found = Holdings.model_validate(await town.ask("evaluation", "/years/2024/holdings"))
    assert found.cases >= figures["total"]
    assert found.shown is not None
    assert (found.shown.position, found.shown.behind) == (figures["position"], 0)
    of_units = sum(each.days for each in found.by_unit)
    of_stages = sum(each.days for each in found.by_stage if each.stage != "undispatched")
    assert of_units == of_stages > 0
    for each in (*found.by_stage, *found.by_unit):
        assert each.stretches == len(each.cases)
        assert each.longest <= each.days

    proposal_id = found.by_unit[0].cases[0].proposal_id
    case = CaseHolding.model_validate(await town.ask("evaluation", f"/cases/{proposal_id}/holding"))
    told = [
        event["position"]
        for service in ("assignment", "intake", "evaluation")
        for event in (
            await town.ask(
                service,
                f"/{'proposals' if service == 'intake' else 'cases'}/{proposal_id}/events",
            )
        )["events"]
    ]
    assert case.stretches
    assert {each for stretch in case.stretches for each in stretch.positions} <= set(told)

    before = await town.ask("evaluation", f"/years/2024/holdings?as_of={adopted_at}")
    assert (before["cases"], before["shown"]["is_past"]) == (0, True)
    at_head = await town.ask("evaluation", f"/years/2024/holdings?as_of={figures['position']}")
    assert at_head["by_stage"]
    unknown = await town.evaluation.get(
        "/districts/longgang/cases/nothing/holding", headers=town.as_()
    )
    assert unknown.status_code == 404


async def test_what_stands_behind_the_answers_of_the_sample_year(town: Town) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(SAMPLE.read_bytes())
    await town.figures()
    asked = await town.ask("evaluation", "/years/2024/insights?minutes=5")
    insights = Insights.model_validate(asked)
    assert sum(each.count for each in insights.cross) == insights.answers > 0
    quick, late = insights.quickly_satisfied, insights.in_the_last_week
    assert (quick.denominator, quick.display, insights.minutes) == (0, "—", 5)
    assert quick.unknown > 0
    assert late.denominator == insights.answers
