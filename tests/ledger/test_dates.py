"""Dates as clerks write them."""

from datetime import date

import pytest

from tests.ledger.spreadsheets import (
    Written,
    a_case,
    a_clue,
    an_answered_case,
    codes,
    lines,
    only_problem,
    only_row,
    read,
    read_cases,
    xls,
    xlsx,
)


@pytest.mark.parametrize(
    "written",
    [
        date(2024, 6, 30),
        "2024-06-30",
        "2024/6/30",
        "2024.6.30",
        "2024年6月30日",
        "2024 年 6 月 30 日",
        "２０２４年６月３０日",
        "2024年6月30号",
        "2024年6月30",
        "20240630",
        20240630,
        "2024-06-30 00:00:00",
        "2024/6/30 9:05",
        45473,
    ],
)
def test_a_date_is_read_however_it_is_written(written: Written) -> None:
    assert only_row(read_cases(a_case(交办日期=written))).dispatched_on == date(2024, 6, 30)


def test_a_date_cell_of_an_old_workbook_is_read() -> None:
    row = only_row(read(xls({"台账": lines(a_case(交办日期=date(2024, 2, 29)))})))
    assert row.dispatched_on == date(2024, 2, 29)


@pytest.mark.parametrize("written", ["2024-09-31", "2024年9月31日", "20240931"])
def test_the_last_day_of_the_month_is_named_when_a_day_does_not_exist(written: Written) -> None:
    ledger = read_cases(a_case(交办日期=written))
    problem = only_problem(ledger)
    assert problem.code == "date_impossible"
    assert "9月没有31日，最后一天是30日（2024-09-30）" in problem.message
    assert problem.message.startswith("工作表“台账”第2行“交办日期”（J2）：")
    assert problem.message_en.startswith("Sheet “台账”, row 2, column “交办日期” (J2): ")
    assert "September has no day 31, its last day is 2024-09-30" in problem.message_en
    assert ledger.rows == ()


def test_the_29th_of_february_is_only_in_leap_years() -> None:
    assert only_row(read_cases(a_case(交办日期="2024-02-29")))
    assert (
        "2月没有29日，最后一天是28日"
        in only_problem(read_cases(a_case(交办日期="2025-02-29"))).message
    )


def test_a_month_that_does_not_exist_is_named() -> None:
    problem = only_problem(read_cases(a_case(交办日期="2024-13-01")))
    assert (problem.code, "没有13月" in problem.message) == ("month_impossible", True)


@pytest.mark.parametrize(
    "written",
    [
        *("3月8日", "24-3-8", "三月八日", "2024-03", "2024-3/8", "2024年3月8日前"),
        *(True, 12, 1.5, 2024, 99999, "2024-03-08、2024-03-09", "٢٠٢٤-٠٣-٠٨"),
    ],
)
def test_what_is_not_a_full_date_is_kept_out(written: Written) -> None:
    ledger = read_cases(a_case(交办日期=written))
    assert (codes(ledger), ledger.rows) == (["date_unreadable"], ())
    assert "2024-06-30" in only_problem(ledger).message


@pytest.mark.parametrize("written", ["0001-01-01", "1948-12-31", "2101-01-01", "9999-12-31"])
def test_a_year_that_no_ledger_is_of_is_kept_out(written: str) -> None:
    problem = only_problem(read_cases(a_case(交办日期=written)))
    assert (problem.code, "1949年至2100年" in problem.message) == ("year_impossible", True)


def test_signs_for_nothing_leave_a_date_empty() -> None:
    for nothing in ("/", "—", "无", "-", " "):
        assert only_row(read_cases(a_case(签收日期=nothing))).signed_on is None


def test_a_date_of_another_year_is_let_in_with_a_warning() -> None:
    ledger = read_cases(a_case(案号="20240001"), a_case(案号="20240002", 交办日期="2023-03-08"))
    problem = only_problem(ledger)
    assert (problem.code, problem.severity, len(ledger.rows)) == ("date_other_year", "warning", 2)
    assert problem.message == (
        "工作表“台账”第3行“交办日期”（J3）：日期在2023年，不在2024年至2025年之内，请核对年份"
    )


def test_a_ledger_without_any_date_in_its_year_is_refused_as_a_whole() -> None:
    cases = [a_case(案号=f"2022000{row}", 交办日期="2022-03-08") for row in range(1, 4)]
    later = a_case(案号="20220004", 交办日期="2022-03-08", 答复期限="2023-01-08")
    clue = a_clue(采用日期="2022-05-01")
    content = xlsx({"台账": lines(*cases, later), "线索": lines(clue)})
    ledger = read(content)
    problem = only_problem(ledger)
    assert (problem.code, problem.severity) == ("ledger_of_another_year", "error")
    assert "日期都在2022年、2023年，没有一个在2024年" in problem.message
    assert "is in 2022, 2023, none in 2024" in problem.message_en
    assert (ledger.rows, ledger.clues, ledger.total_rows) == ((), (), 4)


def test_one_date_in_the_year_is_enough_for_a_ledger_to_be_read() -> None:
    clue = a_clue(采用日期="2024-05-01")
    case = a_case(案号="20220001", 交办日期="2022-03-08")
    ledger = read(xlsx({"台账": lines(case), "线索": lines(clue)}))
    assert (len(ledger.rows), len(ledger.clues)) == (1, 1)


def test_a_date_of_the_following_year_is_nothing_unusual() -> None:
    assert only_row(read_cases(an_answered_case(评价日期="2025-01-10")))
