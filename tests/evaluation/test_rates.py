"""The three rates: what they count, and which cases keep them from being full."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from contracts.rulebook import read_rulebook
from contracts.vocabulary import Role, Satisfaction
from evaluation.decisions.numbers import shown
from evaluation.decisions.rates.registry import FORMULAS
from evaluation.decisions.report import compute_figures
from tests.evaluation.building import (
    RULEBOOK,
    RULEBOOK_TEXT,
    an_assignment,
    figures_of,
    rate,
    the_sample_year,
)

RATES = ["on_time_completion_rate", "reply_rate", "satisfaction_rate"]


def test_the_sample_year_has_33_cases_and_three_full_rates() -> None:
    figures = figures_of(the_sample_year())
    assert figures.total == 33
    assert {each.role: each.count for each in figures.by_role} == {
        "sole": 0,
        "lead": 4,
        "split": 1,
        "co": 28,
    }
    assert [(each.numerator, each.denominator, each.display) for each in figures.rates] == [
        (33, 33, "100%"),
        (5, 5, "100%"),
        (5, 5, "100%"),
    ]


def test_one_answer_two_days_late_is_named_and_lowers_the_rate_to_32_of_33() -> None:
    first, *others = the_sample_year()
    late = replace(first, completed_on=date(2024, 7, 2), replied_on=date(2024, 7, 2))
    on_time = rate(figures_of([late, *others]), "on_time_completion_rate")
    assert (on_time.numerator, on_time.denominator, on_time.display) == (32, 33, "96.97%")
    [miss] = on_time.misses
    assert miss.number == late.number
    assert miss.why == "答复 2024-07-02，期限 2024-06-30，晚 2 天"
    assert miss.why_en == "answered 2024-07-02, due 2024-06-30, 2 days late"
    assert miss.positions == (late.positions["dispatched"], late.positions["completed"])


def test_one_dissatisfied_proposer_lowers_the_satisfaction_to_4_of_5() -> None:
    first, *others = the_sample_year()
    disliked = replace(first, satisfaction=Satisfaction.DISSATISFIED, handling_round=2)
    figures = figures_of([disliked, *others])
    satisfaction = rate(figures, "satisfaction_rate")
    assert (satisfaction.numerator, satisfaction.denominator) == (4, 5)
    assert satisfaction.display == "80%"
    assert [(each.number, each.why) for each in satisfaction.misses] == [
        (disliked.number, "评价为“不满意”")
    ]
    assert [(each.number, each.why_en) for each in figures.rehandled] == [
        (disliked.number, "in handling round 2, rated dissatisfied")
    ]


@pytest.mark.parametrize("name", RATES)
def test_a_rate_over_nothing_is_a_dash(name: str) -> None:
    empty = rate(figures_of([]), name)
    assert (empty.value, empty.display, empty.denominator) == (None, "—", 0)


def test_co_handling_alone_gives_no_reply_rate_and_no_satisfaction_rate() -> None:
    figures = figures_of([an_assignment(role=Role.CO)])
    assert rate(figures, "on_time_completion_rate").display == "100%"
    assert rate(figures, "reply_rate").display == "—"
    assert rate(figures, "satisfaction_rate").display == "—"


def test_an_answer_on_the_last_day_is_on_time_and_one_a_day_later_is_late() -> None:
    on_time = figures_of([an_assignment(completed_on=date(2024, 6, 30))])
    assert rate(on_time, "on_time_completion_rate").numerator == 1
    late = rate(
        figures_of([an_assignment(completed_on=date(2024, 7, 1))]), "on_time_completion_rate"
    )
    assert late.misses[0].why_en == "answered 2024-07-01, due 2024-06-30, 1 day late"


def test_a_case_that_is_not_answered_yet_is_missing_from_both_rates_and_says_so() -> None:
    figures = figures_of([an_assignment(completed_on=None)])
    for name in ("on_time_completion_rate", "reply_rate"):
        [miss] = rate(figures, name).misses
        assert miss.why == "尚未答复，期限 2024-06-30"
        assert miss.why_en == "not answered yet, due 2024-06-30"


def test_a_late_co_opinion_is_named_as_one() -> None:
    figures = figures_of([an_assignment(role=Role.CO, completed_on=date(2024, 7, 4))])
    [miss] = rate(figures, "on_time_completion_rate").misses
    assert miss.why == "会办意见 2024-07-04，期限 2024-06-30，晚 4 天"


def test_a_co_opinion_that_is_still_out_is_named_as_one() -> None:
    figures = figures_of([an_assignment(role=Role.CO, completed_on=None)])
    [miss] = rate(figures, "on_time_completion_rate").misses
    assert (miss.why, miss.why_en) == (
        "尚未交会办意见，期限 2024-06-30",
        "co-opinion not given yet, due 2024-06-30",
    )


def test_a_case_with_two_units_counts_once_and_names_the_unit_that_was_late() -> None:
    prompt = an_assignment(role=Role.SPLIT, unit="区住房建设局")
    late = an_assignment(role=Role.SPLIT, unit="区水务局", completed_on=date(2024, 7, 4))
    figures = figures_of([prompt, late])
    assert figures.total == 1
    [miss] = rate(figures, "on_time_completion_rate").misses
    assert miss.why == "区水务局：答复 2024-07-04，期限 2024-06-30，晚 4 天"


def test_a_case_stands_in_its_most_answering_role() -> None:
    figures = figures_of(
        [an_assignment(role=Role.CO, unit="甲"), an_assignment(role=Role.LEAD, unit="乙")]
    )
    assert [each.role for each in figures.by_role if each.count] == ["lead"]


def test_two_rated_answers_to_one_proposal_count_as_two() -> None:
    pleased = an_assignment(role=Role.SPLIT, unit="甲", satisfaction=Satisfaction.SATISFIED)
    displeased = an_assignment(role=Role.SPLIT, unit="乙", satisfaction=Satisfaction.DISSATISFIED)
    satisfaction = rate(figures_of([pleased, displeased]), "satisfaction_rate")
    assert (satisfaction.numerator, satisfaction.denominator) == (1, 2)
    assert satisfaction.misses[0].why == "乙：评价为“不满意”"


def test_an_answer_that_is_not_rated_yet_is_not_counted_for_satisfaction() -> None:
    figures = figures_of(
        [
            an_assignment("20240104", satisfaction=Satisfaction.SATISFIED),
            an_assignment("20240105", satisfaction=None),
        ]
    )
    assert rate(figures, "satisfaction_rate").denominator == 1


def test_the_rulebook_says_which_ratings_count_as_satisfied() -> None:
    facts = [an_assignment(satisfaction=Satisfaction.BASICALLY_SATISFIED)]
    assert rate(figures_of(facts), "satisfaction_rate").display == "0%"
    lenient = read_rulebook(
        RULEBOOK_TEXT.replace(
            "counts_as_satisfied = false\nassumed", "counts_as_satisfied = true\nassumed"
        )
    )
    counted = rate(
        compute_figures("longgang", 2024, 1, facts, [], [], lenient), "satisfaction_rate"
    )
    assert counted.display == "100%"
    assert "“满意”或“基本满意”" in counted.formula_text
    assert "“Satisfied” or “Basically satisfied”" in counted.formula_text_en


def test_a_case_handled_again_is_on_time_when_its_first_answer_was() -> None:
    figures = figures_of([replace(an_assignment(), handling_round=2)])
    on_time = rate(figures, "on_time_completion_rate")
    assert on_time.numerator == 1
    assert "首次答复" in on_time.formula_text
    assert "first answer" in on_time.formula_text_en


@pytest.mark.parametrize("left_out", [{"ended": True}, {"reporting": False}, {"year": 2023}])
def test_what_has_ended_or_is_not_reported_or_is_of_another_year_is_not_counted(
    left_out: dict[str, bool | int],
) -> None:
    kept = an_assignment("20240105")
    figures = figures_of([replace(an_assignment("20240104"), **left_out), kept])  # type: ignore[arg-type]  # the fields of the parameters
    assert figures.total == 1
    assert rate(figures, "on_time_completion_rate").denominator == 1


def test_every_rate_prints_its_formula_in_both_languages() -> None:
    for each in figures_of([]).rates:
        assert each.formula in FORMULAS
        assert each.label in each.formula_text
        assert "÷" in each.formula_text_en
        assert each.counted
        assert each.counted_en
        assert "{" not in each.formula_text + each.formula_text_en


def test_without_a_rulebook_the_first_formula_of_each_rate_is_taken() -> None:
    bare = compute_figures("longgang", 2024, 1, the_sample_year(), [], [], None)
    ruled = compute_figures("longgang", 2024, 1, the_sample_year(), [], [], RULEBOOK)
    assert [each.value for each in bare.rates] == [each.value for each in ruled.rates]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("100", "100%"),
        ("96.9696", "96.97%"),
        ("96.965", "96.97%"),
        ("80.0", "80%"),
        ("87.50", "87.5%"),
        ("0", "0%"),
        ("99.999", "99.99%"),
    ],
)
def test_a_rate_is_printed_to_two_places_and_never_rounded_up_to_full(
    value: str, printed: str
) -> None:
    assert shown(Decimal(value)) == printed
