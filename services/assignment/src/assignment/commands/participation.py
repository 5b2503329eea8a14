"""Who takes part and in which way: disputed returns, co-units added, opinions judged."""

from typing import Annotated, ClassVar

from pydantic import Field

from assignment.commands.basis import (
    FOLLOWERS,
    HANDLERS,
    SUPERVISORS,
    CaseCommand,
    UnitCommand,
)
from contracts.command import Day, Deadline, Flag, Id, Line, OptionalLine, Reason, Words
from contracts.vocabulary import ActorRole


class AllowLateReturn(UnitCommand):
    """Let a unit ask to be released though the limit for that has passed."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    reason: Reason


class EscalateReturn(UnitCommand):
    """Take a dispute over a return to the next step: a meeting, then a leader (协调、领导裁定)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    escalated_on: Day
    note: Words = ""


class NameHandler(UnitCommand):
    """Name who handles the case in the unit, and in which department (承办科室、经办人)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    handler: Line
    department: OptionalLine = ""


class SuggestCoUnit(UnitCommand):
    """Ask for another co-unit (建议增办)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    co_unit: Line
    reason: Reason
    suggested_on: Day


class AddCoUnit(UnitCommand):
    """Add the co-unit that the answering unit asked for. `unit` is the one that asked."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    co_unit: Line
    own: Flag = True
    due_on: Deadline
    due_rule: Line
    sign_by: Deadline | None = None
    return_until: Deadline | None = None
    provisional: Flag = False
    added_on: Day


class DeclineCoUnit(UnitCommand):
    """Do not add the co-unit that was asked for."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    co_unit: Line
    reason: Reason


class SendBackCoOpinion(UnitCommand):
    """Send a co-unit's opinion back to be given again (退回补充). `unit` is the answering unit."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    co_unit: Line
    reason: Reason
    sent_back_on: Day


class AcceptCoOpinion(UnitCommand):
    """Take a co-unit's opinion up (采纳). `unit` is the answering unit."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    co_unit: Line
    accepted_on: Day


class JoinProposers(CaseCommand):
    """Have the proposers of a merged proposal answered in this case too (并案)."""

    may: ClassVar[frozenset[ActorRole]] = FOLLOWERS

    from_proposal_id: Id
    proposers: Annotated[tuple[Line, ...], Field(max_length=500)]
