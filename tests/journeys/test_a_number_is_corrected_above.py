"""A city corrects a number after it has handed the case down: the case below stays one."""

from tests.journeys.conftest import Town
from tests.journeys.test_a_city_hands_down_to_a_district import (
    CITY,
    IN_CITY,
    IN_DISTRICT,
    TAKES_PART,
    UNIT,
    at,
    city,
    handed_down,
    heard_all_again,
    list_taken_over,
    settle,
)

__all__ = ["city"]


async def numbers_below(town: Town, proposal_id: str) -> tuple[str, str]:
    """What the case is called below, and what the level above calls it according to that."""
    town.district = TAKES_PART
    case = await town.ask("assignment", f"/cases/{proposal_id}")
    return case["number"], case["handed_down"]["number"]


async def test_a_number_is_corrected_above_and_follows_below_where_the_case_stays_one(
    city: Town, database: str
) -> None:
    await handed_down(city)
    why = {"reason": "末两位写颠倒"}
    city.district = TAKES_PART
    refused = await city.give(
        "intake", "correct-case-number", IN_DISTRICT | why | {"number": "20240075"}
    )
    assert refused.json()["title"] == "NumberIsFromAbove"
    await at(city, CITY, "intake", "correct-case-number", **IN_CITY, **why, number="20240075")
    assert await numbers_below(city, "20240057") == ("20240075", "20240075")

    another = {"proposal_id": "p-58"}
    proposal = {"year": 2024, "title": "另一件", "form": "individual", "proposers": ["委员丙"]}
    await at(city, CITY, "intake", "receive-proposal", **another, **proposal)
    await at(city, CITY, "intake", "file-proposal", **another, number="20240058")
    await at(city, CITY, "intake", "correct-case-number", **another, **why, number="20240057")
    shares = [{"unit": UNIT, "role": "lead", "due_on": "2024-05-10"}]
    body = {"assignments": shares, "dispatched_on": "2024-03-09"}
    await at(city, CITY, "assignment", "dispatch-case", **another, **body)
    assert await numbers_below(city, "20240057.2") == ("20240057", "20240057")
    assert (await list_taken_over(city))["unchanged_rows"] == 2

    assert await numbers_below(city, "20240057") == ("20240075", "20240075")
    heads = await settle(city)
    await heard_all_again(database)
    assert await settle(city) == heads
    for district in (CITY, TAKES_PART):
        city.district = district
        assert (await city.ask("intake", "/log"))["dead_letters"] == []
