"""The limits of a case at its dispatch, and the units that a district knows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.assignment import Requirements
from contracts.deadlines import BY_HAND, BY_UPPER_LEVEL
from contracts.directory import District
from contracts.limits import Limit
from contracts.refusal import Refused
from contracts.rulebook import Rulebook
from contracts.vocabulary import Origin, Role
from contracts.working_days import LastDay, WorkingCalendar


class UnknownUnit(Refused):
    """“{unit}”不在本区单位名录中。请按名录填写单位全称。"""

    english = "{unit!r} is not in the district's directory. Use a unit's full name."


class LaterThanTheUpperLevel(Refused):
    """上级要求{due_on}前办结，{asked}晚于此。请填写不晚于上级期限的日期；确需延长的，先向上级申请延期。"""

    english = (
        "The upper level wants this done by {due_on}; {asked} is later. Name a day up to that, or"
        " ask the upper level for more time first."
    )


@dataclass(frozen=True)
class Limiting:
    """The limits of a case: its rulebook, the calendar, and what tells it from other cases.

    `upper_due_on` is the limit of the upper level that handed the case down, which nobody may pass.
    """

    rulebook: Rulebook
    calendar: WorkingCalendar
    origin: Origin | None
    is_key: bool
    upper_due_on: date | None = None

    @property
    def requirements(self) -> Requirements:
        return self.rulebook.handling.requirements if self.rulebook.handling else Requirements()

    def of(self, role: Role, begins_on: date, by_hand: date | None) -> dict[str, Any]:
        """Deadlines and their rule. A fixed date that has passed is set by hand, or LimitPassed.

        Raises LaterThanTheUpperLevel for one by hand; the rulebook's is brought forward instead.
        """
        due, rule = self._due(role, begins_on, by_hand)
        upper = self.upper_due_on
        if upper is not None and begins_on <= upper < due.on:
            if by_hand:
                raise LaterThanTheUpperLevel(due_on=upper, asked=by_hand)
            due, rule = LastDay(upper, provisional=False), BY_UPPER_LEVEL
        limits = self.rulebook.limits
        return {
            "due_on": due.on,
            "due_rule": rule,
            "provisional": due.provisional,
            "sign_by": self._last_day(limits.signing, begins_on),
            "return_until": self._last_day(limits.returning, begins_on),
        }

    def _due(self, role: Role, begins_on: date, by_hand: date | None) -> tuple[LastDay, str]:
        if by_hand:
            return LastDay(by_hand, provisional=False), BY_HAND
        return self.rulebook.due(
            role, begins_on, self.calendar, origin=self.origin, is_key=self.is_key
        )

    def _last_day(self, limit: Limit | None, begins_on: date) -> date | None:
        return limit.last_day(begins_on, self.calendar).on if limit else None


def named(directory: District, written: str) -> tuple[str, bool]:
    """The full name of a unit, and whether it is the district's own. Raises UnknownUnit."""
    unit = directory.unit(written)
    if unit is None:
        raise UnknownUnit(unit=written)
    return unit.name, unit.own
