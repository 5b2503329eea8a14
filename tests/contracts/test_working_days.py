"""Working days: the shipped calendar against an independent one, and counting over it."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.working_days import (
    BadCalendar,
    Holiday,
    LastDay,
    Notice,
    YearNotPublished,
    read_calendar,
)

FILE = Path(__file__).parents[2] / "deploy" / "calendars" / "china.toml"
CHINA = read_calendar(FILE.read_text(encoding="utf-8"))

KNOWN_DAYS = st.dates(date(2014, 1, 1), date(2026, 12, 31))


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_every_day_from_2014_to_2026_is_what_chinesecalendar_says() -> None:
    for day in days(date(2014, 1, 1), date(2026, 12, 31)):
        assert CHINA.is_working_day(day) == chinese_calendar.is_workday(day), day


@pytest.mark.parametrize("day", [date(2013, 12, 31), date(2027, 1, 1), date(2027, 6, 7)])
def test_a_year_without_a_notice_is_not_guessed(day: date) -> None:
    with pytest.raises(YearNotPublished) as refused:
        CHINA.is_working_day(day)
    assert f"{day.year}年" in refused.value.chinese
    assert "2014至2026" in refused.value.chinese


@given(KNOWN_DAYS, KNOWN_DAYS)
def test_working_days_between_two_days_are_those_one_counts_by_hand(one: date, other: date) -> None:
    begin, end = min(one, other), max(one, other)
    counted = sum(chinese_calendar.is_workday(day) for day in days(begin, end)[1:])
    assert CHINA.between(begin, end) == counted


@given(KNOWN_DAYS, st.integers(min_value=1, max_value=300))
def test_the_nth_working_day_is_worked_and_is_the_nth(begin: date, count: int) -> None:
    last = CHINA.after(begin, count)
    if last.provisional:
        assert last.on.year > 2026
    else:
        assert CHINA.is_working_day(last.on)
        assert CHINA.between(begin, last.on) == count


def test_a_limit_over_the_spring_festival_of_2024_counts_the_worked_sunday() -> None:
    # 4 February, a Sunday, was worked; 10 to 17 February were off; 18 February, a Sunday, worked.
    assert CHINA.after(date(2024, 2, 2), 1) == LastDay(date(2024, 2, 4), provisional=False)
    assert CHINA.after(date(2024, 2, 9), 1) == LastDay(date(2024, 2, 18), provisional=False)


def test_a_limit_into_an_unpublished_year_is_provisional_until_its_notice_is_entered() -> None:
    before = CHINA.after(date(2026, 12, 28), 5)
    assert before == LastDay(date(2027, 1, 4), provisional=True)
    new_year = Holiday(name="元旦", first=date(2027, 1, 1), last=date(2027, 1, 3))
    notice = Notice(holidays=(new_year,), worked=(), assumed=True)
    published = CHINA.with_notice(2027, notice)
    assert published.version == CHINA.version + 1
    assert published.after(date(2026, 12, 28), 5) == LastDay(date(2027, 1, 5), provisional=False)


@pytest.mark.parametrize(
    ("notice", "said"),
    [
        ('holidays = []\nworked = [2027-01-04]\nsource = "通知"', "应在周末：2027-01-04"),
        ("holidays = []\nworked = []", "应写明出处"),
        (
            (
                'holidays = [{name = "元旦", first = 2027-01-03, last = 2027-01-01}]\nworked = []\n'
                'source = "通知"'
            ),
            "last 不能早于 first",
        ),
        (
            (
                'holidays = [{name = "元旦", first = 2026-12-31, last = 2027-01-01}]\nworked = []\n'
                'source = "通知"'
            ),
            "写了别年的日子：2026-12-31",
        ),
        (
            (
                'holidays = [{name = "元旦", first = 2027-01-01, last = 2027-01-03}]\n'
                'worked = [2027-01-03]\nsource = "通知"'
            ),
            "既放假又上班：2027-01-03",
        ),
        ("holidays = [\n", "不是 TOML 的写法"),
    ],
)
def test_a_notice_that_is_not_right_says_what_would_be(notice: str, said: str) -> None:
    head = 'id = "china"\nversion = 2\ntitle = "安排"\ntitle_en = "Holidays"\n[years.2027]\n'
    with pytest.raises(BadCalendar) as refused:
        read_calendar(head + notice)
    assert said in refused.value.chinese
