"""The deadlines of a ledger's row: its own units', and those of the co-units of an own lead."""

from dataclasses import dataclass
from datetime import date

from contracts.ledger import LedgerRow
from contracts.rulebook import Rulebook
from contracts.vocabulary import Role

# What a limit rests on where that is no rule of a rulebook.
NAMED_IN_LEDGER = "ledger"
BY_HAND = "by-hand"
BY_UPPER_LEVEL = "upper-level"


@dataclass(frozen=True)
class Deadlines:
    """Last days, each with the id of the rule it comes from; co-units have one where there are any."""

    due_on: date
    due_rule: str
    co_due_on: date | None = None
    co_due_rule: str | None = None


def deadlines_of(row: LedgerRow, rulebook: Rulebook) -> Deadlines:
    """A limit that the row names itself comes before the rulebook's. Raises LimitPassed."""
    if row.due_on is not None:
        due_on, due_rule = row.due_on, NAMED_IN_LEDGER
    else:
        due_on, due_rule = rulebook.due_on(row.role, row.dispatched_on)
    if row.role is Role.CO or not row.co_units:
        return Deadlines(due_on, due_rule)
    return Deadlines(due_on, due_rule, *rulebook.due_on(Role.CO, row.dispatched_on))
