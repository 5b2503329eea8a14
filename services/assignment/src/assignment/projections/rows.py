"""What assignment remembers of cases, as rows: files, parts, precedents, and the calendar."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contracts.assignment import AssignmentEvent
from contracts.evaluation import RatingEvent
from eventlog.readmodels import Origin, Rows, Table, Touch


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
    proposers: list[str] = field(default_factory=list)
    suggestions: list[dict[str, Any]] = field(default_factory=list)
    returns: int = 0
    form: str = ""
    handed_down: list[dict[str, Any]] = field(default_factory=list)


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
    first_due_on: date | None = None
    sign_by: date | None = None
    return_until: date | None = None
    provisional: bool = False
    handler: str | None = None
    department: str | None = None
    step: str | None = None
    wanted: list[dict[str, Any]] = field(default_factory=list)
    opinion: str = ""
    opinion_sent_back: str | None = None
    opinion_accepted_on: date | None = None
    extension_until: date | None = None
    extension_reason: str | None = None
    suspended_on: date | None = None
    suspended_because: str | None = None
    drafts: list[dict[str, Any]] = field(default_factory=list)
    withheld_because: str = ""
    deliveries: list[dict[str, Any]] = field(default_factory=list)
    published_on: date | None = None
    results: list[dict[str, Any]] = field(default_factory=list)
    commitments: list[dict[str, Any]] = field(default_factory=list)
    alerts: list[dict[str, Any]] = field(default_factory=list)
    chasings: list[dict[str, Any]] = field(default_factory=list)
    lower_district: str | None = None
    lower_proposal_id: str | None = None


@dataclass(slots=True)
class NoticeRow:
    """Which notice of public holidays holds for a year."""

    year: int
    source: str
    holidays: list[dict[str, Any]]
    worked: list[str]
    version: int


@dataclass(slots=True)
class PrecedentRow:
    """What a case teaches about the next one like it: what it is about, and who has it in the end."""

    proposal_id: str
    year: int
    number: str | None
    title: str
    pairs: list[str]
    wished_units: list[str] = field(default_factory=list)
    lead_unit: str | None = None
    units: list[dict[str, Any]] = field(default_factory=list)


FILES = Table("assignment.case_file", FileRow, ("proposal_id",))
PARTS = Table("assignment.part", PartRow, ("proposal_id", "unit"))
NOTICES = Table("assignment.holiday_notice", NoticeRow, ("year",))
PRECEDENTS = Table("assignment.precedent", PrecedentRow, ("proposal_id",))


def its_part(event: AssignmentEvent | RatingEvent) -> tuple[Touch, ...]:
    return ((PARTS, (event.proposal_id, event.unit)),)


def part_after(event: AssignmentEvent | RatingEvent, origin: Origin, rows: Rows) -> PartRow | None:
    """The unit's part, which this event is the latest to change."""
    part = rows.change(PARTS, event.proposal_id, event.unit)
    if part is not None:
        part.position = origin.position
    return part
