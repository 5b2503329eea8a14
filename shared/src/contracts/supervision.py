"""When a unit is reminded, warned, shown a card: the [supervision] section of a rulebook."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from contracts.reading import Identifier, Part, Sourced, each_once, wrong
from contracts.vocabulary import CHINA, AlertLevel, Duty
from contracts.working_days import SATURDAY, WorkingCalendar

ONE_DAY = timedelta(days=1)
RISING = (AlertLevel.WARNING, AlertLevel.YELLOW, AlertLevel.RED)
Offset = Annotated[int, Field(strict=True, ge=0, le=1_000)]


def _is_a_time(written: str) -> str:
    try:
        time.fromisoformat(written)
    except ValueError:
        raise wrong(f"一天里没有 {written} 这个时刻", f"no day has a {written}") from None
    return written


TimeOfDay = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{2}:[0-9]{2}$"), AfterValidator(_is_a_time)
]


class AlertStep(Sourced):
    """On which day, before or after a deadline, something is said to the unit that owes it.

    `working` counts working days; where the holidays of a year are not known, Monday to Friday.
    """

    id: Identifier
    duty: Duty
    level: AlertLevel
    before: Offset | None = None
    after: Offset | None = None
    working: bool = False

    @model_validator(mode="after")
    def is_before_or_after(self) -> Self:
        if (self.before is None) == (self.after is None):
            raise wrong("before、after 应写且只写一个", "needs exactly one of before and after")
        return self

    @property
    def offset(self) -> int:
        """Days from the deadline; negative before it."""
        return self.after if self.after is not None else -(self.before or 0)

    def falls_on(self, due_on: date, calendar_in_force: WorkingCalendar | None) -> date:
        if not self.working:
            return due_on + timedelta(days=self.offset)
        day, left = due_on, abs(self.offset)
        direction = ONE_DAY if self.offset > 0 else -ONE_DAY
        while left:
            day += direction
            left -= _is_worked(day, calendar_in_force)
        return day


class QuietHours(Part):
    """When nothing is sent; it may go over midnight."""

    begin: TimeOfDay
    end: TimeOfDay

    def sends_at(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours that it falls into, in China."""
        local = moment.astimezone(CHINA)
        begin, end = time.fromisoformat(self.begin), time.fromisoformat(self.end)
        now = local.time()
        is_quiet = begin <= now < end if begin <= end else now >= begin or now < end
        if not is_quiet:
            return moment
        day = local.date() if now < end else local.date() + ONE_DAY
        return datetime.combine(day, end, CHINA)


class Supervision(Part):
    """The steps of a place, and its quiet hours."""

    steps: Annotated[tuple[AlertStep, ...], Field(min_length=1, max_length=100)]
    quiet_hours: QuietHours | None = None

    @model_validator(mode="after")
    def rises_from_warning_to_red(self) -> Self:
        """A yellow card does not come before the warning, nor a red one before the yellow."""
        each_once("supervision.steps.id", [step.id for step in self.steps])
        latest: dict[tuple[Duty, bool], tuple[int, AlertLevel]] = {}
        for step in sorted(
            (step for step in self.steps if step.level in RISING),
            key=lambda each: RISING.index(each.level),
        ):
            offset, level = latest.get((step.duty, step.working), (step.offset, step.level))
            if step.offset < offset and step.level is not level:
                raise wrong(
                    f"{step.level.chinese}不能早于{level.chinese}",
                    f"{step.level} comes before {level}",
                    ("steps", self.steps.index(step)),
                )
            latest[step.duty, step.working] = (max(step.offset, offset), step.level)
        return self


def _is_worked(day: date, calendar_in_force: WorkingCalendar | None) -> bool:
    if calendar_in_force is not None and day.year in calendar_in_force.years:
        return calendar_in_force.is_working_day(day)
    return day.weekday() < SATURDAY
