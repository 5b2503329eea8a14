"""Every rate that events can decide has a figure, computed from what the log says and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.assignment import (
    CaseEnded,
    CommitmentFulfilled,
    CommitmentGivenUp,
    CommitmentMade,
    CommitmentSlipped,
    CoOpinionGiven,
    CoOpinionWaived,
    HandlingRoundOpened,
    ResultRecorded,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
    Suggestion,
    SuggestionsListed,
)
from contracts.evaluation import ReplyRated
from contracts.event import Event
from contracts.figures import Rate
from contracts.intake import (
    ProposalConverted,
    ProposalMerged,
    ProposalReceived,
    ProposalRefused,
    ProposalTransferred,
    ProposalWithdrawn,
)
from contracts.marking import ProposalMarkedKey, ProposalUnmarkedKey
from contracts.numbering import CaseNumberCorrected
from contracts.rulebook import Rulebook, read_rulebook
from contracts.vocabulary import (
    ContactManner,
    ContactStage,
    Conversion,
    ItemState,
    Level,
    Openness,
    ProposalForm,
    RefusalReason,
    Role,
    Satisfaction,
)
from evaluation.decisions.cases import counted_cases
from evaluation.decisions.rates.computing import compute_rate
from evaluation.decisions.rates.formula import Measured
from evaluation.decisions.rates.registry import FORMULAS
from evaluation.projections.reading import YearFacts
from tests.evaluation.building import RULEBOOK_TEXT
from tests.evaluation.happening import (
    EDUCATION,
    WATER,
    answered,
    contacted,
    dispatched,
    facts_after,
    filed,
    signed,
)

SIGNING = "\n[limits.signing]\ndays = 10\nassumed = true\n"
RULES: Rulebook = read_rulebook(RULEBOOK_TEXT + SIGNING)


def rated(number: str, satisfaction: Satisfaction, handling_round: int = 1) -> Event:
    return ReplyRated(
        proposal_id=number,
        unit=EDUCATION,
        handling_round=handling_round,
        satisfaction=satisfaction,
        rated_on=date(2024, 7, 5),
    )


def asked_back(number: str, unit: str = EDUCATION) -> Event:
    return ReturnRequested(
        proposal_id=number,
        unit=unit,
        reason="不属本单位职责",
        suggested_unit=WATER,
        requested_on=date(2024, 4, 3),
    )


def promised(number: str) -> list[Event]:
    """Four promises: kept in time, kept late after it was put off, given up, and open."""
    unit = {"proposal_id": number, "unit": EDUCATION}
    day, later = date(2024, 9, 30), date(2024, 12, 31)
    return [
        *[
            CommitmentMade(**unit, commitment=nth, text="建成", due_on=day, made_on=day)
            for nth in (1, 2, 3, 4)
        ],
        CommitmentFulfilled(**unit, commitment=1, evidence="照片", fulfilled_on=day),
        CommitmentSlipped(**unit, commitment=2, reason="雨季", due_on=later, slipped_on=day),
        CommitmentFulfilled(**unit, commitment=2, evidence="照片", fulfilled_on=later),
        CommitmentGivenUp(**unit, commitment=3, reason="没有用地", given_up_on=day),
    ]


def a_year() -> list[Event]:
    """Four cases with an answer to give, one opinion in time and one late; five more proposals."""
    whole = "0001"
    visits = [contacted(whole, stage) for stage in ContactStage]
    return [
        *filed(whole), dispatched(whole), signed(whole), *visits, answered(whole),
        rated(whole, Satisfaction.SATISFIED),
        *filed("0002"), dispatched("0002"), signed("0002", day=date(2024, 4, 20)),
        contacted("0002", manner=ContactManner.PHONE),
        answered("0002", "B", Openness.WITHHELD, day=date(2024, 7, 2)),
        rated("0002", Satisfaction.BASICALLY_SATISFIED),
        *promised("0002"),
        *filed("0003"), dispatched("0003"), contacted("0003", manner=ContactManner.NOT_NEEDED),
        answered("0003", "C", Openness.ON_REQUEST),
        *filed("0004"), dispatched("0004"),
        *filed("0005"), dispatched("0005", WATER, Role.CO),
        CoOpinionGiven(proposal_id="0005", unit=WATER, given_on=date(2024, 5, 1)),
        *filed("0006"), dispatched("0006", WATER, Role.CO),
        CoOpinionGiven(proposal_id="0006", unit=WATER, given_on=date(2024, 7, 9)),
        *filed("0007"), dispatched("0007", WATER, Role.CO),
        CoOpinionWaived(proposal_id="0007", unit=WATER, reason="意见已口头交换"),
        *filed("0008"), ProposalWithdrawn(proposal_id="0008", reason="已解决"),
        CaseEnded(proposal_id="0008", reason="撤案"),
        *filed("0009"),
        ProposalMerged(proposal_id="0009", into_proposal_id=whole, proposers=("乙",)),
        CaseEnded(proposal_id="0009", reason="并案"),
        a_refused_proposal(), a_refusal(),
    ]  # fmt: skip


def a_refused_proposal() -> Event:
    return ProposalReceived(
        proposal_id="p10", year=2024, title="题", form=ProposalForm.JOINT, proposers=("丙",)
    )


def a_refusal() -> Event:
    return ProposalRefused(proposal_id="p10", reason=RefusalReason.ACADEMIC, notice="属于学术研讨")


def computed(formula: str, facts: YearFacts) -> Rate:
    proposals = None if facts.proposals is None else tuple(facts.proposals)
    measured = Measured(counted_cases(2024, facts.assignments), RULES, proposals)
    return compute_rate(FORMULAS[formula], measured)


FIGURES = {
    "on_time_completion.by_case.v1": (3, 7),
    "on_time_completion.by_answering_case.v1": (2, 4),
    "on_time_completion.of_completed_cases.v1": (3, 5),
    "on_time_completion.by_assignment.v1": (3, 7),
    "co_opinion.on_time.by_assignment.v1": (1, 2),
    "co_opinion.on_time.by_case.v1": (1, 2),
    "reply.by_answering_case.v1": (3, 4),
    "reply.by_assignment.v1": (3, 4),
    "completion.by_answering_case.v1": (3, 4),
    "completion.by_case.v1": (5, 7),
    "completion.by_solved_case.v1": (1, 4),
    "signing.by_assignment.v1": (2, 7),
    "signing.on_time.by_assignment.v1": (1, 7),
    "signing.on_time.by_assignment.v2": (1, 7),
    "satisfaction.by_rated_reply.v1": (1, 2),
    "satisfaction.by_reply.v1": (1, 3),
    "satisfaction.by_assignment.v1": (1, 4),
    "satisfaction.by_rated_case.v1": (1, 2),
    "satisfaction.by_answering_case.v1": (1, 4),
    "broad_satisfaction.by_rated_reply.v1": (2, 2),
    "broad_satisfaction.by_reply.v1": (2, 3),
    "form_return.by_reply.v1": (2, 3),
    "solution.solved.by_reply.v1": (1, 3),
    "solution.solved_or_under_way.by_reply.v1": (2, 3),
    "publication.by_reply.v1": (1, 3),
    "publication.of_what_is_not_withheld.v1": (1, 2),
    "promise.kept.by_promise.v1": (2, 4),
    "promise.kept_on_time.by_promise.v1": (1, 4),
    "meeting.face_to_face.by_answering_case.v1": (1, 4),
    "meeting.with_calls.by_answering_case.v1": (2, 4),
    "visit.by_assignment.v1": (1, 3),
    "contact.three_stages.by_assignment.v1": (1, 4),
    "filing.before_merging.v1": (9, 10),
    "filing.after_merging.v1": (8, 10),
}
WITHOUT_EVENTS = {"satisfaction.by_form.v1"}


def test_no_formula_is_left_out() -> None:
    assert set(FORMULAS) == FIGURES.keys() | WITHOUT_EVENTS


@pytest.mark.parametrize("formula", FIGURES)
async def test_every_rate_has_its_figure(formula: str) -> None:
    found = computed(formula, await facts_after(*a_year()))
    assert (found.numerator, found.denominator) == FIGURES[formula]
    assert found.display != "—"
    assert found.missing == ""


@pytest.mark.parametrize("formula", sorted(WITHOUT_EVENTS))
async def test_what_no_event_notes_is_said_to_be_missing(formula: str) -> None:
    found = computed(formula, await facts_after(*a_year()))
    assert (found.display, found.missing) == ("—", "另有 3 件没有记录，未计入")


async def test_the_cases_of_a_rate_name_the_positions_that_say_so() -> None:
    late = computed("signing.on_time.by_assignment.v1", await facts_after(*a_year()))
    second = next(note for note in late.misses if note.number == "0002")
    assert second.why == "交办 2024-03-29，签收 2024-04-20"
    assert len(second.positions) == 2


async def test_a_unit_that_gets_its_part_again_has_the_day_it_is_told_then() -> None:
    first, again = date(2024, 4, 8), date(2024, 4, 19)
    released = ReturnGranted(proposal_id="0001", unit=EDUCATION, granted_on=date(2024, 4, 9))
    facts = await facts_after(
        *filed("0001"),
        dispatched("0001", sign_by=first),
        released,
        dispatched("0001", sign_by=again),
    )
    assert [each.sign_by for each in facts.assignments] == [again]


async def test_what_a_ledger_does_not_tell_of_is_not_known() -> None:
    facts = await facts_after(*filed("0001"), dispatched("0001"), answered("0001"), imported=True)
    signing = computed("signing.by_assignment.v1", facts)
    assert (signing.display, signing.missing) == ("—", "另有 1 件没有记录，未计入")
    assert computed("filing.before_merging.v1", facts).missing == "没有收案情况的记录"
    live = await facts_after(*filed("0001"), dispatched("0001"), answered("0001"))
    assert computed("signing.by_assignment.v1", live).display == "0%"


async def test_the_latest_answer_tells_the_class_and_the_first_one_the_day() -> None:
    again = HandlingRoundOpened(
        proposal_id="0001", unit=EDUCATION, handling_round=2, opened_on=date(2024, 7, 6)
    )
    facts = await facts_after(
        *filed("0001"),
        dispatched("0001"),
        answered("0001", "C", Openness.WITHHELD),
        again,
        answered("0001", "A", Openness.PUBLIC, 2, date(2024, 8, 1)),
    )
    [fact] = facts.assignments
    assert (fact.replied_on, fact.completed_on) == (date(2024, 6, 20), date(2024, 6, 20))
    assert (fact.result_class, fact.openness) == ("A", Openness.PUBLIC)


async def test_requests_to_be_released_are_counted_with_what_came_of_them() -> None:
    unit = {"proposal_id": "0001", "unit": EDUCATION}
    facts = await facts_after(
        *filed("0001"),
        dispatched("0001"),
        asked_back("0001"),
        ReturnDeclined(**unit, reason="属本单位职责"),
        asked_back("0001"),
        ReturnGranted(**unit, granted_on=date(2024, 4, 9)),
        dispatched("0001"),
        asked_back("0001"),
        dispatched("0001", WATER),
        asked_back("0001", WATER),
    )
    counts = [(e.unit, e.requested, e.granted, e.declined, e.undecided) for e in facts.returns]
    assert counts == [(EDUCATION, 3, 1, 1, 1), (WATER, 1, 0, 0, 1)]
    assert [(each.unit, each.ended) for each in facts.assignments] == [
        (EDUCATION, False),
        (WATER, False),
    ]


async def test_a_case_that_is_given_back_to_a_unit_begins_anew() -> None:
    unit = {"proposal_id": "0001", "unit": EDUCATION}
    facts = await facts_after(
        *filed("0001"),
        dispatched("0001"),
        signed("0001"),
        contacted("0001"),
        asked_back("0001"),
        ReturnGranted(**unit, granted_on=date(2024, 4, 9)),
        dispatched("0001"),
    )
    [fact] = facts.assignments
    assert (fact.signed_on, fact.contacts, fact.ended) == (None, (), False)
    assert facts.returns[0].granted == 1


async def test_a_promise_says_what_became_of_it_and_where_that_is_recorded() -> None:
    found = computed("promise.kept_on_time.by_promise.v1", await facts_after(*a_year()))
    assert [note.why.rpartition("，")[2] for note in found.misses] == [
        "2024-12-31 兑现",
        "不能兑现",
        "尚未兑现",
    ]
    assert "推迟到 2024-12-31" in found.misses[0].why
    assert [len(note.positions) for note in found.misses] == [3, 3, 2]


async def test_what_a_ledger_does_not_tell_of_promises_is_not_known() -> None:
    told = [*filed("0001"), dispatched("0001"), answered("0001")]
    imported = computed("promise.kept.by_promise.v1", await facts_after(*told, imported=True))
    assert imported.missing == "另有 1 件没有记录，未计入"
    live = computed("promise.kept.by_promise.v1", await facts_after(*told))
    assert (live.display, live.missing) == ("—", "")


async def test_a_proposal_that_went_elsewhere_says_where() -> None:
    received = a_refused_proposal()
    converted = ProposalConverted(
        proposal_id="p10", into=Conversion.PUBLIC_OPINION, passed_to="统战部", notice="转送"
    )
    transferred = ProposalTransferred(
        proposal_id="p10", level=Level.UPPER, receiver="市政协", transfer_reason="市级事权"
    )
    for event, said in ((converted, "转为社情民意"), (transferred, "转送上级政协")):
        found = computed("filing.before_merging.v1", await facts_after(received, event))
        assert [note.why for note in found.misses] == [said]


async def test_a_key_mark_that_was_taken_back_does_not_count() -> None:
    case = [*filed("0001"), dispatched("0001"), ProposalMarkedKey(proposal_id="0001")]
    back = ProposalUnmarkedKey(proposal_id="0001", unmark_reason="调整")
    assert (await facts_after(*case)).assignments[0].key
    assert not (await facts_after(*case, back)).assignments[0].key


async def test_the_latest_list_of_points_and_the_latest_record_of_each_count() -> None:
    def result(number: int, state: ItemState) -> Event:
        return ResultRecorded(
            proposal_id="0001",
            unit=EDUCATION,
            number=number,
            answer="已办",
            state=state,
            recorded_on=date(2024, 6, 1),
        )

    one, two = Suggestion(number=1, text="甲"), Suggestion(number=2, text="乙")
    facts = await facts_after(
        *filed("0001"),
        SuggestionsListed(proposal_id="0001", suggestions=(one,)),
        SuggestionsListed(proposal_id="0001", suggestions=(one, two)),
        dispatched("0001"),
        result(2, ItemState.DONE),
        result(1, ItemState.DONE),
        result(2, ItemState.PLANNED),
    )
    assert [each.text for each in facts.cases[0].suggestions] == ["甲", "乙"]
    found = [(each.number, each.state) for each in facts.assignments[0].results]
    assert found == [(1, ItemState.DONE), (2, ItemState.PLANNED)]


@pytest.mark.parametrize("formula", FIGURES)
async def test_every_case_of_both_terms_is_named_with_why_and_where(formula: str) -> None:
    facts = await facts_after(*a_year())
    proposals = None if facts.proposals is None else tuple(facts.proposals)
    measured = Measured(counted_cases(2024, facts.assignments), RULES, proposals)
    tally = FORMULAS[formula].tally(measured)
    assert len(tally.met) == tally.numerator
    assert len(tally.met) + len(tally.misses) == tally.denominator
    for note in (*tally.met, *tally.misses):
        assert note.why
        assert note.why_en
        assert note.positions
    if "on_time" in formula:
        assert not any("晚" in note.why or "尚未" in note.why for note in tally.met)


async def test_figures_name_a_case_by_its_corrected_number_and_count_it_as_before() -> None:
    happened = (*filed("20240117"), dispatched("20240117"), answered("20240117"))
    corrected = CaseNumberCorrected(
        proposal_id="20240117", year=2024, was="20240117", number="20240171", reason="末两位写颠倒"
    )
    before, after = await facts_after(*happened), await facts_after(*happened, corrected)
    assert [each.number for each in after.assignments] == ["20240171"]
    assert [each.number for each in after.proposals or ()] == ["20240171"]
    again = [replace(each, number="20240117") for each in after.assignments]
    assert again == [*before.assignments]
    assert [replace(each, number="20240117") for each in after.proposals or ()] == before.proposals
