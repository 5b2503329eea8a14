"""Long lists stay readable, and lines that belong together stay together."""

import pytest

from ledger import FilledHeading, LedgerReport, grouped
from ledger.problems import Problem, Severity
from tian.printing import print_accounts, print_problems, print_report


def a_problem(code: str, row: int, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(
        severity=severity, code=code, row=row, message=f"第{row}行有误", message_en=f"row {row}"
    )


def report(problems: tuple[Problem, ...]) -> LedgerReport:
    return LedgerReport(
        ledger_name="台账.xlsx",
        sha256="ab" * 32,
        checked_only=False,
        total_rows=len(problems),
        new_rows=0,
        unchanged_rows=0,
        different_rows=0,
        clues_new=0,
        clues_unchanged=0,
        problems=problems,
        written=False,
        message="",
        message_en="",
    )


def test_of_a_long_list_fifty_problems_are_shown_and_the_rest_is_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_problems(report(tuple(a_problem("x", row) for row in range(1, 63))))
    shown = capsys.readouterr().out
    assert shown.count("有误") == 50
    assert "另有 12 处问题。" in shown


def test_a_short_list_is_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems(report(tuple(a_problem("x", row) for row in range(1, 51))))
    shown = capsys.readouterr().out
    assert shown.count("有误") == 50
    assert "另有" not in shown


def test_rows_that_tell_more_are_counted_and_what_they_fill_in_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    filled = (
        FilledHeading(heading="答复日期", heading_en="replied on", rows=3),
        FilledHeading(heading="满意度", heading_en="rating", rows=2),
    )
    print_report(report(()).model_copy(update={"continued_rows": 3, "filled": filled}))
    shown = capsys.readouterr().out
    assert "补充" in shown
    assert "补上：答复日期 3 行、满意度 2 行" in shown


def test_errors_come_first_and_problems_of_one_kind_stand_together() -> None:
    warning = a_problem("w", 1, Severity.WARNING)
    problems = (warning, a_problem("a", 2), a_problem("b", 3), a_problem("a", 4))
    assert [each.first.row for each in grouped(problems)] == [2, 4, 3, 1]


def test_one_cause_in_many_rows_takes_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    same = tuple(
        a_problem("y", row, Severity.WARNING).model_copy(
            update={"cause": "日期在2014年", "column": column}
        )
        for row in range(1, 34)
        for column in ("交办日期", "签收日期")
    )
    print_problems(report(same))
    shown = capsys.readouterr().out
    assert shown.count("日期在2014年") == 1
    assert "1、2、3、4 等 33 行" in shown


def test_the_password_of_the_demo_stands_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_accounts("http://127.0.0.1:8080")
    assert "演示账号，密码都是 tian-demo（仅供本机演示）：" in capsys.readouterr().out.splitlines()
