"""A case from the proposer's desk to the second answer, through the front doors, by role."""

from typing import Any

from contracts.vocabulary import ActorRole
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
