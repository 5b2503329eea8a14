"""The rules for the calendar: a State Council notice holds for a year once it is adopted."""

from typing import ClassVar

from assignment.commands import AdoptHolidayNotice
from assignment.state import KeptCalendar, State
from contracts.assignment import AssignmentServiceEvent, HolidayNoticeAdopted
from contracts.refusal import Refused


class CalendarHasMoved(Refused):
    """节假日安排已更新到第{version}版，您看到的不是最新的。请重新核对受影响的期限，再确认。"""

    english: ClassVar[str] = (
        "The calendar is at version {version} by now. Look again at the deadlines that would move,"
        " then confirm."
    )


def adopt_notice(command: AdoptHolidayNotice, state: State) -> list[AssignmentServiceEvent]:
    """The same notice again is nothing new. `version` is that of the calendar with the notice."""
    kept = state if isinstance(state, KeptCalendar) else KeptCalendar(0)
    there = kept.notices.get(command.year)
    if there is not None and (there.holidays, there.worked) == (command.holidays, command.worked):
        return []
    if command.version <= kept.version:
        raise CalendarHasMoved(version=kept.version)
    return [
        HolidayNoticeAdopted(
            year=command.year,
            source=command.source,
            holidays=command.holidays,
            worked=command.worked,
            version=command.version,
        )
    ]
