"""A time limit (办理时限) and the last day that it gives."""

import calendar
from datetime import date, timedelta
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from contracts.reading import Part, Sourced, Whole, wrong
from contracts.refusal import Refused
from contracts.vocabulary import Role


class LimitPassed(Refused):
    """规则 {rule} 的期限 {due_on} 早于交办日 {dispatched_on}；请在交办时写明期限。"""

    english: ClassVar[str] = (
        "Rule {rule} sets {due_on}, which is before the dispatch on {dispatched_on};"
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
    """A time limit in one of three kinds: calendar days, calendar months, or a fixed date.

    Days and months run from the day of dispatch, which is not counted itself. A month that is too
    short gives its last day. `by` is month-day ("06-30") in the year of dispatch.
    """

    days: Whole | None = None
    months: Annotated[int, Field(strict=True, ge=1, le=120)] | None = None
    by: MonthDay | None = None

    @model_validator(mode="after")
    def is_of_one_kind(self) -> Self:
        if [self.days, self.months, self.by].count(None) != 2:  # noqa: PLR2004  one of three
            raise wrong(
                "days、months、by 三者应写且只写一个", "needs exactly one of days, months and by"
            )
        return self

    def ends_on(self, dispatched_on: date) -> date:
        if self.by is not None:
            return day_of(dispatched_on.year, self.by)
        months = dispatched_on.month - 1 + (self.months or 0)
        year, month = dispatched_on.year + months // 12, months % 12 + 1
        return _clamped(year, month, dispatched_on.day) + timedelta(days=self.days or 0)


class Limits(Part):
    """The time limit for each role; for co-handling it is that of the opinion. Or for signing."""

    sole: Limit
    lead: Limit
    split: Limit
    co: Limit
    signing: Limit | None = None

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
