"""What each role may do with a case, and what nobody may, through the front doors."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from contracts.identity import Actor, issue_token
from contracts.vocabulary import ActorRole
from hosting.clock import system_clock
from tests.journeys.conftest import Town
from tests.journeys.test_a_supervisor_runs_a_case import (
    CASE,
    CO,
    LEAD,
    answered,
    dispatched,
    lead_part,
)


async def received(town: Town, proposal_id: str, **proposer: Any) -> None:
    proposal = {"proposal_id": proposal_id, "year": 2024, "title": "试办", "form": "individual"}
    await town.done(
        "intake", "receive-proposal", proposal | {"proposers": [proposer["name"]]}, **proposer
    )


def proposer(town: Town, subject: str, name: str) -> dict[str, str]:
    """A proposer other than the one whom the town signs in."""
    actor = Actor(subject=subject, name=name, role=ActorRole.PROPOSER, district=town.district)
    valid = timedelta(minutes=10)
    token = issue_token(actor, town.private_key, at=system_clock(), valid=valid)
    return {"authorization": f"Bearer {token}"}


@pytest.mark.parametrize("name", ["委员乙", "委员甲"])
async def test_a_proposer_rates_only_answers_to_own_proposals(town: Town, name: str) -> None:
    await answered(town)
    rating = CASE | {"unit": LEAD, "satisfaction": "satisfied", "rated_on": "2024-06-01"}
    stranger = proposer(town, "somebody-else", name)
    assert (await town.give("evaluation", "rate-reply", rating, stranger)).status_code == 403


async def test_a_proposer_known_only_by_name_rates_under_that_name(town: Town) -> None:
    await received(town, "p-2", name="委员乙")
    await answered(town)
    merge = {"proposal_id": "p-2", "into_proposal_id": "20240001"}
    await town.done("intake", "merge-proposal", merge)
    rating = CASE | {"unit": LEAD, "satisfaction": "satisfied", "rated_on": "2024-06-01"}
    for name, status in (("委员丙", 403), ("委员乙", 200)):
        rater = proposer(town, "somebody-else", name)
        answer = await town.give("evaluation", "rate-reply", rating, rater)
        assert (name, answer.status_code) == (name, status)


async def test_a_proposal_is_merged_only_into_one_that_is_being_handled(town: Town) -> None:
    for proposal_id in ("p-1", "p-2", "p-3"):
        await received(town, proposal_id, name="委员乙")
    unknown = {"proposal_id": "p-1", "into_proposal_id": "p-9"}
    assert (await town.give("intake", "merge-proposal", unknown)).status_code == 409
    merge = {"proposal_id": "p-2", "into_proposal_id": "p-3"}
    await town.done("intake", "merge-proposal", merge)
    into_merged = {"proposal_id": "p-1", "into_proposal_id": "p-2"}
    assert (await town.give("intake", "merge-proposal", into_merged)).status_code == 409
    assert (await town.give("intake", "merge-proposal", merge)).json()["recorded"] == 0


async def test_what_is_no_text_or_no_position_is_refused_in_a_sentence(town: Town) -> None:
    keeper = town.as_(ActorRole.OPERATOR)
    no_text = await town.intake.get("/log/%00/checkpoint")
    place = f"/districts/longgang/dead-letters/intake/{'9' * 30}/retry"
    no_position = await town.intake.post(place, headers=keeper)
    for answer, kind in ((no_text, "NoText"), (no_position, "NotValid")):
        assert (answer.status_code, answer.json()["title"]) == (422, kind)
        assert answer.json()["detail_en"]


@pytest.mark.parametrize("command", ["end-case", "open-handling-round"])
async def test_nobody_takes_a_case_out_of_the_figures_by_hand(town: Town, command: str) -> None:
    body = CASE | {"reason": "超期"}
    assert (await town.give("assignment", command, body)).status_code == 404


async def test_only_a_waived_co_unit_is_closed_by_hand(town: Town) -> None:
    await answered(town)
    closing = CASE | {"closed_on": "2024-06-01"}
    by_hand = await town.give("assignment", "close-assignment", closing | {"unit": LEAD})
    assert (by_hand.status_code, by_hand.json()["title"]) == (409, "ClosedByRating")
    assert (await lead_part(town))["state"] == "replied"


async def test_the_door_refuses_the_same_while_the_tables_are_empty(
    town: Town, connection: asyncpg.Connection
) -> None:
    """As after a migration that has them filled anew."""
    await answered(town)
    await connection.execute("truncate assignment.case_file, assignment.part")
    closing = CASE | {"unit": LEAD, "closed_on": "2024-06-01"}
    by_hand = await town.give("assignment", "close-assignment", closing)
    assert (by_hand.status_code, by_hand.json()["title"]) == (409, "ClosedByRating")
    changed = CASE | {
        "unit": LEAD,
        "result_class": "Z",
        "reason": "笔误",
        "changed_on": "2024-06-01",
    }
    unknown = await town.give("assignment", "change-result-class", changed)
    assert (unknown.status_code, unknown.json()["title"]) == (409, "UnknownClass")


async def test_a_waived_co_unit_is_closed_by_hand(town: Town) -> None:
    await dispatched(town)
    await town.done("assignment", "waive-co-opinion", CASE | {"unit": CO, "reason": "来不及"})
    closing = CASE | {"unit": CO, "closed_on": "2024-06-01"}
    assert (await town.give("assignment", "close-assignment", closing)).status_code == 200


@pytest.mark.parametrize(
    ("service", "path"),
    [
        ("intake", "/proposals?year=1000000000000"),
        ("intake", "/proposals/a%00b"),
        ("intake", "/proposals/a%00b/events"),
        ("assignment", "/years/1000000000000/cases"),
        ("assignment", "/years/2024/cases?q=a%00b"),
        ("assignment", "/cases/a%00b"),
        ("assignment", "/cases/a%00b/events"),
        ("evaluation", "/years/1000000000000/figures"),
        ("evaluation", "/cases/a%00b/events"),
    ],
)
async def test_an_absurd_question_is_bad_input(town: Town, service: str, path: str) -> None:
    client = getattr(town, service)
    answer = await client.get(f"/districts/{town.district}{path}", headers=town.as_())
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["委员乙", "委员甲"])
async def test_a_proposer_withdraws_only_own_proposals(town: Town, name: str) -> None:
    await dispatched(town)
    stranger = proposer(town, "somebody-else", name)
    body = CASE | {"reason": "误操作"}
    assert (await town.give("intake", "withdraw-proposal", body, stranger)).status_code == 403


async def test_the_committee_rates_by_proxy_with_a_scan_and_never_as_an_import(town: Town) -> None:
    await answered(town)
    rating = CASE | {"unit": LEAD, "satisfaction": "satisfied", "rated_on": "2024-06-01"}
    committee = town.as_(ActorRole.COMMITTEE)
    as_import = rating | {"imported": True}
    assert (await town.give("evaluation", "rate-reply", rating, committee)).status_code == 409
    assert (await town.give("evaluation", "rate-reply", as_import, committee)).status_code == 403
    by_proxy = rating | {"by_proxy": True, "scan": "评价表-20240001.pdf"}
    assert (await town.give("evaluation", "rate-reply", by_proxy, committee)).status_code == 200


async def test_a_request_without_a_valid_token_is_turned_away_everywhere(town: Town) -> None:
    for service in (town.intake, town.assignment, town.evaluation):
        for headers in ({}, {"authorization": "Bearer x.y.z"}):
            answer = await service.get(f"/districts/{town.district}/log", headers=headers)
            assert answer.status_code == 401


async def test_a_token_of_one_district_opens_no_other(town: Town) -> None:
    answer = await town.intake.get("/districts/yantian/proposals?year=2024", headers=town.as_())
    assert answer.status_code == 403
