"""Case files and each unit's part in them, and how each event changes them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from assignment.projections.files import FILE_RULES, its_file
from assignment.projections.handling import HANDLING_RULES
from assignment.projections.precedents import PRECEDENT_RULES
from assignment.projections.rows import (
    FILES,
    NOTICES,
    PARTS,
    PRECEDENTS,
    PartRow,
    its_part,
    part_after,
)
from assignment.projections.supervision import SUPERVISION_RULES
from assignment.projections.watched import WATCHED
from assignment.projections.watching import WATCH_RULES
from contracts.assignment import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentEvent,
    AssignmentSigned,
    ContactRecorded,
    CoOpinionGiven,
    CoOpinionWaived,
    HandlingRoundOpened,
    ReplyIssued,
    ReturnDeclined,
    ReturnGranted,
    ReturnRequested,
)
from contracts.catalogue import BY_TYPE
from contracts.evaluation import ReplyRated
from contracts.event import Event
from contracts.vocabulary import EscalationStep
from eventlog.readmodels import Origin, ReadModel, Rows, Rule, Touch, beside


def _its_part_and_file(event: AssignmentEvent) -> Sequence[Touch]:
    return (*its_part(event), *its_file(event))


def _who_asked(event: AssignmentDispatched) -> Sequence[Touch]:
    asked = event.at_request_of
    return ((PARTS, (event.proposal_id, asked)),) if asked else ()


def _dispatch(event: AssignmentDispatched, origin: Origin, rows: Rows) -> None:
    """A unit got its part, for the first time or again, or because another asked for it."""
    if event.at_request_of and (
        asker := rows.change(PARTS, event.proposal_id, event.at_request_of)
    ):
        asker.wanted = [each for each in asker.wanted if each["unit"] != event.unit]
    rows.put(
        PARTS,
        PartRow(
            proposal_id=event.proposal_id,
            unit=event.unit,
            role=event.role.value,
            own=event.own,
            reporting=event.reporting,
            lead_unit=event.lead_unit,
            dispatched_on=event.dispatched_on,
            due_on=event.due_on,
            due_rule=event.due_rule,
            state="dispatched",
            position=origin.position,
            first_due_on=event.due_on,
            sign_by=event.sign_by,
            return_until=event.return_until,
            provisional=event.provisional,
        ),
    )


def _sign(event: AssignmentSigned, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.signed_on = event.signed_on
        part.state = "handling" if part.state == "dispatched" else part.state


def _ask_return(event: ReturnRequested, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.return_reason, part.suggested_unit = event.reason, event.suggested_unit
        part.step = EscalationStep.OFFICE.value


def _grant_return(event: ReturnGranted, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.state = "returned"
    if file := rows.change(FILES, event.proposal_id):
        file.returns += 1


def _decline_return(event: ReturnDeclined, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.return_reason = part.suggested_unit = part.step = None


def _add_contact(event: ContactRecorded, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        contact = {
            "stage": event.stage.value,
            "manner": event.manner.value,
            "contacted_on": event.contacted_on.isoformat(),
            "note": event.note,
        }
        part.contacts = [*part.contacts, contact]


def _give_opinion(event: CoOpinionGiven, origin: Origin, rows: Rows) -> None:
    """The co-unit handed over its opinion; that completes its part."""
    if part := part_after(event, origin, rows):
        part.opinion_on, part.state = event.given_on, "replied"
        part.opinion, part.opinion_sent_back = event.opinion, None
        part.completed_on = part.completed_on or event.given_on


def _waive_opinion(event: CoOpinionWaived, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.opinion_waived = event.reason


def _reply(event: ReplyIssued, origin: Origin, rows: Rows) -> None:
    """The unit answered. What counts as completion is its first answer."""
    if part := part_after(event, origin, rows):
        part.replied_on, part.state = event.issued_on, "replied"
        part.completed_on = part.completed_on or event.issued_on
        part.document_number = event.document_number
        part.result_class = event.result_class
        part.openness = event.openness.value if event.openness else None
        part.contact_person = event.contact_person
        part.withheld_because = event.withheld_because


def _open_round(event: HandlingRoundOpened, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.handling_round, part.state = event.handling_round, "rehandling"


def _close(event: AssignmentClosed, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.state = "closed"


def _rate(event: ReplyRated, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.satisfaction = event.satisfaction.value


RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        AssignmentDispatched: Rule(_dispatch, _who_asked),
        AssignmentSigned: Rule(_sign, its_part),
        ReturnRequested: Rule(_ask_return, its_part),
        ReturnGranted: Rule(_grant_return, _its_part_and_file),
        ReturnDeclined: Rule(_decline_return, its_part),
        ContactRecorded: Rule(_add_contact, its_part),
        CoOpinionGiven: Rule(_give_opinion, its_part),
        CoOpinionWaived: Rule(_waive_opinion, its_part),
        ReplyIssued: Rule(_reply, its_part),
        HandlingRoundOpened: Rule(_open_round, its_part),
        AssignmentClosed: Rule(_close, its_part),
        ReplyRated: Rule(_rate, its_part),
        **FILE_RULES,
        **HANDLING_RULES,
        **SUPERVISION_RULES,
    }
)

CASES = ReadModel(
    name="cases",
    follower="assignment",
    tables=(FILES, PARTS, NOTICES, WATCHED, PRECEDENTS),
    rules=beside(beside(RULES, PRECEDENT_RULES), WATCH_RULES),
    catalogue=BY_TYPE,
)
