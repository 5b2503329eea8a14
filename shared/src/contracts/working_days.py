"""Working days (工作日): the State Council's days off and worked weekends, and counting over them."""

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import cached_property
from typing import ClassVar, Self

from pydantic import ValidationError, field_validator, model_validator

from contracts.reading import Identifier, Part, Sourced, Whole, Words, problems, unreadable, wrong
from contracts.refusal import Refused

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class BadCalendar(Refused):
    """节假日安排有误：{problems}。"""

    english: ClassVar[str] = "The calendar of public holidays is not right: {problems_en}."


class YearNotPublished(Refused):
    """{year}年的节假日安排还没有录入（现有{first}至{last}年），不能判断{day}是不是工作日。请先录入国务院办公厅的通知。"""

    english: ClassVar[str] = (
        "The public holidays of {year} are not known yet (known: {first} to {last}), so nobody can"
        " say whether {day} is a working day. Enter the State Council's notice first."
    )


class Holiday(Part):
    """A break, from its first to its last day, both off."""

    name: Words
    first: date
    last: date

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.last < self.first:
            raise wrong("last 不能早于 first", "last cannot be before first")
        return self

    @property
    def days(self) -> Iterator[date]:
        length = (self.last - self.first).days + 1
        return (self.first + timedelta(days=n) for n in range(length))


class Notice(Sourced):
    """What is announced for one calendar year: the breaks, and the weekend days worked instead."""

    holidays: tuple[Holiday, ...]
    worked: tuple[date, ...]

    @field_validator("worked")
    @classmethod
    def works_on_weekends(cls, worked: tuple[date, ...]) -> tuple[date, ...]:
        if weekdays := [day for day in worked if day.weekday() < SATURDAY]:
            listed = ", ".join(map(str, weekdays))
            raise wrong(f"调休上班的日子应在周末：{listed}", f"not at a weekend: {listed}")
        return worked

    @model_validator(mode="after")
    def has_no_day_both_off_and_worked(self) -> Self:
        if both := sorted(self.days_off & set(self.worked)):
            listed = ", ".join(map(str, both))
            raise wrong(f"既放假又上班：{listed}", f"both off and worked: {listed}")
        return self

    @property
    def days_off(self) -> frozenset[date]:
        return frozenset(day for holiday in self.holidays for day in holiday.days)


@dataclass(frozen=True)
class LastDay:
    """The last day of a limit; provisional while the holidays of a year it runs into are unknown."""

    on: date
    provisional: bool


class WorkingCalendar(Part):
    """One version of the calendar: the notice of each year that has been published."""

    id: Identifier
    version: Whole
    title: Words
    title_en: Words
    years: dict[int, Notice]

    @model_validator(mode="after")
    def keeps_each_day_in_its_year(self) -> Self:
        if not self.years:
            raise wrong("years 至少要有一年", "years needs at least one year")
        for year, notice in self.years.items():
            strays = sorted(d for d in notice.days_off | set(notice.worked) if d.year != year)
            if strays:
                listed = ", ".join(map(str, strays))
                raise wrong(f"{year}年里写了别年的日子：{listed}", f"not in {year}: {listed}")
        return self

    @cached_property
    def _exceptions(self) -> Mapping[date, bool]:
        """Whether one works on a day that is not like its day of the week."""
        off = {day: False for notice in self.years.values() for day in notice.days_off}
        return off | {day: True for notice in self.years.values() for day in notice.worked}

    @cached_property
    def _working_days(self) -> list[date]:
        first, last = date(min(self.years), 1, 1), date(max(self.years), 12, 31)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if day.year in self.years and self._is_worked(day)]

    def _is_worked(self, day: date) -> bool:
        return self._exceptions.get(day, day.weekday() < SATURDAY)

    def is_working_day(self, day: date) -> bool:
        """Raises YearNotPublished."""
        if day.year not in self.years:
            raise YearNotPublished(
                year=day.year, first=min(self.years), last=max(self.years), day=day
            )
        return self._is_worked(day)

    def between(self, begin: date, end: date) -> int:
        """How many working days come after `begin`, up to and with `end`. Raises YearNotPublished."""
        for year in range(begin.year, end.year + 1):
            self.is_working_day(date(year, 1, 1))
        days = self._working_days
        return max(bisect_left(days, end + ONE_DAY) - bisect_left(days, begin + ONE_DAY), 0)

    def after(self, begin: date, count: int) -> LastDay:
        """The `count`-th working day after `begin`, which is not counted itself.

        Where the limit runs into a year that is not published, Monday to Friday stand in for its
        working days and the answer is provisional: the notice will move it, if at all, outwards or
        inwards by its breaks.
        """
        day, provisional = begin, False
        while count > 0 and day.year < MAXYEAR:
            day += ONE_DAY
            provisional = provisional or day.year not in self.years
            count -= self._is_worked(day)
        return LastDay(day, provisional)

    def with_notice(self, year: int, notice: Notice) -> "WorkingCalendar":
        """The next version, in which a year has another notice, or has one at all."""
        years = {**self.years, year: notice}
        return self.model_validate(
            {**self.model_dump(), "version": self.version + 1, "years": _dumped(years)}
        )


def _dumped(years: Mapping[int, Notice]) -> dict[int, object]:
    return {year: notice.model_dump() for year, notice in sorted(years.items())}


def read_calendar(text: str) -> WorkingCalendar:
    """Read a calendar file. Raises BadCalendar, which names every key that is not right."""
    try:
        return WorkingCalendar.model_validate(tomllib.loads(text))
    except ValidationError as error:
        said, said_en = problems(error, text)
    except (ValueError, RecursionError) as error:
        said, said_en = unreadable(error)
    raise BadCalendar(problems=said, problems_en=said_en)
