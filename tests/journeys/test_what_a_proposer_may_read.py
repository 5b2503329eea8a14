"""A proposer reads one's own proposals and published ones, and no others, through the front doors."""

import json
from collections.abc import Sequence
from typing import Any

import asyncpg
import pytest

from contracts.assignment import (
    AssignmentDispatched,
    AssignmentSigned,
    ContactRecorded,
    DraftSentBack,
    ReplyDrafted,
    ReplyIssued,
    ReplyPublished,
    UnitChased,
)
from contracts.vocabulary import ActorRole
from tests.journeys.conftest import RULEBOOK, Town
from tests.journeys.test_a_supervisor_runs_a_case import (
    ANSWER,
    CASE,
    CO,
    LEAD,
    answered,
    by_unit,
    dispatched,
)
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
PUBLIC_PAGES = PAGES[:4]
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


async def being_written(town: Town) -> None:
    """The leading unit was chased, and its first version sent back."""
    await dispatched(town)
    for unit in (LEAD, CO):
        await by_unit(town, "sign-assignment", unit, signed_on="2024-03-11")
    await by_unit(
        town,
        "record-contact",
        LEAD,
        stage="before",
        manner="visit",
        contacted_on="2024-03-20",
        note="情绪较大",
    )
    letter = {name: ANSWER[name] for name in ANSWER if name not in {*CASE, "unit", "issued_on"}}
    points = [{"number": 1, "answer": "初稿：暂不考虑"}]
    await by_unit(town, "draft-reply", LEAD, **letter, points=points, drafted_on="2024-05-10")
    of_lead = CASE | {"unit": LEAD}
    await town.done("assignment", "send-back-draft", of_lead | {"version": 1, "findings": ["生硬"]})
    await town.done(
        "assignment", "chase-unit", of_lead | {"manner": "phone", "chased_on": "2024-05-11"}
    )


async def read_by(
    town: Town, headers: dict[str, str]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What a reader finds: the part of the leading unit, and the events of the case."""
    place = "/districts/longgang/cases/20240001"
    case = (await town.assignment.get(place, headers=headers)).json()
    events = (await town.assignment.get(f"{place}/events", headers=headers)).json()["events"]
    return next(one for one in case["assignments"] if one["unit"] == LEAD), events


async def statuses(
    town: Town, subject: str, name: str, pages: Sequence[tuple[str, str]] = PAGES
) -> set[int]:
    headers = proposer(town, subject, name)
    return {
        (
            await getattr(town, service).get(f"/districts/longgang{path}", headers=headers)
        ).status_code
        for service, path in pages
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
    assert await statuses(town, "stranger", "委员乙", PUBLIC_PAGES) == {200}
    rest = [page for page in PAGES if page not in PUBLIC_PAGES]
    assert await statuses(town, "stranger", "委员乙", rest) == {404}
    assert await listed(town, "stranger", "委员乙") == [{"20240001"}, {"20240001"}]
    objects = CASE | {"consents": False, "consent_reason": "涉及个人情况"}
    await town.done("intake", "state-publication-consent", objects, role=ActorRole.COMMITTEE)
    assert await statuses(town, "stranger", "委员乙") == {404}
    assert await listed(town, "stranger", "委员乙") == [set(), set()]


async def test_a_letter_is_read_by_its_proposer_once_it_is_issued_and_not_while_it_is_written(
    town: Town,
) -> None:
    await being_written(town)
    part, events = await read_by(town, proposer(town, "proposer", "委员甲"))
    assert (part["drafts"], part["chasings"], part["contacts"][0]["note"]) == ([], [], "")
    types = {AssignmentDispatched.type, AssignmentSigned.type, ContactRecorded.type}
    assert {each["type"] for each in events} == types
    assert "情绪较大" not in str(events)
    points = [{"number": 1, "answer": "年内试办"}]
    await by_unit(town, "give-co-opinion", CO, given_on="2024-04-02", opinion="内部意见")
    await by_unit(
        town,
        "issue-reply",
        LEAD,
        **{k: v for k, v in ANSWER.items() if k not in CASE | {"unit": 1}},
        points=points,
    )
    part, events = await read_by(town, proposer(town, "proposer", "委员甲"))
    assert [each["points"] for each in part["drafts"]] == [points]
    assert ReplyIssued.type in {each["type"] for each in events}
    read = str((part, events))
    assert not [each for each in ("初稿：暂不考虑", "内部意见", "生硬") if each in read]


async def test_a_letter_being_written_is_read_by_its_unit_and_the_office_and_by_no_other_unit(
    town: Town,
) -> None:
    await being_written(town)
    for headers in (town.as_(), town.as_(ActorRole.UNIT, unit=LEAD)):
        part, events = await read_by(town, headers)
        assert [each["findings"] for each in part["drafts"]] == [["生硬"]]
        assert {ReplyDrafted.type, DraftSentBack.type} <= {each["type"] for each in events}
    part, events = await read_by(town, town.as_(ActorRole.UNIT, unit=CO))
    assert part["drafts"] == []
    found = {each["type"] for each in events}
    assert not {ReplyDrafted.type, DraftSentBack.type} & found
    assert UnitChased.type in found


async def test_a_stranger_reads_the_published_round_and_neither_a_later_one_nor_its_review(
    town: Town,
) -> None:
    await answered(town)
    of_lead = CASE | {"unit": LEAD}
    await by_unit(town, "publish-reply", LEAD, published_on="2024-06-03")
    rating = of_lead | {"satisfaction": "dissatisfied", "rated_on": "2024-06-04"}
    await town.done("evaluation", "rate-reply", rating, role=ActorRole.PROPOSER, name="委员甲")
    again = {name: ANSWER[name] for name in ANSWER if name not in of_lead}
    again |= {"openness": "withheld", "withheld_because": "涉及个人情况"}
    again |= {"document_number": "深龙函〔2024〕9号", "issued_on": "2024-06-20"}
    await by_unit(town, "issue-reply", LEAD, **again)
    stranger = proposer(town, "stranger", "委员乙")
    part, events = await read_by(town, stranger)
    assert (part["document_number"], part["handling_round"]) == (ANSWER["document_number"], 1)
    assert (part["state"], part["satisfaction"], part["contacts"]) == ("replied", None, [])
    assert [each["type"] for each in events] == [ReplyIssued.type, ReplyPublished.type]
    place = "/districts/longgang/cases/20240001"
    case = (await town.assignment.get(place, headers=stranger)).json()
    assert [each["unit"] for each in case["assignments"]] == [LEAD]
    own, _ = await read_by(town, proposer(town, "proposer", "委员甲"))
    assert (own["document_number"], own["handling_round"]) == ("深龙函〔2024〕9号", 2)


async def test_of_a_published_summary_a_stranger_reads_no_letter(town: Town) -> None:
    await answered(town)
    await by_unit(town, "publish-reply", LEAD, published_on="2024-06-03", summary_only=True)
    part, events = await read_by(town, proposer(town, "stranger", "委员乙"))
    assert (part["document_number"], part["published_on"]) == (None, "2024-06-03")
    assert [each["type"] for each in events] == [ReplyPublished.type]


async def test_whoever_was_taken_in_reads_where_they_are_answered(town: Town) -> None:
    await received(town, "p-2", name="委员丙")
    await answered(town)
    merge = {"proposal_id": "p-2", "into_proposal_id": "20240001"}
    await town.done("intake", "merge-proposal", merge)
    assert await statuses(town, "somebody", "委员丙") == {200}
    assert await statuses(town, "somebody", "委员丁") == {404}


async def test_whoever_was_taken_in_by_what_was_taken_in_reads_it_too(town: Town) -> None:
    for proposal_id, name in (("p-1", "委员丙"), ("p-2", "委员丁"), ("p-3", "委员戊")):
        await received(town, proposal_id, name=name)
    for merged, into in (("p-1", "p-2"), ("p-2", "p-3")):
        merge = {"proposal_id": merged, "into_proposal_id": into}
        await town.done("intake", "merge-proposal", merge)
    for name, may_read in (("委员丙", True), ("委员丁", True), ("委员己", False)):
        for page in ("/proposals/p-3", "/proposals/p-3/events"):
            path = f"/districts/longgang{page}"
            told = await town.intake.get(path, headers=proposer(town, "somebody", name))
            assert (told.status_code == 200) is may_read, (name, page)


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


async def test_what_a_notice_would_move_is_not_for_proposers(town: Town) -> None:
    notice = {"year": 2026, "source": "通知", "holidays": [], "worked": []}
    pasted = {"year": 2026, "source": "通知", "text": "一、元旦：1月1日放假。"}
    for path, body in (("foresee", notice), ("read", pasted)):
        answer = await town.assignment.post(
            f"/districts/longgang/calendar/{path}",
            json=body,
            headers=proposer(town, "stranger", "委员乙"),
        )
        assert answer.status_code == 403, path


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


async def test_while_its_row_is_missing_a_draft_is_its_authors_alone(
    town: Town, database: str
) -> None:
    author, stranger = proposer(town, "author", "委员甲"), proposer(town, "stranger", "委员乙")
    draft = {"proposal_id": "p-1", "year": 2024, "title": "试办", "form": "individual"}
    own, foreign = draft | {"proposers": ["委员甲"]}, draft | {"proposers": ["委员乙"]}
    assert (await town.give("intake", "save-draft", own, author)).status_code == 200
    await town.settle()
    connection = await asyncpg.connect(database)
    await connection.execute("delete from intake.proposal")
    await connection.close()
    place = "/districts/longgang/proposals/p-1/events"
    readers = (author, stranger, town.as_(), town.as_(ActorRole.UNIT, unit=LEAD))
    found = [(await town.intake.get(place, headers=each)).status_code for each in readers]
    assert found == [200, 404, 404, 404]
    assert (await town.give("intake", "save-draft", foreign, stranger)).status_code == 403
    assert (
        await town.give("intake", "save-draft", own | {"body": "再写"}, author)
    ).status_code == 200
