"""When a channel is silent, and when it speaks again: hours of the day, and days off."""

from datetime import date, datetime, time, timedelta
from typing import Self

from pydantic import model_validator

from contracts.reading import Part, wrong
from contracts.supervision import QuietHours, TimeOfDay
from contracts.vocabulary import CHINA
from contracts.working_days import SATURDAY, WorkingCalendar

LONGEST_BREAK_DAYS = 60


class Quiet(Part):
    """When a channel is silent: hours of the day, over midnight perhaps, and days off altogether."""

    begin: TimeOfDay | None = None
    end: TimeOfDay | None = None
    days_off: bool = False

    @model_validator(mode="after")
    def has_both_ends(self) -> Self:
        if (self.begin is None) != (self.end is None):
            raise wrong("begin、end 应同时写明", "needs both begin and end, or neither")
        return self

    @property
    def hours(self) -> QuietHours | None:
        if self.begin is None or self.end is None:
            return None
        return QuietHours(begin=self.begin, end=self.end)


def sends_at(
    moment: datetime, quiet: Quiet, hours: QuietHours | None, calendar: WorkingCalendar | None
) -> datetime:
    """The first moment, from this one, at which a channel is not silent.

    `hours` are those of the rulebook. Where the holidays of a year are not known, Monday to Friday
    are worked. After sixty days that are all silent the moment stands: no break is so long.
    """
    last = moment + timedelta(days=LONGEST_BREAK_DAYS)
    while moment < last:
        later = moment
        for each in (hours, quiet.hours):
            later = each.sends_at(later) if each is not None else later
        local = later.astimezone(CHINA)
        if quiet.days_off and not _is_worked(local.date(), calendar):
            later = datetime.combine(local.date() + timedelta(days=1), time.min, CHINA)
        if later == moment:
            return moment
        moment = later
    return moment


def _is_worked(day: date, calendar: WorkingCalendar | None) -> bool:
    if calendar is not None and day.year in calendar.years:
        return calendar.is_working_day(day)
    return day.weekday() < SATURDAY
