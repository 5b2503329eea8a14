"""A ledger that is imported again when more is known: three services take over what is new, once."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assignment.commands import IssueReply, RecordContact, SignAssignment
from assignment.decisions.continuing import LedgerToldOtherwise
from contracts.assignment import AssignmentSigned, ReplyIssued
from contracts.evaluation import RehandlingOrdered, ReplyRated
from contracts.ledger import LedgerRow
from contracts.vocabulary import (
    ContactManner,
    ContactStage,
    Openness,
    ProposalForm,
    Role,
    Satisfaction,
)
from evaluation.commands import AdoptRulebook, RateReply
from evaluation.decisions.rating import LaterRoundThanTheLedger, LedgerRatedOtherwise
from intake.commands import RecordLedgerRow
from tests.process.districts import District
from tests.process.rows import NOW, recording

EDUCATION, HEALTH = "区教育局", "区卫生健康局"
RULEBOOK = Path(__file__).parents[2] / "deploy/rulebooks/shenzhen-2024.toml"
BLANK = LedgerRow(
    number="20240001",
    title="关于优化学区划分的建议",
    form=ProposalForm.INDIVIDUAL,
    proposers=("陈一",),
    role=Role.SPLIT,
    own_units=(EDUCATION, HEALTH),
    split_units=(EDUCATION, HEALTH),
    dispatched_on=date(2024, 3, 11),
)
SIGNED: dict[str, Any] = {"signed_on": date(2024, 3, 12), "contacted_before_on": date(2024, 3, 20)}
LETTER: dict[str, Any] = {
    "document_number": "12号",
    "result_class": "A",
    "openness": Openness.PUBLIC,
}
ANSWERED: dict[str, Any] = {"replied_on": date(2024, 5, 20)}
RATED: dict[str, Any] = {"satisfaction": Satisfaction.SATISFIED, "rated_on": date(2024, 6, 3)}
NAMES = ("intake", "assignment", "evaluation")


def a_row(**cells: Any) -> RecordLedgerRow:
    return recording(BLANK.model_copy(update=cells), f"ledger of {len(cells)}.xlsx")


def begun() -> District:
    district = District()
    text = RULEBOOK.read_text(encoding="utf-8")
    district.give("evaluation", AdoptRulebook(at=NOW, year=2024, text=text))
    return district


def imported(district: District, **cells: Any) -> None:
    command = a_row(**cells)
    district.give("intake", command, attested_by=command.ledger_name)


def after(*ledgers: dict[str, Any]) -> District:
    """Everybody has heard of each ledger before the next one comes."""
    district = begun()
    for cells in ledgers:
        imported(district, **cells)
        district.settle()
    return district


def counted(district: District, kind: type) -> Counter[str]:
    return Counter(event.unit for event, _ in district.log if isinstance(event, kind))  # type: ignore[attr-defined]


def test_a_year_that_is_imported_three_times_says_everything_once() -> None:
    district = after({}, SIGNED, SIGNED | ANSWERED | LETTER | RATED)

    for kind in (AssignmentSigned, ReplyIssued, ReplyRated):
        assert counted(district, kind) == {EDUCATION: 1, HEALTH: 1}
    assert not district.dead_letters
    grown = [each for event, each in district.log if isinstance(event, ReplyIssued)]
    assert all(each.is_imported for each in grown)


def test_the_rating_alone_may_come_with_a_later_ledger() -> None:
    district = after(ANSWERED, ANSWERED | RATED, ANSWERED | RATED | LETTER)

    assert counted(district, ReplyRated) == {EDUCATION: 1, HEALTH: 1}
    rated = [event for event, _ in district.log if isinstance(event, ReplyRated)]
    assert {event.rated_on for event in rated} == {date(2024, 6, 3)}
    assert not district.dead_letters


steps = st.lists(
    st.one_of(
        st.just(("ledger", 0)),
        st.tuples(st.sampled_from(NAMES), st.integers(1, 8)),
    ),
    max_size=30,
)
chains = st.permutations([SIGNED, ANSWERED, LETTER, RATED])


@settings(max_examples=120, deadline=None)
@given(steps, chains)
def test_however_far_each_service_has_come_a_grown_year_is_the_year_at_once(
    taken: list[tuple[str, int]], chain: list[dict[str, Any]]
) -> None:
    district, waiting = begun(), [{}, *chain]
    known: dict[str, Any] = {}
    for name, count in [*taken, *[("ledger", 0)] * len(waiting)]:
        if name == "ledger" and waiting:
            known = known | waiting.pop(0)
            imported(district, **known)
        elif name != "ledger":
            district.hear(name, count)
    district.settle()
    at_once = after(SIGNED | ANSWERED | LETTER | RATED)

    assert not district.dead_letters
    assert counted(district, ReplyRated) == {EDUCATION: 1, HEALTH: 1}
    for unit in (EDUCATION, HEALTH):
        rating = f"rating-20240001-{unit}"
        assert district.states[rating] == at_once.states[rating]
    assert district.states["case-20240001"] == at_once.states["case-20240001"]


def answered_here(district: District, day: date, unit: str = EDUCATION) -> None:
    here: dict[str, Any] = {"at": NOW, "proposal_id": "20240001", "unit": unit}
    contact: dict[str, Any] = {"stage": ContactStage.BEFORE, "manner": ContactManner.VISIT}
    district.give("assignment", SignAssignment(**here, signed_on=SIGNED["signed_on"]))
    met = RecordContact(**here, **contact, contacted_on=SIGNED["contacted_before_on"])
    district.give("assignment", met)
    letter = IssueReply(**here, **LETTER, contact_person="李老师", issued_on=day)
    district.give("assignment", letter)
    district.settle()


def test_what_people_did_here_and_a_later_ledger_tells_too_is_no_news_but_its_rating_is() -> None:
    district = after({})
    answered_here(district, ANSWERED["replied_on"])
    imported(district, **SIGNED, **ANSWERED, **LETTER, **RATED)
    district.settle()

    assert not district.dead_letters
    assert counted(district, ReplyIssued) == {EDUCATION: 1, HEALTH: 1}
    assert counted(district, ReplyRated) == {EDUCATION: 1, HEALTH: 1}


def test_a_ledger_that_tells_another_day_than_people_here_is_refused_with_both() -> None:
    district = after({})
    answered_here(district, date(2024, 5, 22))
    imported(district, **SIGNED, **ANSWERED, **RATED)
    district.settle()

    ((_, refusal),) = district.dead_letters
    assert isinstance(refusal, LedgerToldOtherwise)
    assert (refusal.facts["logged"], refusal.facts["told"]) == ("2024-05-22", "2024-05-20")
    assert not counted(district, ReplyRated)


def rated_here(satisfaction: Satisfaction, rated_on: date, unit: str) -> RateReply:
    return RateReply(
        at=NOW,
        proposal_id="20240001",
        unit=unit,
        satisfaction=satisfaction,
        rated_on=rated_on,
        by_proxy=True,
        scan="反馈表.pdf",
    )


def test_a_rating_that_was_given_here_is_not_given_again_by_a_ledger() -> None:
    district = after(ANSWERED)
    for unit in (EDUCATION, HEALTH):
        district.give("evaluation", rated_here(RATED["satisfaction"], RATED["rated_on"], unit))
    imported(district, **ANSWERED, **RATED)
    district.settle()

    assert counted(district, ReplyRated) == {EDUCATION: 1, HEALTH: 1}
    assert not district.dead_letters


@pytest.mark.parametrize("level", [Satisfaction.BASICALLY_SATISFIED, Satisfaction.DISSATISFIED])
def test_a_rating_that_was_given_here_is_not_changed_by_a_ledger(level: Satisfaction) -> None:
    district = after(ANSWERED)
    district.give("evaluation", rated_here(level, RATED["rated_on"], EDUCATION))
    imported(district, **ANSWERED, **RATED)
    district.settle()

    ((_, refusal),) = district.dead_letters
    assert isinstance(refusal, LedgerRatedOtherwise)
    assert counted(district, ReplyRated) == {EDUCATION: 1, HEALTH: 1}


def test_a_ledger_does_not_rate_the_answer_of_a_later_round() -> None:
    district = after(ANSWERED | SIGNED | LETTER)
    day = date(2024, 6, 1)
    district.give("evaluation", rated_here(Satisfaction.DISSATISFIED, day, EDUCATION))
    district.settle()
    here: dict[str, Any] = {"at": NOW, "proposal_id": "20240001", "unit": EDUCATION}
    again = LETTER | {"document_number": "40号"}
    letter = IssueReply(**here, **again, contact_person="李老师", issued_on=date(2024, 7, 1))
    district.give("assignment", letter)
    district.settle()
    imported(district, **ANSWERED, **SIGNED, **LETTER, **RATED)
    district.settle()

    ((_, refusal),) = district.dead_letters
    assert isinstance(refusal, LaterRoundThanTheLedger)
    assert counted(district, RehandlingOrdered) == {EDUCATION: 1}
