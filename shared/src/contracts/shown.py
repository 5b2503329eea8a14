"""Which state of the log an answer shows."""

from datetime import date, datetime, time

from pydantic import BaseModel, ConfigDict

from contracts.vocabulary import CHINA


class Shown(BaseModel):
    """The state of a district's log that an answer rests on.

    `position` is that of the last event, `recorded_at` when that was recorded. A past state was
    asked for by position, or by a moment `as_of` at which things had been recorded. `happened_by`
    leaves out what happened later, by what the events themselves say. `behind` counts the events
    that are in the log and are not counted yet.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    position: int
    recorded_at: datetime | None = None
    behind: int = 0
    is_past: bool = False
    as_of: datetime | None = None
    happened_by: datetime | None = None

    def day(self, today: date) -> date:
        """The day that counts as today in this state."""
        if not self.is_past:
            return today
        asked = [moment for moment in (self.as_of, self.happened_by) if moment]
        moment = min(asked) if asked else self.recorded_at
        return today if moment is None else min(today, moment.astimezone(CHINA).date())


def end_of(day: date) -> datetime:
    """The last moment of a day in China."""
    return datetime.combine(day, time.max, CHINA)
