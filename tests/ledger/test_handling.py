"""Whether what a row says was done can have happened, and what is missing beside it."""

import pytest

from tests.ledger.spreadsheets import (
    Written,
    a_case,
    a_co_case,
    an_answered_case,
    codes,
    only_problem,
    only_row,
    read_cases,
)


def test_a_case_handled_in_the_right_order_has_no_problem() -> None:
    row = only_row(read_cases(an_answered_case()))
    assert str(row.replied_on) == "2024-05-20"


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        ("签收日期", "2024-03-07"),
        ("办前见面", "2024-03-07"),
        ("答复期限", "2024-03-07"),
        ("评价日期", "2024-05-19"),
        ("签收日期", "2024-05-21"),
    ],
)
def test_what_cannot_be_before_something_else_is_kept_out(heading: str, written: Written) -> None:
    ledger = read_cases(an_answered_case(**{heading: written}))
    assert ("order_impossible" in codes(ledger), ledger.rows) == (True, ())


def test_a_reply_before_the_dispatch_names_both_cells() -> None:
    ledger = read_cases(a_co_case(答复日期="2024-03-01"))
    problem = only_problem(ledger)
    assert (problem.code, problem.cell, ledger.rows) == ("order_impossible", "Q2", ())
    assert "“答复日期”2024-03-01早于“交办日期”2024-03-08（J2）" in problem.message
    assert "“答复日期” 2024-03-01 is before “交办日期” 2024-03-08 (J2)" in problem.message_en


def test_everything_on_one_day_is_possible() -> None:
    day = "2024-03-08"
    dates = ("签收日期", "办前见面", "办中见面", "办后见面", "答复日期", "评价日期")
    assert only_row(read_cases(an_answered_case(**dict.fromkeys(dates, day))))


@pytest.mark.parametrize(
    ("heading", "written"),
    [("办中见面", "2024-03-10"), ("办中见面", "2024-05-21"), ("办后见面", "2024-05-19")],
)
def test_an_unusual_order_is_let_in_with_a_warning(heading: str, written: Written) -> None:
    ledger = read_cases(an_answered_case(**{heading: written}))
    assert (codes(ledger), len(ledger.rows)) == (["order_unusual"], 1)


def test_an_order_is_checked_even_when_the_units_are_unclear() -> None:
    ledger = read_cases(a_case(主办单位="", 签收日期="2024-03-01"))
    assert codes(ledger) == ["lead_missing", "order_impossible"]


def test_a_co_handled_case_is_not_rated() -> None:
    ledger = read_cases(a_co_case(答复日期="2024-03-20", 满意度="满意"))
    problem = only_problem(ledger)
    assert (problem.code, problem.column, ledger.rows) == ("co_row_rated", "满意度", ())


def test_a_rating_without_a_reply_is_kept_out() -> None:
    ledger = read_cases(a_case(满意度="满意", 评价日期="2024-06-01"))
    problem = only_problem(ledger)
    assert (problem.code, problem.column, ledger.rows) == ("rated_without_reply", "答复日期", ())


def test_a_rating_date_without_a_rating_is_kept_out() -> None:
    ledger = read_cases(an_answered_case(满意度=""))
    assert (codes(ledger), ledger.rows) == (["rating_empty"], ())


def test_a_rating_without_its_date_is_let_in_with_a_warning() -> None:
    ledger = read_cases(an_answered_case(评价日期=""))
    assert (codes(ledger), len(ledger.rows)) == (["rating_date_missing"], 1)


def test_an_answer_without_meetings_is_let_in_with_a_warning() -> None:
    ledger = read_cases(an_answered_case(办前见面="", 办中见面=""))
    problem = only_problem(ledger)
    assert (problem.code, problem.severity, len(ledger.rows)) == ("contacts_missing", "warning", 1)
    assert "办前、办中" in problem.message


@pytest.mark.parametrize("heading", ["文号", "办理结果类别", "公开属性"])
def test_what_an_answer_should_have_beside_it_is_missed_with_a_warning(heading: str) -> None:
    ledger = read_cases(an_answered_case(**{heading: ""}))
    problem = only_problem(ledger)
    assert (problem.code, problem.column, len(ledger.rows)) == ("reply_incomplete", heading, 1)


def test_an_answer_without_the_co_units_opinions_is_let_in_with_a_warning() -> None:
    ledger = read_cases(an_answered_case(会办单位="区水务局"))
    assert (codes(ledger), len(ledger.rows)) == (["co_opinions_missing"], 1)


def test_a_co_handled_case_needs_no_meetings_class_or_number() -> None:
    assert only_row(read_cases(a_co_case(签收日期="2024-03-08", 答复日期="2024-03-20")))
