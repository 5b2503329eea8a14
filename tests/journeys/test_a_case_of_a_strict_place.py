"""Handling under a strict rulebook, over HTTP: limits, guards, supervision's steps, a new calendar."""

from datetime import date, timedelta
from typing import Any

from contracts.vocabulary import ActorRole
from hosting.clock import system_clock
from tests.journeys.conftest import ROOT, Town
from tests.journeys.test_who_may_do_what import received

LEAD, CO, OTHER = "龙岗区科技创新局", "龙岗区教育局", "龙岗区发展和改革局"
CASE = {"proposal_id": "20240001"}
PLACE = ROOT / "deploy" / "rulebooks" / "baoji.toml"


async def dispatched(town: Town, rulebook: str, dispatched_on: str) -> None:
    await town.done("evaluation", "adopt-rulebook", {"year": 2024, "text": rulebook})
    proposal = {"year": 2024, "title": "试办", "form": "individual", "proposers": ["委员甲"]}
    received = CASE | proposal
    await town.done("intake", "receive-proposal", received, role=ActorRole.PROPOSER, name="委员甲")
    filed = CASE | {"number": "20240001"}
    await town.done("intake", "file-proposal", filed, role=ActorRole.COMMITTEE)
    shares = [{"unit": LEAD, "role": "lead"}, {"unit": CO, "role": "co"}]
    body = CASE | {"assignments": shares, "dispatched_on": dispatched_on}
    await town.done("assignment", "dispatch-case", body)


async def part_of(town: Town, unit: str) -> dict[str, Any]:
    case = await town.ask("assignment", "/cases/20240001")
    found: dict[str, Any] = next(one for one in case["assignments"] if one["unit"] == unit)
    return found


async def by(town: Town, command: str, unit: str, **body: Any) -> None:
    await town.done(
        "assignment", command, {**CASE, "unit": unit, **body}, role=ActorRole.UNIT, unit=unit
    )


async def test_what_the_place_asks_for_is_kept_with_the_dispatch_and_asked_for(town: Town) -> None:
    await dispatched(town, PLACE.read_text("utf-8"), "2024-04-26")
    part = await part_of(town, LEAD)
    # Two working days over the First of May, and seven to ask for a return.
    assert (part["sign_by"], part["return_until"]) == ("2024-04-29", "2024-05-09")
    await by(town, "sign-assignment", LEAD, signed_on="2024-04-29")
    late = CASE | {
        "unit": LEAD,
        "reason": "不属本单位职责",
        "suggested_unit": OTHER,
        "requested_on": "2024-05-10",
    }
    answer = await town.give("assignment", "request-return", late)
    assert (answer.status_code, "2024-05-09" in answer.json()["detail"]) == (409, True)
    await town.done("assignment", "allow-late-return", CASE | {"unit": LEAD, "reason": "机构调整"})
    await town.done("assignment", "request-return", late)
    assert (await part_of(town, LEAD))["return_reason"] == "不属本单位职责"


async def test_more_time_shows_in_the_case_and_a_commitment_is_kept(town: Town) -> None:
    await dispatched(town, PLACE.read_text("utf-8"), "2024-04-26")
    await by(town, "sign-assignment", LEAD, signed_on="2024-04-29")
    wish = {"reason": "需论证", "until": "2024-08-20", "requested_on": "2024-07-01"}
    await by(town, "request-extension", LEAD, **wish)
    assert (await part_of(town, LEAD))["extension_until"] == "2024-08-20"
    given = CASE | {"unit": LEAD, "due_on": "2024-08-10", "granted_on": "2024-07-03"}
    await town.done("assignment", "grant-extension", given)
    part = await part_of(town, LEAD)
    assert (part["due_on"], part["first_due_on"]) == ("2024-08-10", "2024-07-26")
    promise = {"commitment": 1, "text": "建成", "due_on": "2024-12-01", "made_on": "2024-07-05"}
    await by(town, "make-commitment", LEAD, **promise)
    kept = {"commitment": 1, "evidence": "验收单", "fulfilled_on": "2024-11-20"}
    await by(town, "fulfil-commitment", LEAD, **kept)
    (commitment,) = (await part_of(town, LEAD))["commitments"]
    assert (commitment["standing"], commitment["text"]) == ("fulfilled", "建成")


async def test_a_co_unit_is_added_at_the_request_of_the_lead(town: Town) -> None:
    await dispatched(town, PLACE.read_text("utf-8"), "2024-04-26")
    await by(
        town, "suggest-co-unit", LEAD, co_unit=OTHER, reason="涉及规划", suggested_on="2024-04-28"
    )
    assert [each["unit"] for each in (await part_of(town, LEAD))["wanted"]] == [OTHER]
    added = CASE | {"unit": LEAD, "co_unit": OTHER, "added_on": "2024-04-30"}
    await town.done("assignment", "add-co-unit", added)
    part = await part_of(town, OTHER)
    assert (part["role"], part["due_on"]) == ("co", "2024-06-30")
    assert (await part_of(town, LEAD))["wanted"] == []


async def test_a_unit_is_not_added_to_a_case_that_changed_after_it_was_looked_at(
    town: Town,
) -> None:
    await dispatched(town, PLACE.read_text("utf-8"), "2024-04-26")
    seen = (await town.ask("assignment", "/cases/20240001"))["shown"]["position"]
    await by(town, "sign-assignment", LEAD, signed_on="2024-04-29")
    added = CASE | {"unit": LEAD, "co_unit": OTHER, "added_on": "2024-04-30"}
    late = town.as_() | {"seen-position": str(seen)}
    answer = await town.give("assignment", "add-co-unit", added, headers=late)
    assert (answer.status_code, answer.json()["type"].endswith("Overtaken")) == (409, True)


async def test_a_notice_shows_what_it_moves_before_it_moves_it(town: Town) -> None:
    text = PLACE.read_text("utf-8")
    for was, now in (("lead]\nmonths = 3", 60), ("signing]\nworking_days = 2", 55)):
        name, _, _ = was.partition("]")
        text = text.replace(f"[limits.{was}", f"[limits.{name}]\nworking_days = {now}", 1)
    today = system_clock().date()
    await dispatched(town, text, today.isoformat())
    before = await part_of(town, LEAD)
    year = date.fromisoformat(before["due_on"]).year
    known = (await town.ask("assignment", "/calendar"))["years"]
    if year in known:
        year = today.year
    new_year = max(date(year, 1, 4), today + timedelta(days=1))
    while new_year.weekday() > 3:
        new_year += timedelta(days=1)
    away = [{"name": "假期", "first": new_year.isoformat(), "last": new_year.isoformat()}]
    notice = {"year": year, "source": "国务院办公厅通知（样例）", "holidays": away}
    place = "/districts/longgang/calendar/foresee"
    foreseen = await town.assignment.post(place, json=notice, headers=town.as_())
    assert foreseen.status_code == 200, foreseen.text
    (move,) = foreseen.json()["moves"]
    assert (move["unit"], move["was_due_on"]) == (LEAD, before["due_on"])
    early = {each["unit"]: each for each in foreseen.json()["early_moves"]}
    assert early.keys() == {LEAD, CO}
    assert early[LEAD]["was_sign_by"] == before["sign_by"] < early[LEAD]["sign_by"]
    assert await part_of(town, LEAD) | {"position": 0} == before | {"position": 0}

    await town.done("assignment", "adopt-holiday-notice", notice)
    after = await part_of(town, LEAD)
    assert (after["due_on"], after["provisional"]) == (move["due_on"], move["provisional"])
    signing = {unit: (await part_of(town, unit))["sign_by"] for unit in early}
    assert signing == {unit: each["sign_by"] for unit, each in early.items()}
    assert (await town.ask("assignment", "/calendar"))["adopted"] == [year]
    again = await town.assignment.post(place, json=notice, headers=town.as_())
    assert (again.json()["moves"], again.json()["early_moves"]) == ([], [])


async def test_a_dispatch_sent_again_gets_its_first_answer_though_its_case_is_key_by_now(
    town: Town,
) -> None:
    await town.adopt_rulebook()
    await received(town, "20240001", name="委员甲")
    filed = CASE | {"number": "20240001"}
    await town.done("intake", "file-proposal", filed, role=ActorRole.COMMITTEE)
    body = CASE | {"assignments": [{"unit": LEAD, "role": "sole"}], "dispatched_on": "2024-04-26"}
    headers = town.as_() | {"idempotency-key": "once"}
    first = await town.give("assignment", "dispatch-case", body, headers)
    await town.settle()
    await town.done("intake", "mark-proposal-key", CASE, role=ActorRole.COMMITTEE)
    again = await town.give("assignment", "dispatch-case", body, headers)
    assert (first.status_code, again.status_code) == (200, 200), again.text
    assert again.json() == first.json()
    later = await town.give(
        "assignment", "dispatch-case", body | {"dispatched_on": "2024-04-27"}, headers
    )
    assert later.json()["type"].endswith("KeyUsedForSomethingElse")
