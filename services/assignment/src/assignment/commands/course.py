"""The course of a case: dispatch, sign, return, contact, give opinions, answer, close, end."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from assignment.commands.basis import (
    FOLLOWERS,
    HANDLERS,
    KEEPERS,
    SUPERVISORS,
    CaseCommand,
    Letter,
    Round,
    UnitCommand,
)
from contracts.assignment import Requirements
from contracts.command import (
    Day,
    Deadline,
    Flag,
    Id,
    Line,
    OptionalLine,
    Reason,
    VersionNumber,
    Words,
    Year,
)
from contracts.ledger import LedgerRow
from contracts.vocabulary import ActorRole, ContactManner, ContactStage, Origin, Role


class Part(BaseModel):
    """The part that one unit gets in a case: its role and its limit, computed by the caller."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: Line
    role: Role
    own: Flag = True
    due_on: Deadline
    due_rule: Line
    sign_by: Deadline | None = None
    return_until: Deadline | None = None
    provisional: Flag = False
    requirements: Requirements = Requirements()


class DispatchCase(CaseCommand):
    """Dispatch a case to its units (交办). `lead_unit` is a lead outside the district."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    year: Year
    number: Id
    assignments: Annotated[tuple[Part, ...], Field(min_length=1, max_length=200)]
    lead_unit: Line | None = None
    origin: Origin | None = None
    is_key: Flag = False
    proposers: Annotated[tuple[Line, ...], Field(max_length=500)] = ()
    calendar_version: VersionNumber | None = None
    dispatched_on: Day


class SignAssignment(UnitCommand):
    """Sign for a case (签收)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    signed_on: Day


class RequestReturn(UnitCommand):
    """Ask to be released from a case (退回)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    reason: Reason
    suggested_unit: OptionalLine
    requested_on: Day


class GrantReturn(UnitCommand):
    """Release a unit, and give its part to another with fresh limits (改派)."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    new_unit: Line
    own: Flag = True
    due_on: Deadline
    due_rule: Line
    sign_by: Deadline | None = None
    return_until: Deadline | None = None
    provisional: Flag = False
    granted_on: Day


class DeclineReturn(UnitCommand):
    """Keep a unit on the case that asked to be released."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    reason: Reason


class RecordContact(UnitCommand):
    """Record a contact with the proposer (三见面)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    stage: ContactStage
    manner: ContactManner
    contacted_on: Day
    note: Words = ""


class GiveCoOpinion(UnitCommand):
    """Hand a co-unit's opinion to the lead unit (会办意见)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    given_on: Day
    opinion: Words = ""


class WaiveCoOpinion(UnitCommand):
    """Let the lead unit go on without this co-unit's opinion."""

    may: ClassVar[frozenset[ActorRole]] = SUPERVISORS

    reason: Reason


class IssueReply(Letter):
    """Answer the proposer (答复). What is left blank is refused by name, not as a format error."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    issued_on: Day


class OpenHandlingRound(UnitCommand):
    """Have a unit handle its case again (重新办理)."""

    may: ClassVar[frozenset[ActorRole]] = FOLLOWERS

    handling_round: Round
    opened_on: Day


class CloseAssignment(UnitCommand):
    """Nothing is left to do for this unit (办结)."""

    may: ClassVar[frozenset[ActorRole]] = KEEPERS

    closed_on: Day


class EndCase(CaseCommand):
    """End the handling of a proposal that was withdrawn, merged or taken back (终止).

    Where it `spares_finished`, a case whose work is done is left as it is.
    """

    may: ClassVar[frozenset[ActorRole]] = FOLLOWERS

    reason: Words
    spares_finished: Flag = False


class ReopenCase(CaseCommand):
    """Go on with a case that ended by a merge which was undone, or was taken back (恢复办理).

    `due_on` is the limit of the level above that hands it down again, under which it goes on.
    """

    may: ClassVar[frozenset[ActorRole]] = FOLLOWERS

    reason: Words
    due_on: Deadline | None = None


class RecordHandlingHistory(CaseCommand):
    """Take over what a ledger tells of a case: its dispatch, and what has been done since.

    `due_on` is for the district's own units in the row's role, unless the row names a limit
    itself; `co_due_on` is for the co-units of an own lead or split unit, and `own_co_units`
    says which of these belong to the district. `calendar_version` is that of the calendar in which
    working days were counted.
    """

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SERVICE})

    year: Year
    number: Id
    row: LedgerRow
    due_on: Deadline
    due_rule: Line
    co_due_on: Deadline | None = None
    co_due_rule: Line | None = None
    provisional: Flag = False
    co_provisional: Flag = False
    calendar_version: VersionNumber | None = None
    own_co_units: Annotated[tuple[Line, ...], Field(max_length=500)] = ()
