"""Which reminders, warnings and cards are due: from open limits, the rulebook, the calendar and today."""

from collections.abc import Iterator
from datetime import date, datetime

from assignment.commands import RaiseAlert
from assignment.state import Raised, Watched
from contracts.rulebook import Rulebook
from contracts.supervision import AlertStep
from contracts.vocabulary import CHINA, AlertLevel, Duty
from contracts.working_days import WorkingCalendar


def alerts_due(
    part: Watched, rulebook: Rulebook, calendar: WorkingCalendar | None, at: datetime
) -> list[RaiseAlert]:
    """What is to be raised today and has not been, in the order of limits and steps.

    A step that was passed while nobody looked is raised late, except that a reminder is not: there
    is nothing to remind of any more once a later step has been reached.
    """
    if rulebook.supervision is None:
        return []
    today = at.astimezone(CHINA).date()
    return [
        RaiseAlert(
            at=at,
            proposal_id=part.proposal_id,
            unit=part.unit,
            level=step.level,
            duty=duty,
            rule=rule,
            due_on=due_on,
            raised_on=today,
        )
        for duty, suffix, due_on in part.limits
        for step in _steps(rulebook, duty)
        if _is_due(step, due_on, calendar, today)
        and Raised(duty, rule := f"{rulebook.id}/supervision.{step.id}{suffix}", due_on)
        not in part.raised
    ]


def _steps(rulebook: Rulebook, duty: Duty) -> Iterator[AlertStep]:
    if rulebook.supervision is not None:
        yield from (step for step in rulebook.supervision.steps if step.duty is duty)


def _is_due(step: AlertStep, due_on: date, calendar: WorkingCalendar | None, today: date) -> bool:
    falls_on = step.falls_on(due_on, calendar)
    if step.level is AlertLevel.REMINDER:
        return falls_on == today
    return falls_on <= today
