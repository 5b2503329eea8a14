"""An auditor asks for the year as of an earlier moment, and has the read models computed anew."""

import asyncpg

from eventlog.rebuilding import Plan, rebuild
from tests.journeys.conftest import SAMPLE, Town
from tests.projections.dumping import MODELS, dump


async def test_rows_that_lived_through_the_year_are_those_of_a_rebuild(
    town: Town, database: str
) -> None:
    """Live, through JetStream, in whatever batches arrived: byte for byte what a rebuild gives."""
    await town.adopt_rulebook()
    await town.import_ledger(SAMPLE.read_bytes())
    await town.settle()
    async with asyncpg.create_pool(database, min_size=1, max_size=2) as pool:
        lived = await dump(pool)
        for reference, model in MODELS.items():
            done = await rebuild(database, Plan(model, reference), lambda _done, _total: None)
            assert (done.written, done.removed) == (0, 0)
        assert await dump(pool) == lived
        assert sum(map(len, lived.values())) > 100


async def test_the_year_as_of_earlier_moments(town: Town) -> None:
    await town.adopt_rulebook()
    adopted_at = (await town.ask("intake", "/log"))["head"]
    await town.import_ledger(SAMPLE.read_bytes())
    now = await town.figures()
    place = "/years/2024"

    at_head = await town.ask("evaluation", f"{place}/figures?as_of={now['position']}")
    assert at_head["shown"]["is_past"]
    assert {**at_head, "shown": None} == {**now, "shown": None}

    before = await town.ask("evaluation", f"{place}/figures?as_of={adopted_at}")
    assert (before["total"], before["position"]) == (0, adopted_at)
    long_ago = await town.ask("evaluation", f"{place}/figures?as_of=2020-01-01")
    assert (long_ago["total"], long_ago["position"], long_ago["score"]) == (0, 0, None)

    in_june = await town.ask("evaluation", f"{place}/figures?happened_by=2024-06-30")
    in_may = await town.ask("evaluation", f"{place}/figures?happened_by=2024-05-01")
    answered = [
        {rate["id"]: rate["numerator"] for rate in each["rates"]}["reply_rate"]
        for each in (in_may, in_june, now)
    ]
    assert answered == sorted(answered)
    assert answered[0] < answered[2]


async def test_cases_and_proposals_as_of_a_position(town: Town) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(SAMPLE.read_bytes())
    now = await town.figures()
    listed = await town.ask("assignment", "/years/2024/cases")
    proposal_id = listed["cases"][0]["proposal_id"]
    path = f"/cases/{proposal_id}"
    events = (await town.ask("assignment", f"{path}/events"))["events"]
    first = events[0]["position"]

    then = await town.ask("assignment", f"{path}?as_of={first}")
    assert [part["state"] for part in then["assignments"]] == ["dispatched"]
    told = await town.ask("assignment", f"{path}/events?as_of={first}")
    assert [event["position"] for event in told["events"]] == [first]
    assert await town.ask("assignment", f"/years/2024/cases?as_of={now['position']}&q=教育")
    whole = await town.ask("assignment", f"/years/2024/cases?as_of={now['position']}")
    assert {**whole, "shown": None} == {**listed, "shown": None}
    proposals = await town.ask("intake", "/proposals?year=2024&as_of=0")
    assert (proposals["proposals"], proposals["shown"]["position"]) == ([], 0)


async def test_moments_that_cannot_be_shown_are_refused_in_both_languages(town: Town) -> None:
    for asked, title in (
        ("2999-01-01", "MomentInTheFuture"),
        ("soon", "MomentNotUnderstood"),
        ("99999", "PositionBeyondTheLog"),
    ):
        answer = await town.evaluation.get(
            "/districts/longgang/years/2024/figures",
            params={"as_of": asked},
            headers=town.as_(),
        )
        problem = answer.json()
        assert (answer.status_code, problem["title"]) == (422, title)
        assert asked in problem["detail"]
        assert asked in problem["detail_en"]
