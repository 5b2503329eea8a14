"""Supervision: what the rulebook's clock raises, and chasing by people."""

from typing import ClassVar

from assignment.commands.basis import FOLLOWERS, SUPERVISORS, UnitCommand
from contracts.command import Day, Deadline, Line, Words
from contracts.vocabulary import ActorRole, AlertLevel, ChasingManner, Duty


class RaiseAlert(UnitCommand):
    """Remind or warn a unit, or show it a card, as a step of the rulebook says (提醒、预警、黄牌、红牌)."""

    may: ClassVar[frozenset[ActorRole]] = FOLLOWERS

    level: AlertLevel
    duty: Duty
    rule: Line
    due_on: Deadline
    raised_on: Day


class ChaseUnit(UnitCommand):
    """Record that the unit was chased (催办)."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    manner: ChasingManner
    chased_on: Day
    note: Words = ""
