"""A rulebook file is read as a whole, or refused with every key that is not right."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.classes import ResultBucket
from contracts.limits import LimitPassed
from contracts.rating_levels import offered
from contracts.rulebook import BadRulebook, Rulebook, read_rulebook
from contracts.vocabulary import Role, Satisfaction

SAMPLE = (Path(__file__).parents[2] / "deploy" / "rulebooks" / "shenzhen-2024.toml").read_text(
    "utf-8"
)


def changed(old: str, new: str) -> str:
    assert old in SAMPLE
    return SAMPLE.replace(old, new, 1)


def with_lead_limit(limit: str) -> Rulebook:
    return read_rulebook(changed("[limits.lead]\nmonths = 3", f"[limits.lead]\n{limit}"))


def refusal(text: str) -> BadRulebook:
    with pytest.raises(BadRulebook) as refused:
        read_rulebook(text)
    return refused.value


def due_for_lead(limit: str, dispatched_on: str) -> str:
    return str(with_lead_limit(limit).due_on(Role.LEAD, date.fromisoformat(dispatched_on))[0])


def test_the_sample_rulebook_says_that_it_is_a_sample() -> None:
    assert read_rulebook(SAMPLE).sample


def test_every_value_of_the_sample_has_a_source_or_is_marked_as_assumed() -> None:
    score = read_rulebook(SAMPLE).score
    rules = [score.base, *score.deductions, *score.bonuses]
    assert [bool(rule.source or rule.assumed) for rule in rules] == [True] * 7


def test_a_class_letter_has_the_meaning_of_its_place_and_one_that_can_be_compared() -> None:
    rulebook = read_rulebook(SAMPLE)
    blocked = rulebook.result_class("C")
    assert blocked is not None
    assert blocked.label == "因条件限制或其他原因暂时不能解决"
    assert blocked.bucket is ResultBucket.BLOCKED
    assert rulebook.result_class("E") is None


def test_basic_satisfaction_does_not_count_as_satisfied_in_the_sample() -> None:
    assert read_rulebook(SAMPLE).satisfied_levels == {Satisfaction.SATISFIED}


def test_points_are_exact_decimals() -> None:
    assert read_rulebook(SAMPLE).score.bonuses[2].points == Decimal("0.5")
    assert (
        str(read_rulebook(changed("points = 0.5", "points = 0.1")).score.bonuses[2].points) == "0.1"
    )


@pytest.mark.parametrize("role", list(Role))
def test_a_deadline_names_its_rule(role: Role) -> None:
    _, rule = read_rulebook(SAMPLE).due_on(role, date(2024, 3, 15))
    assert rule == f"shenzhen-2024/limits.{role.value}"


def test_a_co_unit_has_another_limit_than_the_lead_unit() -> None:
    rulebook = read_rulebook(SAMPLE)
    assert rulebook.due_on(Role.LEAD, date(2024, 3, 15))[0] == date(2024, 6, 15)
    assert rulebook.due_on(Role.CO, date(2024, 3, 15))[0] == date(2024, 4, 15)


@pytest.mark.parametrize(
    ("dispatched_on", "due_on"),
    [
        ("2024-03-31", "2024-06-30"),
        ("2023-11-30", "2024-02-29"),
        ("2024-11-30", "2025-02-28"),
        ("2024-10-15", "2025-01-15"),
        ("2024-09-30", "2024-12-30"),
    ],
)
def test_a_limit_in_months_ends_on_the_same_day_or_on_the_last_day_of_a_shorter_month(
    dispatched_on: str, due_on: str
) -> None:
    assert due_for_lead("months = 3", dispatched_on) == due_on


def test_a_limit_in_days_counts_calendar_days_from_the_day_after_dispatch() -> None:
    assert due_for_lead("days = 30", "2024-02-01") == "2024-03-02"


def test_a_fixed_date_is_that_day_of_the_year_of_dispatch() -> None:
    assert due_for_lead('by = "06-30"', "2024-03-15") == "2024-06-30"
    assert due_for_lead('by = "06-30"', "2024-06-30") == "2024-06-30"


def test_a_fixed_date_at_the_end_of_february_holds_in_every_year() -> None:
    assert due_for_lead('by = "02-29"', "2023-01-15") == "2023-02-28"


def test_a_dispatch_after_the_fixed_date_asks_for_a_deadline() -> None:
    with pytest.raises(LimitPassed) as refused:
        due_for_lead('by = "06-30"', "2024-07-01")
    assert "（2024年，样例）》规定的期限 2024-06-30 早于" in refused.value.chinese
    assert "name a deadline" in refused.value.in_english
    assert "limits.lead" not in refused.value.chinese + refused.value.in_english


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 24))
def test_a_limit_in_months_never_leaves_the_month_it_falls_in(
    dispatched_on: date, months: int
) -> None:
    due_on, _ = with_lead_limit(f"months = {months}").due_on(Role.LEAD, dispatched_on)
    assert (due_on.year - dispatched_on.year) * 12 + due_on.month - dispatched_on.month == months
    assert due_on.day <= dispatched_on.day


def test_a_day_that_no_calendar_has_is_refused() -> None:
    said = refusal(changed("[limits.lead]\nmonths = 3", '[limits.lead]\nby = "09-31"'))
    assert said.chinese == "规则文件有误：第 22 行 limits.lead.by：日历上没有 09-31 这一天。"
    assert "limits.lead.by: there is no day 09-31" in said.in_english


@pytest.mark.parametrize("limit", ['months = 3\nby = "06-30"', "days = 30\nmonths = 1", ""])
def test_a_limit_is_of_exactly_one_kind(limit: str) -> None:
    said = refusal(changed("[limits.lead]\nmonths = 3", f"[limits.lead]\n{limit}"))
    assert "limits.lead：days、working_days、months、by 应写且只写一个" in said.chinese
    assert "exactly one of days, working_days, months and by" in said.in_english


def test_a_syntax_error_is_named_with_its_line() -> None:
    said = refusal('id = "here"\nversion = \n')
    assert "第 2 行" in said.chinese
    assert "line 2" in said.in_english


@pytest.mark.parametrize(
    ("old", "new", "path", "chinese"),
    [
        ("version = 1", "", "version", "缺少此项"),
        ("version = 1", "version = true", "version", "应为整数"),
        ("sample = true", 'sample = "perhaps"', "sample", "应为 true 或 false"),
        ('bucket = "blocked"', 'bucket = "maybe"', "result_classes#3.bucket", "应为以下之一"),
        ("points = 0.5", "points = nan", "score.bonuses#3.points", "有限的数字"),
        ("points = 0.5", "points = -1", "score.bonuses#3.points", "不能小于 0"),
        ("points = 0.5", "points = 0.0005", "score.bonuses#3.points", "小数最多 3 位"),
        ("ceiling = 100", "ceilling = 100", "score.ceilling", "没有这一项"),
        ("floor = 0", "floor = 96", "score.base", "floor 不能大于 points"),
        ('code = "B"', 'code = "A"', "result_classes.code", "重复：A"),
        ('id = "late-case"', 'id = "base"', "score", "id 重复：base"),
        ('counts = "late_cases"', 'counts = "late"', "score.deductions#1.counts", "应为以下之一"),
        (
            'code = "dissatisfied"',
            'code = "satisfied"',
            "satisfaction_levels.code",
            "重复：satisfied",
        ),
    ],
)
def test_a_wrong_key_is_named_with_its_path_and_what_would_be_right(
    old: str, new: str, path: str, chinese: str
) -> None:
    said = refusal(changed(old, new))
    assert path in said.chinese
    assert chinese in said.chinese
    assert path in said.in_english


def test_a_base_that_cannot_be_lowered_is_allowed() -> None:
    assert read_rulebook(changed("floor = 0", "floor = 95")).score.base.floor == 95


def test_a_place_has_levels_of_its_own_and_says_what_each_counts_as() -> None:
    start = SAMPLE.index('[[satisfaction_levels]]\ncode = "basically_satisfied"')
    end = SAMPLE.index('[[satisfaction_levels]]\ncode = "dissatisfied"')
    own = """[[satisfaction_levels]]
code = "understanding"
label = "理解"
label_en = "Understanding"
counts_as_satisfied = false
counts_as_broadly_satisfied = true
handled_again = true
assumed = true

"""
    rulebook = read_rulebook(SAMPLE[:start] + own + SAMPLE[end:])
    assert rulebook.satisfied_levels == {Satisfaction.SATISFIED}
    assert rulebook.broadly_satisfied_levels == {
        Satisfaction.SATISFIED,
        Satisfaction.UNDERSTANDING,
    }
    assert rulebook.dissatisfied_levels == {Satisfaction.DISSATISFIED}
    assert [each.goes_back for each in rulebook.satisfaction_levels] == [False, True, True]


def test_what_a_level_does_not_say_is_as_it_was_before_it_could_be_said() -> None:
    rulebook = read_rulebook(SAMPLE)
    assert rulebook.broadly_satisfied_levels == {
        Satisfaction.SATISFIED,
        Satisfaction.BASICALLY_SATISFIED,
    }
    assert rulebook.dissatisfied_levels == {Satisfaction.DISSATISFIED}
    assert [each.goes_back for each in rulebook.satisfaction_levels] == [False, False, True]
    assert offered(rulebook.satisfaction_levels) == ()


def test_a_level_cannot_count_as_satisfied_and_as_dissatisfied_and_the_line_is_named() -> None:
    key = "counts_as_satisfied = true\n"
    said = refusal(changed(key, key + "counts_as_dissatisfied = true\n"))
    line = changed(key, key + "counts_as_dissatisfied = true\n").splitlines()
    assert f"第 {line.index('counts_as_dissatisfied = true') + 1} 行" in said.chinese
    assert (
        "satisfaction_levels#1.counts_as_dissatisfied：同一档不能既算满意又算不满意" in said.chinese
    )


def test_a_value_needs_a_source_or_has_to_be_marked_as_assumed() -> None:
    said = refusal(
        changed(
            'counts = "late_cases"\npoints = 1\nassumed = true', 'counts = "late_cases"\npoints = 1'
        )
    )
    assert "score.deductions#1：应写明出处 source，没有出处的标明 assumed = true" in said.chinese


def test_all_wrong_keys_are_named_at_once() -> None:
    said = refusal(changed("version = 1", "").replace("floor = 0", "floor = 96"))
    assert "version：" in said.chinese
    assert "score.base：" in said.chinese


@pytest.mark.parametrize(
    "text", ["a = " + "1" * 5000, "a = 1e99999999999999999999", "a = " + "[" * 20_000]
)
def test_a_text_made_to_break_the_reader_is_refused_like_any_other(text: str) -> None:
    assert refusal(text).chinese.startswith("规则文件有误：")


@given(st.text())
def test_any_text_that_is_no_rulebook_is_refused_in_both_languages(text: str) -> None:
    said = refusal(text)
    assert said.chinese.startswith("规则文件有误：")
    assert said.in_english.startswith("The rulebook is not right: ")
