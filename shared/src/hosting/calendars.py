"""The calendar of working days that holds in a district, out of the notices in its log."""

from contracts.assignment import CALENDAR_STREAM, HolidayNoticeAdopted
from contracts.working_days import Holiday, Notice, WorkingCalendar
from eventlog import EventLog


async def calendar_in_force(
    log: EventLog, district: str, shipped: WorkingCalendar, *, until: int | None = None
) -> WorkingCalendar:
    """The shipped calendar with every notice that the district adopted, the latest of each year.

    With `until`, of those up to that log position. Its version is that of the latest.
    """
    calendar, version = shipped, shipped.version
    for recorded in await log.read_stream(district, CALENDAR_STREAM):
        if until is not None and recorded.position > until:
            break
        event = HolidayNoticeAdopted.model_validate(recorded.data)
        breaks = tuple(
            Holiday(name=each.name, first=each.first, last=each.last) for each in event.holidays
        )
        notice = Notice(source=event.source, holidays=breaks, worked=event.worked)
        calendar, version = calendar.with_notice(event.year, notice), max(version, event.version)
    return calendar.model_copy(update={"version": version})
