"""Which reminders, warnings and cards are due: from the case, the rulebook, the calendar and today."""

from collections.abc import Iterator
from datetime import date, datetime

from assignment.commands import RaiseAlert
from assignment.decisions.chasing import owes
from assignment.state import Assignment, Dispatched
from contracts.rulebook import Rulebook
from contracts.supervision import AlertStep
from contracts.vocabulary import CHINA, AlertLevel, Duty, Role
from contracts.working_days import WorkingCalendar

Deadline = tuple[Duty, str, date]


def alerts_due(
    case: Dispatched, rulebook: Rulebook, calendar: WorkingCalendar | None, at: datetime
) -> list[RaiseAlert]:
    """What is to be raised today and has not been, in the order of units and steps.

    A step that was passed while nobody looked is raised late, except that a reminder is not: there
    is nothing to remind of any more once a later step has been reached.
    """
    if rulebook.supervision is None:
        return []
    today = at.astimezone(CHINA).date()
    return [
        RaiseAlert(
            at=at,
            proposal_id=part.given.proposal_id,
            unit=part.unit,
            level=step.level,
            duty=duty,
            rule=rule,
            due_on=due_on,
            raised_on=today,
        )
        for part in case.assignments
        for duty, suffix, due_on in deadlines_of(part, case)
        for step in _steps(rulebook, duty)
        if _is_due(step, due_on, calendar, today)
        and not _was_raised(
            part, duty, rule := f"{rulebook.id}/supervision.{step.id}{suffix}", due_on
        )
    ]


def deadlines_of(part: Assignment, case: Dispatched) -> Iterator[Deadline]:
    """What the unit still owes, and by when. Commitments are told apart by their numbers."""
    if owes(part, case, Duty.SIGNING) and part.given.sign_by is not None:
        yield Duty.SIGNING, "", part.given.sign_by
    duty = Duty.OPINION if part.role is Role.CO else Duty.REPLY
    if owes(part, case, duty):
        yield duty, "", part.due_on
    if owes(part, case, Duty.COMMITMENT):
        for commitment in case.commitments_of(part.unit):
            if commitment.is_open:
                yield Duty.COMMITMENT, f".{commitment.made.commitment}", commitment.due_on


def _steps(rulebook: Rulebook, duty: Duty) -> Iterator[AlertStep]:
    if rulebook.supervision is not None:
        yield from (step for step in rulebook.supervision.steps if step.duty is duty)


def _is_due(step: AlertStep, due_on: date, calendar: WorkingCalendar | None, today: date) -> bool:
    falls_on = step.falls_on(due_on, calendar)
    if step.level is AlertLevel.REMINDER:
        return falls_on == today
    return falls_on <= today


def _was_raised(part: Assignment, duty: Duty, rule: str, due_on: date) -> bool:
    return (duty, rule, due_on) in {(each.duty, each.rule, each.due_on) for each in part.alerts}
