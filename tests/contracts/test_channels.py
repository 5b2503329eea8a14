"""What a channels file may say, what is said of one that is not right, and when a channel is silent."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contracts.channels import BadChannels, Channels, read_channels
from contracts.directory import read_district
from contracts.quiet import Quiet, sends_at
from contracts.sending import Matter, RecipientKind
from contracts.supervision import QuietHours
from contracts.vocabulary import CHINA
from contracts.working_days import read_calendar

DEPLOY = Path(__file__).parents[2] / "deploy"
LONGGANG = read_district((DEPLOY / "districts/longgang.toml").read_text("utf-8"))
SAMPLE = (DEPLOY / "samples/channels.toml").read_text("utf-8")
CALENDAR = read_calendar((DEPLOY / "calendars/china.toml").read_text("utf-8"))
EDUCATION = "龙岗区教育局"


def ways(channels: Channels, kind: RecipientKind, name: str, matter: Matter) -> list[str]:
    return [route.channel for route in channels.routes(kind, name, matter)]


def test_the_sample_leads_everybody_where_it_says() -> None:
    channels = read_channels(SAMPLE, LONGGANG)
    unit = RecipientKind.UNIT
    assert ways(channels, unit, EDUCATION, Matter.DISPATCHED) == ["mail", "oa"]
    assert ways(channels, unit, EDUCATION, Matter.RED) == ["mail", "text", "oa"]
    assert ways(channels, unit, "龙岗区水务局", Matter.RED) == ["oa"]
    office = (RecipientKind.OFFICE, "督查室")
    assert ways(channels, *office, Matter.RETURN_ASKED) == ["office", "duty"]
    assert ways(channels, *office, Matter.OPINION_GIVEN) == ["office"]
    assert ways(channels, RecipientKind.PROPOSER, "游宇", Matter.ANSWERED) == ["mail"]
    assert ways(channels, RecipientKind.PROPOSER, "别人", Matter.ANSWERED) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("port = 465", "port = 70000", 18, "smtp.mail.port"),
        ('"{text}"', '"{words}"', 28, "sms.text.body"),
        ("""accepted = '"code":0'""", 'accepted = ""', 30, "sms.text.accepted"),
        ("""accepted = '"code":0'""", "", 24, "sms.text.accepted"),
        ('unit = "龙岗区教育局"', 'unit = "教育局"', 46, "recipients#1.unit"),
        ('{ channel = "oa" }', '{ channel = "ao" }', 54, "没有名为 ao 的渠道"),
        ('to = ["jyj@example.cn"]', 'to = ["jyj"]', 47, "to 应为邮箱地址"),
        ('to = ["13800000000"]', 'to = ["张三"]', 47, "to 应为手机号码"),
        ('"return_asked"', '"return"', 58, "matters"),
        ("office = true", 'office = true\nunit = "龙岗区教育局"', 56, "应写且只写一个"),
        ('end = "08:00", ', "", 31, "begin、end 应同时写明"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_key(
    right: str, wrong: str, line: int, said: str
) -> None:
    assert right in SAMPLE
    with pytest.raises(BadChannels) as refusal:
        read_channels(SAMPLE.replace(right, wrong, 1), LONGGANG)
    assert said in refusal.value.chinese
    assert f"第 {line} 行" in refusal.value.chinese, refusal.value.chinese
    assert f"line {line}, " in refusal.value.in_english


def test_a_secret_is_not_told_by_a_refusal() -> None:
    text = SAMPLE.replace('password = "file:/run/secrets/smtp-password"', 'password = "hunter2"')
    with pytest.raises(BadChannels) as refusal:
        read_channels(text.replace("port = 465", "port = 0"), LONGGANG)
    assert "hunter2" not in f"{refusal.value.chinese}{refusal.value.in_english}{refusal.value!r}"
    assert "hunter2" not in repr(read_channels(text, LONGGANG))


def in_china(day: int, hour: int, minute: int = 0, month: int = 9) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=CHINA)


# 2024: the 14th of September, a Saturday, is worked; Sunday to Tuesday, 15th to 17th, are off.
@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (in_china(13, 20, 59), in_china(13, 20, 59)),
        (in_china(13, 21), in_china(14, 8)),
        (in_china(14, 10), in_china(14, 10)),
        (in_china(14, 22), in_china(18, 8)),
        (in_china(16, 12), in_china(18, 8)),
        (in_china(29, 9), in_china(29, 9)),
        (in_china(30, 23), in_china(8, 8, month=10)),
        (in_china(12, 9, month=10), in_china(12, 9, month=10)),
        (in_china(13, 9, month=10), in_china(14, 8, month=10)),
    ],
)
def test_a_silent_channel_speaks_again_on_the_next_worked_day(
    asked: datetime, answered: datetime
) -> None:
    quiet = Quiet(begin="21:00", end="08:00", days_off=True)
    assert sends_at(asked.astimezone(UTC), quiet, None, CALENDAR) == answered


def test_the_hours_of_the_rulebook_hold_beside_those_of_the_channel() -> None:
    rulebook = QuietHours(begin="20:00", end="08:30")
    evening = in_china(18, 20, 30)
    assert sends_at(evening, Quiet(), rulebook, CALENDAR) == in_china(19, 8, 30)
    weekend = in_china(20, 22)
    assert sends_at(weekend, Quiet(days_off=True), rulebook, CALENDAR) == in_china(23, 8, 30)


def test_a_year_without_a_notice_is_silent_on_saturdays_and_sundays() -> None:
    saturday = datetime(2031, 3, 1, 9, tzinfo=CHINA)
    quiet = Quiet(days_off=True)
    assert sends_at(saturday, quiet, None, CALENDAR) == saturday + timedelta(days=1, hours=15)
    assert sends_at(saturday, quiet, None, None).weekday() == 0


def test_hours_that_are_always_silent_end_the_search() -> None:
    hours = QuietHours(begin="00:00", end="12:00")
    quiet = Quiet(begin="12:00", end="00:00")
    assert sends_at(in_china(18, 9), quiet, hours, CALENDAR) > in_china(18, 9)
