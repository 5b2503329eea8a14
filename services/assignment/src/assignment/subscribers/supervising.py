"""Supervision by the clock: looks at the open limits and raises what the rulebook says is due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from assignment.commands import RaiseAlert
from assignment.decisions.alerting import alerts_due
from assignment.projections.watched import open_parts
from assignment.state import Watched
from contracts.identity import Actor
from contracts.refusal import Refused
from contracts.rulebook import Rulebook
from contracts.vocabulary import ActorRole
from contracts.working_days import WorkingCalendar
from eventlog import Handling, Intent, Provenance
from eventlog.readmodels import Source
from hosting.rulebooks import adopted_rulebook

LOOK_EVERY_SECONDS = 60.0

logger = logging.getLogger(__name__)


class Supervisor:
    """Raises reminders, warnings and cards; a look that is repeated adds nothing.

    It looks at rows, which may be behind the log: what it raises is decided on the log itself, and
    what it did not see yet it sees at the next look. The id of each alert derives from the district,
    the case, the unit, the step, the deadline and the last dispatch, so that two processes that look at
    the same moment record it once, and a unit that gets its part back is warned again.
    """

    def __init__(
        self,
        handling: Handling[Any, Any, Any],
        rows_of: Callable[[str], Source],
        calendar_of: Callable[[str], Awaitable[WorkingCalendar | None]],
        districts: Sequence[str],
        clock: Callable[[], datetime],
    ) -> None:
        self._handling = handling
        self._rows_of = rows_of
        self._calendar_of = calendar_of
        self._districts = districts
        self._clock = clock

    async def run(self) -> None:
        """Look at every district, now and then, for ever."""
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            for district in self._districts:
                try:
                    await self.look(district)
                except Exception:
                    logger.exception("the cases of %s could not be looked at", district)

    async def look(self, district: str) -> int:
        """Raise what is due in a district now. Returns the number of events that were recorded."""
        watched = await open_parts(self._rows_of(district))
        rulebooks = await self._rulebooks(district, watched)
        calendar, at = await self._calendar_of(district), self._clock()
        due = [
            (part, alert)
            for part in watched
            if (rulebook := rulebooks[part.year]) is not None
            for alert in alerts_due(part, rulebook, calendar, at)
        ]
        results = await self._handling.handle_many(
            district, [_intent(district, part, alert) for part, alert in due]
        )
        recorded = 0
        for result in results:
            if isinstance(result, Refused):
                logger.warning("an alert was refused: %s", result)
            elif not result.repeated:
                recorded += result.recorded
        return recorded

    async def _rulebooks(
        self, district: str, watched: Sequence[Watched]
    ) -> Mapping[int, Rulebook | None]:
        log = self._handling.log
        years = sorted({part.year for part in watched})
        return {year: await adopted_rulebook(log, district, year) for year in years}


def _intent(district: str, part: Watched, alert: RaiseAlert) -> Intent[RaiseAlert]:
    what = (alert.duty, alert.rule, alert.due_on.isoformat())
    told = (district, alert.stream, alert.unit, str(part.dispatch_position), *what)
    command_id = uuid5(NAMESPACE_URL, "/".join(("tian/alert", *told)))
    actor = Actor(subject="assignment", name="督办时钟", role=ActorRole.SERVICE, district=district)
    return Intent(alert, command_id, Provenance(actor=actor, correlation_id=_related(command_id)))


def _related(command_id: UUID) -> UUID:
    return uuid5(command_id, "correlation")
