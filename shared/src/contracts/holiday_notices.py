"""The words of a State Council notice of public holidays, read into days off and days worked."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import ValidationError

from contracts.working_days import BadCalendar, Holiday, Notice

WEEKDAYS = "一二三四五六日"
CLAUSE = re.compile(
    r"^\s*[一二三四五六七八九十]+、\s*(?P<name>[^：:]{1,30})[：:](?P<said>.+?)\s*$", re.MULTILINE
)
DAY = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:[（(](?P<note>[^）)]*)[）)])?"
)
OFF = re.compile(r"放假|休息")
COUNTED = re.compile(r"共(\d{1,2})天")
A_DAY = timedelta(days=1)

Range = tuple[date, date]


class Reader:
    """Reads one notice, and notes what in it does not agree with itself."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.holidays: list[Holiday] = []
        self.worked: list[date] = []
        self.problems: list[tuple[str, str]] = []

    def clause(self, name: str, said: str) -> None:
        """One holiday: "1月28日（周二）至2月4日（周二）放假调休，共8天。1月26日（周日）上班。"."""
        first, *others = re.split(r"[。；;]", said)
        days = self._ranges(first)
        if not days or not OFF.search(first):
            self._wrong(f"“{name}”没有写明哪天放假", f"{name!r} does not say which days are off")
            return
        self._off(name, days, COUNTED.search(first))
        for sentence in others:
            if "上班" in sentence:
                worked = [begin for begin, _ in self._ranges(sentence)]
                self.worked += [day for day in worked if day.year == self.year]

    def _off(self, name: str, ranges: list[Range], counted: re.Match[str] | None) -> None:
        length = sum((last - first).days + 1 for first, last in ranges)
        if counted and int(counted[1]) != length:
            self._wrong(
                f"“{name}”写明共{counted[1]}天，起止之间是{length}天",
                f"{name!r} says {counted[1]} days, but there are {length} from first to last",
            )
        for first, last in ranges:
            days = [first + n * A_DAY for n in range((last - first).days + 1)]
            here = [day for day in days if day.year == self.year]
            if here:
                self.holidays.append(Holiday(name=name, first=here[0], last=here[-1]))
            if last < first:
                self._wrong(f"“{name}”{last}早于{first}", f"{name!r}: {last} is before {first}")

    def _ranges(self, said: str) -> list[Range]:
        """The days that are named, as first and last; a month or year holds until the next."""
        found: list[Range] = []
        year, month, end = self.year, 0, 0
        for match in DAY.finditer(said):
            year = int(match["year"] or year)
            month = int(match["month"] or month)
            day = self._day(year, month, int(match["day"]))
            if day is not None:
                self._check_weekday(day, match["note"] or "")
                if found and said[end : match.start()].strip() == "至":
                    found[-1] = found[-1][0], day
                else:
                    found.append((day, day))
            end = match.end()
        return found

    def _day(self, year: int, month: int, day: int) -> date | None:
        try:
            return date(year, month, day)
        except ValueError:
            self._wrong(f"没有{month}月{day}日", f"there is no day {day} of month {month}")
            return None

    def _check_weekday(self, day: date, note: str) -> None:
        told = re.search(r"(?:周|星期)([一二三四五六日天])", note)
        if told is None:
            return
        is_on = WEEKDAYS[day.weekday()]
        if told[1].replace("天", "日") != is_on:
            self._wrong(
                f"{day}是周{is_on}，不是周{told[1]}，请核对年度和日期",
                f"{day} is a {day:%A}, not what the text says; check year and day",
            )

    def _wrong(self, chinese: str, english: str) -> None:
        self.problems.append((chinese, english))


def read_notice(text: str, year: int) -> Notice:
    """Read the numbered clauses of a notice (国务院办公厅关于…年部分节假日安排的通知).

    Days of other years, at the turn of the year, are left to the notices of those years. What
    the text counts (共8天) and says of weekdays (周二) has to agree. Raises BadCalendar.
    """
    reader = Reader(year)
    for name, said in _clauses(text):
        reader.clause(name, said)
    if not reader.holidays:
        reader.problems.append(
            (
                "没有读出放假的日子，应逐条写明，如“一、元旦：1月1日放假”",
                "no day off was found; clauses are written 一、元旦：1月1日放假",
            )
        )
    if reader.problems:
        raise BadCalendar(
            problems="；".join(said for said, _ in reader.problems),
            problems_en="; ".join(said for _, said in reader.problems),
        )
    try:
        return Notice(
            holidays=tuple(reader.holidays), worked=tuple(sorted(set(reader.worked))), assumed=True
        )
    except ValidationError as error:
        context = [each.get("ctx", {}) for each in error.errors()]
        raise BadCalendar(
            problems="；".join(str(each.get("chinese", "有误")) for each in context),
            problems_en="; ".join(str(each.get("english", "wrong")) for each in context),
        ) from error


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    for match in CLAUSE.finditer(text.replace("\r\n", "\n")):
        yield match["name"].strip(), match["said"]
