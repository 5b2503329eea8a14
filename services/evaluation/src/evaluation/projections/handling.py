"""How each event of handling and rating changes what is known of a unit's part in a case."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from contracts.assignment import (
    AssignmentDispatched,
    AssignmentEvent,
    AssignmentSigned,
    ContactRecorded,
    CoOpinionGiven,
    CoOpinionWaived,
    DueDateMoved,
    EarlyLimitsMoved,
    ExtensionGranted,
    HandlingResumed,
    HandlingRoundOpened,
    ReplyIssued,
    ReplyParticularsAdded,
    ResultClassChanged,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
    RoleChanged,
)
from contracts.evaluation import RatingEvent, ReplyRated
from contracts.event import Event
from evaluation.projections.facts import ASSIGNMENTS, RETURNS, AssignmentRow, ReturnRow
from eventlog.readmodels import Origin, Rows, Rule, Touch


def _its_assignment(event: AssignmentEvent | RatingEvent) -> Sequence[Touch]:
    return ((ASSIGNMENTS, (event.proposal_id, event.unit)),)


def _its_assignment_and_return(event: AssignmentEvent) -> Sequence[Touch]:
    key = (event.proposal_id, event.unit)
    return ((ASSIGNMENTS, key), (RETURNS, key))


def _its_return(event: AssignmentEvent) -> Sequence[Touch]:
    return ((RETURNS, (event.proposal_id, event.unit)),)


def _dispatch(event: AssignmentDispatched, origin: Origin, rows: Rows) -> None:
    """A unit got its part, for the first time or again."""
    rows.put(
        ASSIGNMENTS,
        AssignmentRow(
            proposal_id=event.proposal_id,
            unit=event.unit,
            role=event.role.value,
            own=event.own,
            reporting=event.reporting,
            dispatched_on=event.dispatched_on,
            due_on=event.due_on,
            due_rule=event.due_rule,
            dispatched_position=origin.position,
            recorded_live=not origin.is_imported,
            first_due_on=event.due_on,
            sign_by=event.sign_by,
        ),
    )


def _move_deadline(
    event: ExtensionGranted | HandlingResumed | DueDateMoved, origin: Origin, rows: Rows
) -> None:
    """An extension, a suspension that ended, or a new calendar moved the deadline."""
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.due_on = event.due_on
        assignment.moved = [*assignment.moved, origin.position]
        if isinstance(event, ExtensionGranted):
            assignment.extended = [*assignment.extended, origin.position]


def _move_signing(event: EarlyLimitsMoved, origin: Origin, rows: Rows) -> None:
    """A new calendar moved the last day for signing; it may have moved that for returning alone."""
    if event.sign_by is None or event.sign_by == event.was_sign_by:
        return
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.sign_by = event.sign_by
        assignment.signing_moved = [*assignment.signing_moved, origin.position]


def _change_role(event: RoleChanged, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.role = event.role.value
        assignment.role_position = origin.position


def _change_class(event: ResultClassChanged, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.result_class = event.result_class
        assignment.class_position = origin.position


def _sign(event: AssignmentSigned, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.signed_on = event.signed_on
        assignment.signed_position = origin.position


def _contact(event: ContactRecorded, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        contact = {
            "stage": event.stage.value,
            "manner": event.manner.value,
            "contacted_on": event.contacted_on.isoformat(),
        }
        assignment.contacts = [*assignment.contacts, contact]
        assignment.contacted_position = origin.position


def _request_return(event: ReturnRequested, origin: Origin, rows: Rows) -> None:
    earlier = rows.find(RETURNS, event.proposal_id, event.unit)
    rows.put(
        RETURNS,
        ReturnRow(
            proposal_id=event.proposal_id,
            unit=event.unit,
            requested=1 + (earlier.requested if earlier else 0),
            reason=event.reason,
            suggested_unit=event.suggested_unit,
            requested_on=event.requested_on,
            requested_position=origin.position,
            granted=earlier.granted if earlier else 0,
            declined=earlier.declined if earlier else 0,
            decided_position=earlier.decided_position if earlier else None,
        ),
    )


def _release(event: ReturnGranted, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.released = True
    if asked := rows.change(RETURNS, event.proposal_id, event.unit):
        asked.granted += 1
        asked.decided_position = origin.position


def _keep(event: ReturnDeclined, origin: Origin, rows: Rows) -> None:
    if asked := rows.change(RETURNS, event.proposal_id, event.unit):
        asked.declined += 1
        asked.decided_position = origin.position


def _complete(assignment: AssignmentRow, day: date, position: int) -> None:
    """The first answer or opinion completes an assignment."""
    if assignment.completed_on is None:
        assignment.completed_on = day
    if assignment.completed_position is None:
        assignment.completed_position = position


def _give_opinion(event: CoOpinionGiven, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        _complete(assignment, event.given_on, origin.position)


def _waive_opinion(event: CoOpinionWaived, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.opinion_waived = True


def _reply(event: ReplyIssued, origin: Origin, rows: Rows) -> None:
    """The first answer tells when, the latest one what came of it and who may read it."""
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.result_class = event.result_class
        assignment.openness = event.openness.value if event.openness else None
        _complete(assignment, event.issued_on, origin.position)
        if assignment.replied_on is None:
            assignment.replied_on = event.issued_on


def _complete_letter(event: ReplyParticularsAdded, origin: Origin, rows: Rows) -> None:
    """Only what was blank: an answer of a later round, given here, says everything itself."""
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        openness = event.openness.value if event.openness else None
        assignment.openness = assignment.openness or openness
        if event.result_class and not assignment.result_class:
            assignment.result_class = event.result_class
            assignment.class_position = origin.position


def _open_round(event: HandlingRoundOpened, origin: Origin, rows: Rows) -> None:
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.handling_round = event.handling_round


def _rate(event: ReplyRated, origin: Origin, rows: Rows) -> None:
    """The latest rating counts."""
    if assignment := rows.change(ASSIGNMENTS, event.proposal_id, event.unit):
        assignment.satisfaction = event.satisfaction.value
        assignment.by_proxy = event.by_proxy
        assignment.rated_position = origin.position


HANDLING_RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        AssignmentDispatched: Rule(_dispatch),
        ExtensionGranted: Rule(_move_deadline, _its_assignment),
        HandlingResumed: Rule(_move_deadline, _its_assignment),
        DueDateMoved: Rule(_move_deadline, _its_assignment),
        EarlyLimitsMoved: Rule(_move_signing, _its_assignment),
        RoleChanged: Rule(_change_role, _its_assignment),
        ResultClassChanged: Rule(_change_class, _its_assignment),
        AssignmentSigned: Rule(_sign, _its_assignment),
        ContactRecorded: Rule(_contact, _its_assignment),
        ReturnRequested: Rule(_request_return, _its_return),
        ReturnGranted: Rule(_release, _its_assignment_and_return),
        ReturnDeclined: Rule(_keep, _its_return),
        CoOpinionGiven: Rule(_give_opinion, _its_assignment),
        CoOpinionWaived: Rule(_waive_opinion, _its_assignment),
        ReplyIssued: Rule(_reply, _its_assignment),
        ReplyParticularsAdded: Rule(_complete_letter, _its_assignment),
        HandlingRoundOpened: Rule(_open_round, _its_assignment),
        ReplyRated: Rule(_rate, _its_assignment),
    }
)
