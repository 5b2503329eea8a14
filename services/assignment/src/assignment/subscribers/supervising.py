"""Supervision by the clock: looks at the open cases and raises what the rulebook says is due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from assignment.commands import RaiseAlert
from assignment.decisions.alerting import alerts_due
from assignment.state import INITIAL, Dispatched, State, evolve
from contracts.catalogue import read_event
from contracts.identity import Actor
from contracts.refusal import Refused
from contracts.rulebook import Rulebook
from contracts.vocabulary import ActorRole
from contracts.working_days import WorkingCalendar
from eventlog import EventLog, Handling, Intent, Provenance
from eventlog.recorded import Recorded
from hosting.rulebooks import adopted_rulebook

LOOK_EVERY_SECONDS = 60.0
READ_AT_ONCE = 2_000
CASE = "case-"

logger = logging.getLogger(__name__)


@dataclass
class Watched:
    """The cases of one district, as far as its log has been read."""

    position: int = 0
    cases: dict[str, State] = field(default_factory=dict)

    def take(self, events: Sequence[Recorded]) -> None:
        """Bring the cases up to date with what the log has next."""
        for recorded in events:
            self.position = recorded.position
            if recorded.stream.startswith(CASE):
                event: Any = read_event(recorded.type, recorded.data)
                before = self.cases.get(recorded.stream, INITIAL)
                self.cases[recorded.stream] = evolve(before, event)

    def dispatched(self) -> list[Dispatched]:
        return [case for case in self.cases.values() if isinstance(case, Dispatched)]


class Supervisor:
    """Raises reminders, warnings and cards; a look that is repeated adds nothing.

    The id of each derives from the district, the case, the unit, the step and the deadline, so that
    two processes that look at the same moment record it once.
    """

    def __init__(
        self,
        handling: Handling[Any, Any, Any],
        calendar_of: Callable[[str], Awaitable[WorkingCalendar | None]],
        districts: Sequence[str],
        clock: Callable[[], datetime],
    ) -> None:
        self._handling = handling
        self._calendar_of = calendar_of
        self._districts = districts
        self._clock = clock
        self._watched: dict[str, Watched] = {}

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
        watched = self._watched.setdefault(district, Watched())
        await _read_on(self._handling.log, district, watched)
        rulebooks = await self._rulebooks(district, watched.dispatched())
        calendar, at = await self._calendar_of(district), self._clock()
        due = [
            alert
            for case in watched.dispatched()
            if (rulebook := rulebooks[_year_of(case)]) is not None
            for alert in alerts_due(case, rulebook, calendar, at)
        ]
        results = await self._handling.handle_many(
            district, [_intent(district, alert) for alert in due]
        )
        for result in results:
            if isinstance(result, Refused):
                logger.warning("an alert was refused: %s", result)
        return sum(result.recorded for result in results if not isinstance(result, Refused))

    async def _rulebooks(
        self, district: str, cases: Sequence[Dispatched]
    ) -> Mapping[int, Rulebook | None]:
        log = self._handling.log
        years = sorted({_year_of(case) for case in cases})
        return {year: await adopted_rulebook(log, district, year) for year in years}


def _year_of(case: Dispatched) -> int:
    return case.assignments[0].given.year


async def _read_on(log: EventLog, district: str, watched: Watched) -> None:
    while events := await log.read_after(district, watched.position, READ_AT_ONCE):
        watched.take(events)


def _intent(district: str, alert: RaiseAlert) -> Intent[RaiseAlert]:
    parts = (district, alert.stream, alert.unit, alert.duty, alert.rule, alert.due_on.isoformat())
    command_id = uuid5(NAMESPACE_URL, "/".join(("tian/alert", *parts)))
    actor = Actor(subject="assignment", name="督办时钟", role=ActorRole.SERVICE, district=district)
    return Intent(alert, command_id, Provenance(actor=actor, correlation_id=_related(command_id)))


def _related(command_id: UUID) -> UUID:
    return uuid5(command_id, "correlation")
