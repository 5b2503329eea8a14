"""A proposer reads one's own proposals and published ones, and no others, through the front doors."""

from contracts.vocabulary import ActorRole
from tests.journeys.conftest import Town
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


async def _status(town: Town, service: str, path: str) -> int:
    answer = await getattr(town, service).get(f"/districts/longgang{path}", headers=town.as_())
    return int(answer.status_code)
