"""The words of a State Council notice are read into days off and days worked, or refused."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from contracts.holiday_notices import read_notice
from contracts.working_days import BadCalendar, WorkingCalendar, read_calendar

CALENDAR = read_calendar(
    (Path(__file__).parents[2] / "deploy" / "calendars" / "china.toml").read_text("utf-8")
)
OF_2025 = """
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
根据2024年11月修订的《全国年节及纪念日放假办法》，现将2025年元旦、春节等节假日放假调休日期的具体安排通知如下。
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
"""
OF_2024 = """
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
"""
OF_2023 = """
一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。
"""


def worked_in(year: int, calendar: WorkingCalendar) -> list[date]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    return [day for day in days if calendar.is_working_day(day)]


@pytest.mark.parametrize(("year", "text"), [(2023, OF_2023), (2024, OF_2024), (2025, OF_2025)])
def test_a_published_notice_gives_the_days_of_the_calendar_that_is_shipped(
    year: int, text: str
) -> None:
    read = CALENDAR.with_notice(year, read_notice(text, year))
    assert worked_in(year, read) == worked_in(year, CALENDAR)


def test_days_that_do_not_follow_each_other_are_off_one_by_one() -> None:
    notice = read_notice("一、端午节：6月20日放假，6月22日（星期一）补休。", 2015)
    assert [str(day) for day in sorted(notice.days_off)] == ["2015-06-20", "2015-06-22"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一、元旦：1月1日（周四）放假。", "2025-01-01是周三，不是周四"),
        ("一、春节：1月28日至2月4日放假，共7天。", "写明共7天，起止之间是8天"),
        ("一、国庆节：10月1日至32日放假。", "没有10月32日"),
        ("一、国庆节：10月8日至1日放假。", "早于"),
        ("一、元旦：与周末连休。", "没有写明哪天放假"),
        ("节假日期间注意安全。", "没有读出放假的日子"),
        ("一、元旦：1月1日放假。1月3日上班。", "调休上班的日子应在周末：2025-01-03"),
        ("一、元旦：1月4日放假。1月4日上班。", "既放假又上班：2025-01-04"),
    ],
)
def test_a_notice_that_does_not_agree_with_itself_is_refused_with_what_is_wrong(
    text: str, said: str
) -> None:
    with pytest.raises(BadCalendar) as refused:
        read_notice(text, 2025)
    assert said in refused.value.chinese
    assert refused.value.in_english


def test_the_notice_of_another_year_is_found_out_by_its_weekdays() -> None:
    with pytest.raises(BadCalendar) as refused:
        read_notice(OF_2025, 2026)
    assert "请核对年度和日期" in refused.value.chinese
