"""Every formula, against a count that was written apart, over random years."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from contracts.figures import Rate
from contracts.rulebook import read_rulebook
from evaluation.decisions.cases import counted_cases
from evaluation.decisions.rates.computing import compute_rate
from evaluation.decisions.rates.formula import Formula, Measured
from evaluation.decisions.rates.naming import ENGLISH_LABELS, REQUIRED, RateName
from evaluation.decisions.rates.registry import FORMULAS, formulas_of
from evaluation.state import AssignmentFact, ProposalFact
from tests.evaluation.building import RULEBOOK, RULEBOOK_TEXT, an_assignment
from tests.evaluation.counting import COUNTS, COUNTS_OF_RECEIVED, SIGNING_DAYS, rows_of
from tests.evaluation.facts import received, years

unhurried = settings(max_examples=100)

WITH_SIGNING = read_rulebook(
    f"{RULEBOOK_TEXT}\n[limits.signing]\ndays = {SIGNING_DAYS}\nassumed = true\n"
)


def measured(facts: list[AssignmentFact]) -> Measured:
    return Measured(counted_cases(2024, facts), WITH_SIGNING)


def test_every_formula_has_a_count_written_apart() -> None:
    assert FORMULAS.keys() == COUNTS.keys() | COUNTS_OF_RECEIVED.keys()


@unhurried
@given(years())
def test_every_formula_gives_what_plain_counting_gives(facts: list[AssignmentFact]) -> None:
    whole, rows = measured(facts), rows_of(facts)
    for formula, count in COUNTS.items():
        rate = compute_rate(FORMULAS[formula], whole)
        assert (formula, rate.numerator, rate.denominator) == (formula, *count(rows))


@unhurried
@given(received())
def test_every_formula_of_what_came_in_gives_what_plain_counting_gives(
    proposals: list[ProposalFact],
) -> None:
    whole = Measured((), RULEBOOK, tuple(proposals))
    for formula, count in COUNTS_OF_RECEIVED.items():
        rate = compute_rate(FORMULAS[formula], whole)
        assert (formula, rate.numerator, rate.denominator) == (formula, *count(proposals))


@unhurried
@given(years())
def test_what_is_below_the_line_is_above_it_or_named_and_what_is_unknown_is_named_apart(
    facts: list[AssignmentFact],
) -> None:
    whole = measured(facts)
    for formula in FORMULAS.values():
        rate = compute_rate(formula, whole)
        assert rate.numerator + len(rate.misses) == rate.denominator
        assert bool(rate.missing) == bool(rate.missing_en)
        assert not rate.unknown or rate.missing
        for note in (*rate.misses, *rate.unknown):
            assert note.why
            assert note.why_en


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_over_nothing_is_a_dash(formula: str) -> None:
    rate = compute_rate(FORMULAS[formula], measured([]))
    assert (rate.display, rate.value, rate.margin) == ("—", None, None)


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=lambda formula: formula.id)
def test_a_formula_says_in_both_languages_what_it_divides_and_whom_it_counts(
    formula: Formula,
) -> None:
    rate = compute_rate(formula, measured([]))
    assert rate.formula_text.startswith(f"{rate.label}＝")
    assert "÷" in rate.formula_text
    assert "÷" in rate.formula_text_en
    assert rate.counted.endswith("。")
    assert rate.counted_en.endswith(".")
    assert "{" not in rate.formula_text + rate.formula_text_en
    assert "  " not in rate.counted_en + rate.formula_text_en


def test_every_rate_has_a_formula_and_an_english_name_and_a_place_in_the_rulebook() -> None:
    assert all(formulas_of(rate) for rate in RateName)
    assert ENGLISH_LABELS.keys() == set(RateName)
    fields = type(RULEBOOK.formulas).model_fields
    assert list(fields) == [rate.value for rate in RateName]
    assert [name for name, field in fields.items() if field.is_required()] == list(REQUIRED)


def test_the_margin_names_the_case_that_came_closest_to_its_limit() -> None:
    facts = [
        an_assignment("20240104", completed_on=date(2024, 6, 20)),
        an_assignment("20240105", completed_on=date(2024, 6, 29)),
        an_assignment("20240106", completed_on=date(2024, 7, 1)),
    ]
    margin = compute_rate(FORMULAS["on_time_completion.by_case.v1"], measured(facts)).margin
    assert margin is not None
    assert (margin.days, margin.case.number) == (1, "20240105")
    assert margin.case.why == "答复 2024-06-29，期限 2024-06-30，提前 1 天"
    assert margin.case.why_en == "answered 2024-06-29, due 2024-06-30, 1 day early"


def test_a_case_completed_on_its_last_day_leaves_a_margin_of_no_days() -> None:
    facts = [an_assignment(completed_on=date(2024, 6, 30))]
    margin = compute_rate(FORMULAS["on_time_completion.by_case.v1"], measured(facts)).margin
    assert margin is not None
    assert margin.days == 0
    assert margin.case.why.endswith("期限当天")


def test_a_ledger_that_does_not_tell_of_signing_makes_no_unit_one_that_did_not_sign() -> None:
    rate = compute_rate(FORMULAS["signing.by_assignment.v1"], measured([an_assignment()]))
    assert (rate.display, rate.denominator) == ("—", 0)
    assert [note.why for note in rate.unknown] == ["没有签收记录"]
    assert rate.missing == "另有 1 件没有记录，未计入"


def test_without_a_limit_for_signing_the_rate_in_time_says_what_is_missing() -> None:
    bare = Measured(counted_cases(2024, [an_assignment()]), RULEBOOK)
    rate = compute_rate(FORMULAS["signing.on_time.by_assignment.v1"], bare)
    assert rate.display == "—"
    assert (rate.missing, rate.missing_en) == (
        "规则手册没有规定签收期限",
        "the rulebook sets no limit for signing",
    )


BEFORE_THE_HOLIDAYS = replace(
    an_assignment(),
    dispatched_on=date(2024, 9, 30),
    sign_by=date(2024, 10, 10),
    recorded_live=True,
)
THREE_WORKING_DAYS = read_rulebook(
    f"{RULEBOOK_TEXT}\n[limits.signing]\nworking_days = 3\nassumed = true\n"
)
LATEST = "signing.on_time.by_assignment.v2"


def signed_in_time(formula: str, *facts: AssignmentFact, bare: bool = False) -> Rate:
    rulebook = RULEBOOK if bare else THREE_WORKING_DAYS
    return compute_rate(FORMULAS[formula], Measured(counted_cases(2024, facts), rulebook))


def test_who_signs_by_the_day_that_was_told_signs_in_time_whatever_the_weekdays_say() -> None:
    on_the_last_day = replace(BEFORE_THE_HOLIDAYS, signed_on=date(2024, 10, 10))
    assert signed_in_time(LATEST, on_the_last_day).display == "100%"
    late = signed_in_time(LATEST, replace(on_the_last_day, signed_on=date(2024, 10, 11)))
    assert late.display == "0%"
    assert late.misses[0].why == "交办 2024-09-30，签收 2024-10-11，签收期限 2024-10-10"
    assert late.misses[0].why_en == (
        "dispatched 2024-09-30, signed for 2024-10-11, to be signed for by 2024-10-10"
    )


def test_the_first_version_goes_by_weekdays_for_whoever_adopted_it() -> None:
    within_the_holidays = replace(BEFORE_THE_HOLIDAYS, signed_on=date(2024, 10, 8))
    first = signed_in_time("signing.on_time.by_assignment.v1", within_the_holidays)
    assert (first.display, first.misses[0].why) == ("0%", "交办 2024-09-30，签收 2024-10-08")


def test_the_day_that_was_told_holds_where_the_rulebook_has_no_limit_any_more() -> None:
    kept = signed_in_time(
        LATEST, replace(BEFORE_THE_HOLIDAYS, signed_on=date(2024, 10, 8)), bare=True
    )
    assert kept.display == "100%"
    untold = signed_in_time(LATEST, replace(BEFORE_THE_HOLIDAYS, sign_by=None), bare=True)
    assert (untold.display, untold.missing) == ("—", "规则手册没有规定签收期限，交办时也没有载明")


def test_a_unit_that_was_told_of_no_day_is_neither_in_time_nor_late() -> None:
    untold = replace(BEFORE_THE_HOLIDAYS, sign_by=None)
    rate = signed_in_time(LATEST, untold, replace(untold, signed_on=date(2024, 10, 30)))
    assert (rate.display, rate.denominator) == ("—", 0)
    assert "没有规定签收期限" in rate.unknown[0].why


def test_what_only_a_ledger_tells_goes_by_the_limit_of_the_rulebook() -> None:
    told = replace(BEFORE_THE_HOLIDAYS, sign_by=None, recorded_live=False)
    in_time, late = (replace(told, signed_on=date(2024, 10, day)) for day in (3, 4))
    assert signed_in_time(LATEST, in_time).display == "100%"
    assert signed_in_time(LATEST, late).display == "0%"
    assert signed_in_time(LATEST, told).missing == "另有 1 件没有记录，未计入"
