"""When a district is silent: by the rulebook of a year, the channel and the calendar."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from contracts.quiet import Quiet, sends_at
from contracts.supervision import QuietHours
from contracts.working_days import WorkingCalendar
from eventlog import EventLog
from hosting.rulebooks import adopted_rulebook

CalendarOf = Callable[[str], Awaitable[WorkingCalendar | None]]


@dataclass(frozen=True)
class Silence:
    """Knows when a message may go out."""

    log: EventLog
    calendar_of: CalendarOf

    async def sends_at(
        self, district: str, year: int | None, quiet: Quiet, moment: datetime
    ) -> datetime:
        """The first moment from this one at which a channel is not silent."""
        hours = await self._quiet_hours(district, year)
        return sends_at(moment, quiet, hours, await self.calendar_of(district))

    async def _quiet_hours(self, district: str, year: int | None) -> QuietHours | None:
        rulebook = None if year is None else await adopted_rulebook(self.log, district, year)
        supervision = rulebook.supervision if rulebook else None
        return supervision.quiet_hours if supervision else None
