"""Case files and each unit's part in them, and how each event changes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from contracts.assignment import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentEvent,
    AssignmentSigned,
    CaseEnded,
    CaseEvent,
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
from contracts.evaluation import RatingEvent, ReplyRated
from contracts.event import Event
from contracts.intake import ProposalEvent, ProposalFiled, ProposalMarkedKey, ProposalReceived
from eventlog.readmodels import Origin, ReadModel, Rows, Rule, Table, Touch


@dataclass(slots=True)
class FileRow:
    """What this case is about, and whether it has ended without an answer."""

    proposal_id: str
    year: int
    number: str | None
    title: str
    is_key: bool = False
    fabricated: bool = False
    ended_reason: str | None = None


@dataclass(slots=True)
class PartRow:
    """Which part a unit has in a case, and how far it has come."""

    proposal_id: str
    unit: str
    role: str
    own: bool
    reporting: bool
    lead_unit: str | None
    dispatched_on: date
    due_on: date
    due_rule: str
    state: str
    position: int
    signed_on: date | None = None
    opinion_on: date | None = None
    opinion_waived: str | None = None
    completed_on: date | None = None
    replied_on: date | None = None
    document_number: str | None = None
    result_class: str | None = None
    openness: str | None = None
    contact_person: str | None = None
    satisfaction: str | None = None
    handling_round: int = 1
    return_reason: str | None = None
    suggested_unit: str | None = None
    contacts: list[dict[str, str]] = field(default_factory=list)


FILES = Table("assignment.case_file", FileRow, ("proposal_id",))
PARTS = Table("assignment.part", PartRow, ("proposal_id", "unit"))


def _its_file(event: ProposalEvent | CaseEvent) -> Sequence[Touch]:
    return ((FILES, (event.proposal_id,)),)


def _its_part(event: AssignmentEvent | RatingEvent) -> Sequence[Touch]:
    return ((PARTS, (event.proposal_id, event.unit)),)


def _part(event: AssignmentEvent | RatingEvent, origin: Origin, rows: Rows) -> PartRow | None:
    """The unit's part, which this event is the latest to change."""
    part = rows.change(PARTS, event.proposal_id, event.unit)
    if part is not None:
        part.position = origin.position
    return part


def _open_file(event: ProposalReceived, origin: Origin, rows: Rows) -> None:
    file = FileRow(
        proposal_id=event.proposal_id,
        year=event.year,
        number=None,
        title=event.title,
        fabricated=event.fabricated,
    )
    rows.put(FILES, file)


def _number_file(event: ProposalFiled, origin: Origin, rows: Rows) -> None:
    if file := rows.change(FILES, event.proposal_id):
        file.number = event.number


def _mark_key(event: ProposalMarkedKey, origin: Origin, rows: Rows) -> None:
    if file := rows.change(FILES, event.proposal_id):
        file.is_key = True


def _end_file(event: CaseEnded, origin: Origin, rows: Rows) -> None:
    if file := rows.change(FILES, event.proposal_id):
        file.ended_reason = event.reason


def _dispatch(event: AssignmentDispatched, origin: Origin, rows: Rows) -> None:
    """A unit got its part, for the first time or again."""
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
        ),
    )


def _sign(event: AssignmentSigned, origin: Origin, rows: Rows) -> None:
    if part := _part(event, origin, rows):
        part.signed_on, part.state = event.signed_on, "handling"


def _ask_return(event: ReturnRequested, origin: Origin, rows: Rows) -> None:
    if part := _part(event, origin, rows):
        part.return_reason, part.suggested_unit = event.reason, event.suggested_unit


def _grant_return(event: ReturnGranted, origin: Origin, rows: Rows) -> None:
    if part := _part(event, origin, rows):
        part.state = "returned"


def _decline_return(event: ReturnDeclined, origin: Origin, rows: Rows) -> None:
    if part := _part(event, origin, rows):
        part.return_reason = part.suggested_unit = None


def _add_contact(event: ContactRecorded, origin: Origin, rows: Rows) -> None:
    if part := _part(event, origin, rows):
        contact = {
            "stage": event.stage.value,
            "manner": event.manner.value,
            "contacted_on": event.contacted_on.isoformat(),
            "note": event.note,
        }
        part.contacts = [*part.contacts, contact]


def _give_opinion(event: CoOpinionGiven, origin: Origin, rows: Rows) -> None:
    """The co-unit handed over its opinion; that completes its part."""
    if part := _part(event, origin, rows):
        part.opinion_on, part.state = event.given_on, "replied"
        part.completed_on = part.completed_on or event.given_on


def _waive_opinion(event: CoOpinionWaived, origin: Origin, rows: Rows) -> None:
    if part := _part(event, origin, rows):
        part.opinion_waived = event.reason


def _reply(event: ReplyIssued, origin: Origin, rows: Rows) -> None:
    """The unit answered. What counts as completion is its first answer."""
    if part := _part(event, origin, rows):
        part.replied_on, part.state = event.issued_on, "replied"
        part.completed_on = part.completed_on or event.issued_on
        part.document_number = event.document_number
        part.result_class = event.result_class
        part.openness = event.openness.value if event.openness else None
        part.contact_person = event.contact_person


def _open_round(event: HandlingRoundOpened, origin: Origin, rows: Rows) -> None:
    if part := _part(event, origin, rows):
        part.handling_round, part.state = event.handling_round, "rehandling"


def _close(event: AssignmentClosed, origin: Origin, rows: Rows) -> None:
    if part := _part(event, origin, rows):
        part.state = "closed"


def _rate(event: ReplyRated, origin: Origin, rows: Rows) -> None:
    if part := _part(event, origin, rows):
        part.satisfaction = event.satisfaction.value


RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        ProposalReceived: Rule(_open_file),
        ProposalFiled: Rule(_number_file, _its_file),
        ProposalMarkedKey: Rule(_mark_key, _its_file),
        CaseEnded: Rule(_end_file, _its_file),
        AssignmentDispatched: Rule(_dispatch),
        AssignmentSigned: Rule(_sign, _its_part),
        ReturnRequested: Rule(_ask_return, _its_part),
        ReturnGranted: Rule(_grant_return, _its_part),
        ReturnDeclined: Rule(_decline_return, _its_part),
        ContactRecorded: Rule(_add_contact, _its_part),
        CoOpinionGiven: Rule(_give_opinion, _its_part),
        CoOpinionWaived: Rule(_waive_opinion, _its_part),
        ReplyIssued: Rule(_reply, _its_part),
        HandlingRoundOpened: Rule(_open_round, _its_part),
        AssignmentClosed: Rule(_close, _its_part),
        ReplyRated: Rule(_rate, _its_part),
    }
)

CASES = ReadModel(
    name="cases", follower="assignment", tables=(FILES, PARTS), rules=RULES, catalogue=BY_TYPE
)
