"""The course of an assignment: dispatched, signed, returned, answered, closed or ended."""

from datetime import date
from typing import ClassVar

from contracts.assignment.basis import AssignmentEvent, CaseEvent
from contracts.assignment.letters import PointAnswered, ReplyParticularsAdded
from contracts.assignment.requirements import Requirements
from contracts.vocabulary import ContactManner, ContactStage, Openness, Origin, Role


class AssignmentDispatched(AssignmentEvent):
    """A unit was given its part in a case, with its limits and what the rulebook asks of it.

    `proposers` are those who have to be answered, as far as they are known. A provisional deadline
    runs into a year whose holidays are not published. A co-unit may be added later, at the request
    of the unit that leads (建议增办).
    """

    type: ClassVar[str] = "tian.assignment.assignment_dispatched.v1"
    dated_by: ClassVar[str | None] = "dispatched_on"

    year: int
    number: str
    role: Role
    own: bool
    reporting: bool
    dispatched_on: date
    due_on: date
    due_rule: str
    lead_unit: str | None = None
    origin: Origin | None = None
    is_key: bool = False
    proposers: tuple[str, ...] = ()
    sign_by: date | None = None
    return_until: date | None = None
    provisional: bool = False
    calendar_version: int | None = None
    requirements: Requirements = Requirements()
    at_request_of: str | None = None


class AssignmentSigned(AssignmentEvent):
    """The unit signed for the case (签收)."""

    type: ClassVar[str] = "tian.assignment.assignment_signed.v1"
    dated_by: ClassVar[str | None] = "signed_on"

    signed_on: date


class ReturnRequested(AssignmentEvent):
    """The unit asked to be released (退回) and named the unit it thinks is right."""

    type: ClassVar[str] = "tian.assignment.return_requested.v1"
    dated_by: ClassVar[str | None] = "requested_on"

    reason: str
    suggested_unit: str
    requested_on: date


class ReturnGranted(AssignmentEvent):
    """The supervision office released the unit; its assignment has ended."""

    type: ClassVar[str] = "tian.assignment.return_granted.v1"
    dated_by: ClassVar[str | None] = "granted_on"

    granted_on: date


class ReturnDeclined(AssignmentEvent):
    """The supervision office kept the unit on the case."""

    type: ClassVar[str] = "tian.assignment.return_declined.v1"

    reason: str


class ContactRecorded(AssignmentEvent):
    """The unit was in contact with the proposer before, during or after handling (三见面)."""

    type: ClassVar[str] = "tian.assignment.contact_recorded.v1"
    dated_by: ClassVar[str | None] = "contacted_on"

    stage: ContactStage
    manner: ContactManner
    contacted_on: date
    note: str = ""


class CoOpinionGiven(AssignmentEvent):
    """A co-unit handed its opinion (会办意见) to the lead unit."""

    type: ClassVar[str] = "tian.assignment.co_opinion_given.v1"
    dated_by: ClassVar[str | None] = "given_on"

    given_on: date
    opinion: str = ""


class CoOpinionWaived(AssignmentEvent):
    """The lead unit goes on without this co-unit's opinion; the supervision office agreed."""

    type: ClassVar[str] = "tian.assignment.co_opinion_waived.v1"

    reason: str


class ReplyIssued(AssignmentEvent):
    """The unit answered the proposer (答复). Only a ledger of the past may leave openness untold."""

    type: ClassVar[str] = "tian.assignment.reply_issued.v1"
    dated_by: ClassVar[str | None] = "issued_on"

    handling_round: int
    role: Role
    document_number: str
    result_class: str
    openness: Openness | None = None
    contact_person: str
    issued_on: date
    withheld_because: str = ""
    addressees: tuple[str, ...] = ()
    points: tuple[PointAnswered, ...] = ()

    def completed_by(self, added: ReplyParticularsAdded) -> "ReplyIssued":
        """The answer of that unit and round with what was blank filled in; any other as it is."""
        if (added.unit, added.handling_round) != (self.unit, self.handling_round):
            return self
        return self.model_copy(
            update={
                "document_number": self.document_number or added.document_number,
                "result_class": self.result_class or added.result_class,
                "openness": self.openness or added.openness,
            }
        )


class HandlingRoundOpened(AssignmentEvent):
    """The proposer was not satisfied: the unit handles the case again (重新办理)."""

    type: ClassVar[str] = "tian.assignment.handling_round_opened.v1"
    dated_by: ClassVar[str | None] = "opened_on"

    handling_round: int
    opened_on: date


class AssignmentClosed(AssignmentEvent):
    """Nothing is left to do for this unit in this case (办结)."""

    type: ClassVar[str] = "tian.assignment.assignment_closed.v1"
    dated_by: ClassVar[str | None] = "closed_on"

    closed_on: date


class CaseReopened(CaseEvent):
    """The case goes on where it ended: the merge that ended it was undone, or it was handed down again."""

    type: ClassVar[str] = "tian.assignment.case_reopened.v1"

    reason: str


class CaseEnded(CaseEvent):
    """The case ended without an answer: the proposal was withdrawn or merged into another."""

    type: ClassVar[str] = "tian.assignment.case_ended.v1"

    reason: str
