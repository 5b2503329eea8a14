"""Supervision (督办): reminders, warnings and cards that the rulebook sets, and chasing by people."""

from datetime import date
from typing import ClassVar

from contracts.assignment.basis import AssignmentEvent
from contracts.vocabulary import ChasingManner, Duty


class AlertEvent(AssignmentEvent):
    """A step of the rulebook was reached. `rule` is its id, `due_on` the deadline it goes by."""

    dated_by: ClassVar[str | None] = "raised_on"

    duty: Duty
    rule: str
    due_on: date
    raised_on: date


class ReminderDue(AlertEvent):
    """The unit is to be reminded of what it has to do by a day."""

    type: ClassVar[str] = "tian.assignment.reminder_due.v1"


class WarningIssued(AlertEvent):
    """The unit was warned (预警)."""

    type: ClassVar[str] = "tian.assignment.warning_issued.v1"


class YellowCardIssued(AlertEvent):
    """The unit was shown a yellow card (黄牌)."""

    type: ClassVar[str] = "tian.assignment.yellow_card_issued.v1"


class RedCardIssued(AlertEvent):
    """The unit was shown a red card (红牌)."""

    type: ClassVar[str] = "tian.assignment.red_card_issued.v1"


class UnitChased(AssignmentEvent):
    """Somebody of the supervision office chased the unit (催办)."""

    type: ClassVar[str] = "tian.assignment.unit_chased.v1"
    dated_by: ClassVar[str | None] = "chased_on"

    manner: ChasingManner
    chased_on: date
    note: str = ""
