"""A time limit (办理时限) and the last day that it gives."""

import calendar
from datetime import date, timedelta
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from contracts.reading import Part, Sourced, Whole, wrong
from contracts.refusal import Refused
from contracts.vocabulary import Origin, Role
from contracts.working_days import SATURDAY, LastDay, WorkingCalendar


class LimitPassed(Refused):
    """《{title}》规定的期限 {due_on} 早于交办日 {dispatched_on}；请在交办时写明期限。"""

    english: ClassVar[str] = (
        "“{title_en}” sets {due_on} as the limit, which is before the dispatch on {dispatched_on};"
        " name a deadline when you dispatch."
    )


def _is_in_the_calendar(month_day: str) -> str:
    try:
        date.fromisoformat(f"2000-{month_day}")
    except ValueError:
        raise wrong(
            f"日历上没有 {month_day} 这一天", f"there is no day {month_day} in the calendar"
        ) from None
    return month_day


MonthDay = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{2}-[0-9]{2}$"), AfterValidator(_is_in_the_calendar)
]


class Limit(Sourced):
    """A time limit in one of four kinds: calendar days, working days, months, or a fixed date.

    Days and months run from the day of dispatch, which is not counted itself. A month that is too
    short gives its last day. `by` is month-day ("06-30") in the year of dispatch. Working days
    follow the State Council's calendar.
    """

    days: Whole | None = None
    working_days: Whole | None = None
    months: Annotated[int, Field(strict=True, ge=1, le=120)] | None = None
    by: MonthDay | None = None

    @model_validator(mode="after")
    def is_of_one_kind(self) -> Self:
        kinds = [self.days, self.working_days, self.months, self.by]
        if kinds.count(None) != len(kinds) - 1:
            raise wrong(
                "days、working_days、months、by 应写且只写一个",
                "needs exactly one of days, working_days, months and by",
            )
        return self

    def last_day(self, begins_on: date, calendar_in_force: WorkingCalendar | None) -> LastDay:
        """The last day, provisional where it runs into a year whose holidays are not known.

        Without a calendar, Monday to Friday stand in for working days, and the day is provisional.
        """
        if self.working_days is None:
            return LastDay(self.ends_on(begins_on), provisional=False)
        if calendar_in_force is not None:
            return calendar_in_force.after(begins_on, self.working_days)
        return LastDay(self.ends_on(begins_on), provisional=True)

    def ends_on(self, dispatched_on: date) -> date:
        """The last day, with Monday to Friday for working days."""
        if self.working_days is not None:
            return _weekdays_after(dispatched_on, self.working_days)
        if self.by is not None:
            return day_of(dispatched_on.year, self.by)
        months = dispatched_on.month - 1 + (self.months or 0)
        year, month = dispatched_on.year + months // 12, months % 12 + 1
        return _clamped(year, month, dispatched_on.day) + timedelta(days=self.days or 0)


class SpecialLimit(Limit):
    """A limit for some cases only: by the level they come from, by role, or for key proposals."""

    origin: Origin | None = None
    role: Role | None = None
    key: bool | None = None

    @model_validator(mode="after")
    def says_for_which_cases(self) -> Self:
        if self.origin is None and self.role is None and self.key is None:
            raise wrong(
                "应写明适用于哪些案件：origin、role、key 至少一项",
                "says for which cases it is: at least one of origin, role and key",
            )
        return self

    def fits(self, role: Role, origin: Origin | None, *, is_key: bool) -> bool:
        return (
            self.origin in {None, origin}
            and self.role in {None, role}
            and self.key in {None, is_key}
        )


class Limits(Part):
    """The time limit for each role; for co-handling it is that of the opinion. Or for signing.

    `appeal` is the limit for an appeal, from the day on which the score of the year was published.
    """

    sole: Limit
    lead: Limit
    split: Limit
    co: Limit
    signing: Limit | None = None
    returning: Limit | None = None
    appeal: Limit | None = None
    special: tuple[SpecialLimit, ...] = ()

    def for_case(self, role: Role, origin: Origin | None, *, is_key: bool) -> tuple[Limit, str]:
        """The limit of a role, and the key it stands under; the first special one that fits wins."""
        for number, limit in enumerate(self.special, start=1):
            if limit.fits(role, origin, is_key=is_key):
                return limit, f"limits.special.{number}"
        return self.of(role), f"limits.{role}"

    def of(self, role: Role) -> Limit:
        match role:
            case Role.SOLE:
                return self.sole
            case Role.LEAD:
                return self.lead
            case Role.SPLIT:
                return self.split
            case Role.CO:
                return self.co


def day_of(year: int, month_day: MonthDay) -> date:
    """That day of a year; the 29th of February is the last day of a shorter one."""
    month, day = map(int, month_day.split("-"))
    return _clamped(year, month, day)


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _weekdays_after(begins_on: date, count: int) -> date:
    day = begins_on
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
