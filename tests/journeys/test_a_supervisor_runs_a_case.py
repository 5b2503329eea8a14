"""A case from the proposer's desk to the second answer, through the front doors, by role."""

from datetime import timedelta
from typing import Any

import pytest

from contracts.identity import Actor, issue_token
from contracts.vocabulary import ActorRole
from hosting.signing import system_clock
from tests.journeys.conftest import Town

LEAD, CO = "龙岗区科技创新局", "龙岗区教育局"
CASE = {"proposal_id": "20240001"}
ANSWER = {
    **CASE,
    "unit": LEAD,
    "document_number": "深龙函〔2024〕1号",
    "result_class": "B",
    "openness": "public",
    "contact_person": "李工",
    "issued_on": "2024-05-20",
}


async def dispatched(town: Town) -> None:
    await town.adopt_rulebook()
    proposal = {
        "year": 2024,
        "title": "关于试办的建议",
        "form": "individual",
        "proposers": ["委员甲"],
    }
    await town.done(
        "intake", "receive-proposal", CASE | proposal, role=ActorRole.PROPOSER, name="委员甲"
    )
    await town.done(
        "intake", "file-proposal", CASE | {"number": "20240001"}, role=ActorRole.COMMITTEE
    )
    shares = [{"unit": LEAD, "role": "lead"}, {"unit": CO, "role": "co"}]
    body = CASE | {"assignments": shares, "dispatched_on": "2024-03-08"}
    await town.done("assignment", "dispatch-case", body)


async def by_unit(town: Town, command: str, unit: str, **body: Any) -> None:
    await town.done(
        "assignment", command, {**CASE, "unit": unit, **body}, role=ActorRole.UNIT, unit=unit
    )


async def answered(town: Town) -> None:
    await dispatched(town)
    for unit in (LEAD, CO):
        await by_unit(town, "sign-assignment", unit, signed_on="2024-03-11")
    await by_unit(
        town, "record-contact", LEAD, stage="before", manner="visit", contacted_on="2024-03-20"
    )
    await by_unit(town, "give-co-opinion", CO, given_on="2024-04-02")
    await by_unit(
        town, "issue-reply", LEAD, **{k: ANSWER[k] for k in ANSWER if k not in CASE | {"unit": 1}}
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


async def lead_part(town: Town) -> dict[str, Any]:
    case = await town.ask("assignment", "/cases/20240001")
    part: dict[str, Any] = next(one for one in case["assignments"] if one["unit"] == LEAD)
    return part


async def test_a_case_is_answered_rated_and_closed(town: Town) -> None:
    await answered(town)
    rating = CASE | {"unit": LEAD, "satisfaction": "satisfied", "rated_on": "2024-06-01"}
    await town.done("evaluation", "rate-reply", rating, role=ActorRole.PROPOSER, name="委员甲")
    part = await lead_part(town)
    assert (part["state"], part["satisfaction"]) == ("closed", "satisfied")


async def test_a_dissatisfied_proposer_gets_a_second_round_and_the_first_rating_stays(
    town: Town,
) -> None:
    await answered(town)
    rating = CASE | {"unit": LEAD, "satisfaction": "dissatisfied", "rated_on": "2024-06-01"}
    await town.done("evaluation", "rate-reply", rating, role=ActorRole.PROPOSER, name="委员甲")
    assert (await lead_part(town))["state"] == "rehandling"

    again = {k: ANSWER[k] for k in ANSWER if k not in CASE | {"unit": 1}} | {
        "issued_on": "2024-06-20",
        "document_number": "深龙函〔2024〕9号",
    }
    await by_unit(town, "issue-reply", LEAD, **again)
    better = rating | {"satisfaction": "satisfied", "rated_on": "2024-07-01"}
    await town.done("evaluation", "rate-reply", better, role=ActorRole.PROPOSER, name="委员甲")

    part = await lead_part(town)
    assert (part["state"], part["handling_round"]) == ("closed", 2)
    events = (await town.ask("evaluation", "/cases/20240001/events"))["events"]
    ratings = [one["data"]["satisfaction"] for one in events if "reply_rated" in one["type"]]
    assert ratings == ["dissatisfied", "satisfied"]


async def test_an_answer_before_the_co_opinion_is_refused_with_the_missing_unit(town: Town) -> None:
    await dispatched(town)
    await by_unit(town, "sign-assignment", LEAD, signed_on="2024-03-11")
    await by_unit(
        town, "record-contact", LEAD, stage="before", manner="visit", contacted_on="2024-03-20"
    )
    answer = await town.give(
        "assignment", "issue-reply", ANSWER, town.as_(ActorRole.UNIT, unit=LEAD)
    )
    assert (answer.status_code, CO in answer.json()["detail"]) == (409, True)


async def test_a_unit_may_not_act_for_another(town: Town) -> None:
    await dispatched(town)
    body = CASE | {"unit": LEAD, "signed_on": "2024-03-11"}
    answer = await town.give(
        "assignment", "sign-assignment", body, town.as_(ActorRole.UNIT, unit=CO)
    )
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")


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


async def test_a_released_unit_is_replaced_with_a_fresh_deadline(town: Town) -> None:
    await dispatched(town)
    other = "龙岗区发展和改革局"
    await by_unit(
        town,
        "request-return",
        LEAD,
        reason="不属本单位职责",
        suggested_unit=other,
        requested_on="2024-03-12",
    )
    release = CASE | {"unit": LEAD, "new_unit": other, "granted_on": "2024-03-15"}
    await town.done("assignment", "grant-return", release)
    case = await town.ask("assignment", "/cases/20240001")
    parts = {one["unit"]: (one["role"], one["state"], one["due_on"]) for one in case["assignments"]}
    assert parts[LEAD][1] == "returned"
    assert parts[other] == ("lead", "dispatched", "2024-06-15")


async def test_a_unit_that_gets_its_part_back_begins_anew(town: Town) -> None:
    await dispatched(town)
    other = "龙岗区发展和改革局"
    await by_unit(town, "sign-assignment", LEAD, signed_on="2024-03-11")
    await by_unit(
        town, "record-contact", LEAD, stage="before", manner="visit", contacted_on="2024-03-11"
    )
    for unit, new_unit in ((LEAD, other), (other, LEAD)):
        wish = {"reason": "不属本单位职责", "suggested_unit": new_unit}
        await by_unit(town, "request-return", unit, **wish, requested_on="2024-03-12")
        release = CASE | {"unit": unit, "new_unit": new_unit, "granted_on": "2024-03-12"}
        await town.done("assignment", "grant-return", release)
    part = await lead_part(town)
    assert (part["state"], part["contacts"], part["signed_on"]) == ("dispatched", [], None)


async def test_a_limit_may_be_set_by_hand(town: Town) -> None:
    await dispatched(town)
    other = "龙岗区发展和改革局"
    wish = {"reason": "不属本单位职责", "suggested_unit": other}
    await by_unit(town, "request-return", LEAD, **wish, requested_on="2024-03-12")
    release = CASE | {"unit": LEAD, "new_unit": other, "granted_on": "2024-03-15"}
    await town.done("assignment", "grant-return", release | {"due_on": "2024-05-05"})
    case = await town.ask("assignment", "/cases/20240001")
    limits = {one["unit"]: (one["due_on"], one["due_rule"]) for one in case["assignments"]}
    assert limits[other] == ("2024-05-05", "by-hand")


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


async def test_a_withdrawn_proposal_ends_its_case_and_is_not_counted(town: Town) -> None:
    await dispatched(town)
    assert (await town.figures())["total"] == 1
    await town.done(
        "intake",
        "withdraw-proposal",
        CASE | {"reason": "已另案提出"},
        role=ActorRole.PROPOSER,
        name="委员甲",
    )
    cases = await town.ask("assignment", "/years/2024/cases")
    assert [one["state"] for one in cases["cases"]] == ["ended"]
    assert (await town.figures())["total"] == 0


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


async def test_the_same_idempotency_key_gives_the_first_answer(town: Town) -> None:
    await dispatched(town)
    headers = town.as_() | {"idempotency-key": "k1"}
    body = CASE | {"unit": LEAD, "signed_on": "2024-03-11"}
    first = await town.give("assignment", "sign-assignment", body, headers)
    again = await town.give("assignment", "sign-assignment", body, headers)
    assert (first.json()["recorded"], again.json()["recorded"]) == (1, 1)
    assert first.json()["position"] == again.json()["position"]


async def test_bad_input_names_the_field(town: Town) -> None:
    answer = await town.give("assignment", "sign-assignment", CASE | {"unit": LEAD})
    assert (answer.status_code, answer.json()["field"]) == (422, "signed_on")
