"""The deadlines of a ledger's row: its own units', and those of the co-units of an own lead."""

from dataclasses import dataclass
from datetime import date

from contracts.ledger import LedgerRow
from contracts.rulebook import Rulebook
from contracts.vocabulary import Role
from contracts.working_days import LastDay, WorkingCalendar

# What a limit rests on where that is no rule of a rulebook.
NAMED_IN_LEDGER = "ledger"
BY_HAND = "by-hand"
BY_UPPER_LEVEL = "upper-level"


@dataclass(frozen=True)
class Deadlines:
    """Last days, each with the id of the rule it comes from; co-units have one where there are any.

    One is provisional where it runs into a year whose holidays are not known.
    """

    due_on: date
    due_rule: str
    provisional: bool
    co_due_on: date | None = None
    co_due_rule: str | None = None
    co_provisional: bool = False


def deadlines_of(
    row: LedgerRow, rulebook: Rulebook, calendar_in_force: WorkingCalendar | None
) -> Deadlines:
    """A limit that the row names itself comes before the rulebook's. Raises LimitPassed.

    Without a calendar, Monday to Friday stand in for working days.
    """
    begins_on = row.dispatched_on
    if row.due_on is not None:
        due, rule = LastDay(row.due_on, provisional=False), NAMED_IN_LEDGER
    else:
        due, rule = rulebook.due(row.role, begins_on, calendar_in_force)
    if not _has_co_units(row):
        return Deadlines(due.on, rule, due.provisional)
    co, co_rule = rulebook.due(Role.CO, begins_on, calendar_in_force)
    return Deadlines(due.on, rule, due.provisional, co.on, co_rule, co.provisional)


def counts_working_days(row: LedgerRow, rulebook: Rulebook) -> bool:
    """Whether a deadline of the row depends on the calendar."""
    roles = [] if row.due_on else [row.role]
    roles += [Role.CO] if _has_co_units(row) else []
    limits = (rulebook.limits.for_case(role, None, is_key=False)[0] for role in roles)
    return any(limit.working_days is not None for limit in limits)


def _has_co_units(row: LedgerRow) -> bool:
    return row.role is not Role.CO and bool(row.co_units)
