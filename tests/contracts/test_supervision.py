"""Limits of every kind, the steps of supervision, and quiet hours."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.rulebook import BadRulebook, Rulebook, read_rulebook
from contracts.supervision import QuietHours
from contracts.vocabulary import AlertLevel, Origin, Role
from contracts.working_days import read_calendar

ROOT = Path(__file__).parents[2] / "deploy"
SAMPLE = (ROOT / "rulebooks" / "shenzhen-2024.toml").read_text("utf-8")
STRICT = (ROOT / "rulebooks" / "baoji.toml").read_text("utf-8")
CHINA_DAYS = read_calendar((ROOT / "calendars" / "china.toml").read_text("utf-8"))
PLACES = sorted((ROOT / "rulebooks").glob("*.toml"))


def with_limit(limit: str) -> Rulebook:
    return read_rulebook(SAMPLE.replace("[limits.lead]\nmonths = 3", f"[limits.lead]\n{limit}", 1))


def refusal(text: str) -> str:
    with pytest.raises(BadRulebook) as refused:
        read_rulebook(text)
    return refused.value.chinese


def working_days_after(begin: date, count: int) -> date:
    """As the library counts that the calendar was seeded from."""
    day = begin
    while count:
        day += timedelta(days=1)
        count -= chinese_calendar.is_workday(day)
    return day


@settings(max_examples=60)
@given(st.dates(date(2015, 1, 1), date(2026, 3, 1)), st.integers(1, 60))
def test_a_limit_in_working_days_goes_by_the_published_calendar(begin: date, count: int) -> None:
    due, _ = with_limit(f"working_days = {count}").due(Role.LEAD, begin, CHINA_DAYS)
    assert (due.on, due.provisional) == (working_days_after(begin, count), False)


def test_a_limit_into_a_year_that_is_not_published_is_provisional() -> None:
    rulebook = with_limit("working_days = 20")
    assert rulebook.due(Role.LEAD, date(2026, 12, 20), CHINA_DAYS)[0].provisional
    assert not rulebook.due(Role.LEAD, date(2026, 11, 2), CHINA_DAYS)[0].provisional
    assert rulebook.due(Role.LEAD, date(2026, 11, 2))[0].provisional


def test_other_limits_are_never_provisional() -> None:
    assert (
        not with_limit("months = 3").due(Role.LEAD, date(2026, 12, 20), CHINA_DAYS)[0].provisional
    )


def test_a_special_limit_is_for_the_cases_that_it_names() -> None:
    special = '[[limits.special]]\norigin = "city"\nkey = true\nby = "06-30"\nassumed = true\n\n'
    rulebook = read_rulebook(
        SAMPLE.replace("[[result_classes]]", special + "[[result_classes]]", 1)
    )
    day = date(2024, 3, 15)
    due, rule = rulebook.due(Role.LEAD, day, origin=Origin.CITY, is_key=True)
    assert (due.on, rule) == (date(2024, 6, 30), "shenzhen-2024/limits.special.1")
    assert rulebook.due(Role.LEAD, day, origin=Origin.CITY)[0].on == date(2024, 6, 15)
    assert rulebook.due(Role.LEAD, day, is_key=True)[0].on == date(2024, 6, 15)


def test_a_special_limit_says_for_which_cases_it_is() -> None:
    special = '[[limits.special]]\nby = "06-30"\nassumed = true\n\n'
    said = refusal(SAMPLE.replace("[[result_classes]]", special + "[[result_classes]]", 1))
    assert "limits.special#1：应写明适用于哪些案件" in said


@pytest.mark.parametrize("place", PLACES, ids=lambda path: path.stem)
def test_every_place_is_read_and_says_where_its_steps_come_from(place: Path) -> None:
    rulebook = read_rulebook(place.read_text("utf-8"))
    steps = rulebook.supervision.steps if rulebook.supervision else ()
    assert all(step.source for step in steps)


def test_places_differ_in_their_limits() -> None:
    day = date(2025, 3, 14)
    books = [read_rulebook(place.read_text("utf-8")) for place in PLACES]
    assert len({book.due(Role.LEAD, day)[0].on for book in books}) > 1
    assert len({book.due(Role.CO, day)[0].on for book in books}) > 1
    returning = [limit for book in books if (limit := book.limits.returning)]
    assert len(set(returning)) == len(returning) > 1


def line_of(part: str, text: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "key", "chinese"),
    [
        ("before = 3\n", "before = 3\nafter = 3\n", "supervision.steps#5", "应写且只写一个"),
        ('level = "red"', 'level = "pink"', "supervision.steps#3.level", "应为以下之一"),
        (
            'begin = "20:00"',
            'begin = "24:10"',
            "supervision.quiet_hours.begin",
            "没有 24:10 这个时刻",
        ),
        ('id = "sign-red"', 'id = "sign-yellow"', "supervision.steps.id", "重复：sign-yellow"),
        ("after = 5\nworking", "after = 0\nworking", "supervision", "红牌不能早于黄牌"),
        ('contacts = ["before"', 'contacts = ["first"', "handling.contacts#1", "应为以下之一"),
        ("full_letter = true", 'evidence_for = ["Z"]', "handling.evidence_for", "没有 Z"),
    ],
)
def test_a_wrong_step_is_named_with_its_line(old: str, new: str, key: str, chinese: str) -> None:
    assert old in STRICT
    said = refusal(STRICT.replace(old, new, 1))
    assert chinese in said
    assert key in said
    assert "第 " in said


def test_quiet_hours_go_over_midnight() -> None:
    quiet = QuietHours(begin="21:00", end="08:00")
    in_china = timedelta(hours=8)
    evening = datetime(2025, 5, 6, 22, 30, tzinfo=UTC) - in_china
    assert quiet.sends_at(evening) == datetime(2025, 5, 7, 8, 0, tzinfo=UTC) - in_china
    night = datetime(2025, 5, 7, 6, 0, tzinfo=UTC) - in_china
    assert quiet.sends_at(night) == datetime(2025, 5, 7, 8, 0, tzinfo=UTC) - in_china
    day = datetime(2025, 5, 7, 8, 0, tzinfo=UTC) - in_china
    assert quiet.sends_at(day) == day


def test_a_card_in_working_days_falls_after_a_break_not_in_it() -> None:
    supervision = read_rulebook(STRICT).supervision
    assert supervision is not None
    yellow = next(step for step in supervision.steps if step.id == "reply-yellow")
    assert yellow.level is AlertLevel.YELLOW
    assert yellow.falls_on(date(2025, 4, 30), CHINA_DAYS) == date(2025, 5, 6)
    warning = next(step for step in supervision.steps if step.id == "sign-reminder")
    assert warning.falls_on(date(2025, 5, 6), CHINA_DAYS) == date(2025, 4, 30)
