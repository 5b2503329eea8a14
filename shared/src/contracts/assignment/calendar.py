"""The calendar of a district: which notice of public holidays holds for which year."""

from datetime import date
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from contracts.command import Day, Line
from contracts.event import Event

CALENDAR_STREAM = "calendar"


class Break(BaseModel):
    """Days off, from the first to the last."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: Line
    first: Day
    last: Day


class HolidayNoticeAdopted(Event):
    """A State Council notice holds for a year; `version` is that of the calendar with it."""

    type: ClassVar[str] = "tian.assignment.holiday_notice_adopted.v1"

    year: int
    source: str
    holidays: tuple[Break, ...]
    worked: tuple[date, ...]
    version: int

    @property
    def stream(self) -> str:
        return CALENDAR_STREAM
