"""The calendar of working days that holds in a district, out of the notices in its log."""

from collections.abc import Sequence
from datetime import date

from contracts.assignment import CALENDAR_STREAM, Break, HolidayNoticeAdopted
from contracts.working_days import Holiday, Notice, WorkingCalendar
from eventlog import EventLog


async def calendar_in_force(
    log: EventLog, district: str, shipped: WorkingCalendar, *, until: int | None = None
) -> WorkingCalendar:
    """The shipped calendar with every notice that the district adopted, the latest of each year.

    With `until`, of those up to that log position. Its version is that of the latest.
    """
    return (await calendars_adopted(log, district, shipped, until=until))[-1]


async def calendars_adopted(
    log: EventLog, district: str, shipped: WorkingCalendar, *, until: int | None = None
) -> tuple[WorkingCalendar, ...]:
    """The shipped calendar, and each that came of it as notices were adopted, up to a log position."""
    calendars = [shipped]
    for recorded in await log.read_stream(district, CALENDAR_STREAM):
        if until is not None and recorded.position > until:
            break
        event = HolidayNoticeAdopted.model_validate(recorded.data)
        notice = notice_of(event.source, event.holidays, event.worked)
        newest = calendars[-1]
        version = max(newest.version, event.version)
        calendars.append(
            newest.with_notice(event.year, notice).model_copy(update={"version": version})
        )
    return tuple(calendars)


def notice_of(source: str, holidays: Sequence[Break], worked: Sequence[date]) -> Notice:
    """Raises pydantic.ValidationError."""
    breaks = tuple(Holiday(name=each.name, first=each.first, last=each.last) for each in holidays)
    return Notice(source=source, holidays=breaks, worked=tuple(worked))
