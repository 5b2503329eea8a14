"""Who takes part in a case and in which way: returns disputed, co-units added, opinions judged."""

from datetime import date
from typing import ClassVar

from contracts.assignment.basis import AssignmentEvent, CaseEvent
from contracts.vocabulary import EscalationStep, Role


class LateReturnAllowed(AssignmentEvent):
    """The supervision office lets the unit ask to be released though the limit has passed."""

    type: ClassVar[str] = "tian.assignment.late_return_allowed.v1"

    reason: str


class ReturnEscalated(AssignmentEvent):
    """A dispute over a return went to the next step: a meeting, and then a leader of the district."""

    type: ClassVar[str] = "tian.assignment.return_escalated.v1"
    dated_by: ClassVar[str | None] = "escalated_on"

    step: EscalationStep
    escalated_on: date
    note: str = ""


class HandlerNamed(AssignmentEvent):
    """The unit named who handles its part, and in which of its departments."""

    type: ClassVar[str] = "tian.assignment.handler_named.v1"

    handler: str
    department: str = ""


class CoUnitSuggested(AssignmentEvent):
    """The answering unit asked for another co-unit (建议增办)."""

    type: ClassVar[str] = "tian.assignment.co_unit_suggested.v1"
    dated_by: ClassVar[str | None] = "suggested_on"

    co_unit: str
    reason: str
    suggested_on: date


class CoUnitDeclined(AssignmentEvent):
    """The supervision office did not add the co-unit that was asked for."""

    type: ClassVar[str] = "tian.assignment.co_unit_declined.v1"

    co_unit: str
    reason: str


class RoleChanged(AssignmentEvent):
    """A sole unit leads from now on, because a co-unit was added at its request."""

    type: ClassVar[str] = "tian.assignment.role_changed.v1"

    role: Role


class CoOpinionSentBack(AssignmentEvent):
    """The lead unit sent an opinion back; the co-unit owes it again. `unit` is the co-unit."""

    type: ClassVar[str] = "tian.assignment.co_opinion_sent_back.v1"
    dated_by: ClassVar[str | None] = "sent_back_on"

    by_unit: str
    reason: str
    sent_back_on: date


class CoOpinionAccepted(AssignmentEvent):
    """The lead unit took an opinion up; it is not sent back any more. `unit` is the co-unit."""

    type: ClassVar[str] = "tian.assignment.co_opinion_accepted.v1"
    dated_by: ClassVar[str | None] = "accepted_on"

    by_unit: str
    accepted_on: date


class ProposersJoined(CaseEvent):
    """Another proposal was merged into this one; its proposers have to be answered too."""

    type: ClassVar[str] = "tian.assignment.proposers_joined.v1"

    from_proposal_id: str
    proposers: tuple[str, ...]
