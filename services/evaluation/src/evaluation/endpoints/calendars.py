"""The calendar of working days that holds in a district, out of the notices in its log."""

from contracts.assignment import CALENDAR_STREAM, HolidayNoticeAdopted
from contracts.working_days import Holiday, Notice, WorkingCalendar
from eventlog import EventLog


async def calendar_in_force(
    log: EventLog, district: str, shipped: WorkingCalendar
) -> WorkingCalendar:
    """The shipped calendar with every notice that the district adopted since, the latest of a year."""
    calendar = shipped
    for recorded in await log.read_stream(district, CALENDAR_STREAM):
        event = HolidayNoticeAdopted.model_validate(recorded.data)
        breaks = tuple(
            Holiday(name=each.name, first=each.first, last=each.last) for each in event.holidays
        )
        notice = Notice(source=event.source, holidays=breaks, worked=event.worked)
        calendar = calendar.with_notice(event.year, notice)
    return calendar
