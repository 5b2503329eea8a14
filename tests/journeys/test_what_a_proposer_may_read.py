"""A proposer reads one's own proposals and published ones, and no others, through the front doors."""

import json
from typing import Any

import pytest

from contracts.vocabulary import ActorRole
from tests.journeys.conftest import RULEBOOK, Town
from tests.journeys.test_a_supervisor_runs_a_case import CASE, LEAD, answered
from tests.journeys.test_who_may_do_what import proposer, received

OTHERS = [
    ("proposer", "委员甲", True),
    ("namesake", "委员甲", False),
    ("stranger", "委员乙", False),
]
PAGES = [
    ("intake", "/proposals/20240001"),
    ("intake", "/proposals/20240001/events"),
    ("assignment", "/cases/20240001"),
    ("assignment", "/cases/20240001/events"),
    ("assignment", "/cases/20240001/openings"),
    ("evaluation", "/cases/20240001/events"),
    ("evaluation", "/cases/20240001/holding"),
]
LISTS = [
    ("intake", "/proposals?year=2024", "proposals"),
    ("assignment", "/years/2024/cases", "cases"),
]
YEAR = "/districts/longgang/years/2024"
FIGURES = [
    "figures",
    "figures?rulebook=baoji",
    "rates/on_time_completion_rate",
    "holdings",
    "insights",
]
BEHIND = '"proposal_id": "20240001"'


async def statuses(town: Town, subject: str, name: str) -> set[int]:
    headers = proposer(town, subject, name)
    return {
        (
            await getattr(town, service).get(f"/districts/longgang{path}", headers=headers)
        ).status_code
        for service, path in PAGES
    }


async def listed(town: Town, subject: str, name: str) -> list[set[str]]:
    headers = proposer(town, subject, name)
    found = []
    for service, path, key in LISTS:
        answer = await getattr(town, service).get(f"/districts/longgang{path}", headers=headers)
        found.append({each["proposal_id"] for each in answer.json()[key]})
    return found


async def test_a_proposer_reads_own_proposals_and_neither_a_stranger_nor_a_namesake_does(
    town: Town,
) -> None:
    await answered(town)
    for subject, name, is_own in OTHERS:
        assert await statuses(town, subject, name) == ({200} if is_own else {404}), subject
        ids = {"20240001"} if is_own else set()
        assert await listed(town, subject, name) == [ids, ids], subject
    office = {await _status(town, service, path) for service, path in PAGES}
    assert office == {200}


async def test_a_published_answer_is_read_by_every_proposer_unless_they_object(town: Town) -> None:
    await answered(town)
    published = CASE | {"unit": LEAD, "published_on": "2024-06-03"}
    await town.done("assignment", "publish-reply", published, role=ActorRole.UNIT, unit=LEAD)
    assert await statuses(town, "stranger", "委员乙") == {200}
    assert await listed(town, "stranger", "委员乙") == [{"20240001"}, {"20240001"}]
    objects = CASE | {"consents": False, "consent_reason": "涉及个人情况"}
    await town.done("intake", "state-publication-consent", objects, role=ActorRole.COMMITTEE)
    assert await statuses(town, "stranger", "委员乙") == {404}
    assert await listed(town, "stranger", "委员乙") == [set(), set()]


async def test_whoever_was_taken_in_reads_where_they_are_answered(town: Town) -> None:
    await received(town, "p-2", name="委员丙")
    await answered(town)
    merge = {"proposal_id": "p-2", "into_proposal_id": "20240001"}
    await town.done("intake", "merge-proposal", merge)
    assert await statuses(town, "somebody", "委员丙") == {200}
    assert await statuses(town, "somebody", "委员丁") == {404}


async def test_a_title_is_in_the_catalogue_once_it_is_filed_and_not_before(town: Town) -> None:
    await received(town, "p-1", name="委员甲")
    place = "/districts/longgang/look-alikes?title=试办"
    headers = proposer(town, "stranger", "委员乙")
    assert (await town.intake.get(place, headers=headers)).json()["look_alikes"] == []
    await town.done("intake", "file-proposal", {"proposal_id": "p-1", "number": "20240009"})
    (found,) = (await town.intake.get(place, headers=headers)).json()["look_alikes"]
    assert (found["proposal_id"], found["proposers"]) == ("p-1", [])


async def test_figures_are_for_everybody_and_the_cases_behind_them_for_their_readers(
    town: Town,
) -> None:
    await town.adopt_rulebook()
    await answered(town)
    office = [await figures_asked(town, path, town.as_()) for path in FIGURES]
    counted = [without_cases(each) for each in office]
    for subject, name, is_own in OTHERS:
        headers = proposer(town, subject, name)
        told = [await figures_asked(town, path, headers) for path in FIGURES]
        assert [without_cases(each) for each in told] == counted, subject
        names = [BEHIND in json.dumps(each) for each in told]
        assert names == [is_own] * len(FIGURES), subject
    assert all(BEHIND in json.dumps(each) for each in office)


@pytest.mark.parametrize("path", ["figures/receipt", "summary.json", "summary.docx"])
async def test_what_cannot_be_told_without_its_cases_is_not_for_proposers(
    town: Town, path: str
) -> None:
    headers = town.as_(ActorRole.PROPOSER)
    answer = await town.evaluation.get(f"{YEAR}/{path}", headers=headers)
    assert answer.status_code == 403


async def test_a_proposer_brings_neither_a_rulebook_nor_a_receipt(town: Town) -> None:
    headers = town.as_(ActorRole.PROPOSER)
    text = RULEBOOK.read_text(encoding="utf-8")
    tried = await town.evaluation.post(f"{YEAR}/figures", json={"text": text}, headers=headers)
    receipt = {"file": ("receipt.json", b"{}")}
    again = await town.evaluation.post(
        "/districts/longgang/recompute", files=receipt, headers=headers
    )
    assert (tried.status_code, again.status_code) == (403, 403)


async def figures_asked(town: Town, path: str, headers: dict[str, str]) -> Any:
    answer = await town.evaluation.get(f"{YEAR}/{path}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def without_cases(told: Any) -> Any:
    """What is said, without any case that stands behind it."""
    if isinstance(told, list):
        return [without_cases(each) for each in told if not _is_case(each)]
    if isinstance(told, dict):
        return {name: without_cases(each) for name, each in told.items() if name != "margin"}
    return told


def _is_case(told: Any) -> bool:
    return isinstance(told, dict) and "proposal_id" in told


async def _status(town: Town, service: str, path: str) -> int:
    answer = await getattr(town, service).get(f"/districts/longgang{path}", headers=town.as_())
    return int(answer.status_code)
