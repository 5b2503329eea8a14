"""Which cases a district has, and how far each unit has come with its part."""

from collections import defaultdict
from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import BaseModel

from assignment.projections.rows import FILES, PARTS, FileRow, PartRow
from contracts.handing_down import HandedDown
from contracts.identity import Actor
from contracts.vocabulary import ActorRole, Role, Satisfaction
from eventlog.readmodels import Source

ORDER_OF_STATES = ("dispatched", "handling", "rehandling", "replied", "closed", "returned")
ORDER_OF_ROLES = tuple(role.value for role in Role)
ORDER_OF_RATINGS = tuple(rating.value for rating in Satisfaction)


class Contact(BaseModel):
    """One contact with the proposer."""

    stage: str
    manner: str
    contacted_on: date
    note: str = ""


class PartView(BaseModel):
    """One unit's part in a case."""

    unit: str
    role: str
    own: bool
    reporting: bool
    lead_unit: str | None
    dispatched_on: date
    due_on: date
    due_rule: str
    state: str
    signed_on: date | None
    opinion_on: date | None
    opinion_waived: str | None
    completed_on: date | None
    replied_on: date | None
    document_number: str | None
    result_class: str | None
    openness: str | None
    contact_person: str | None
    satisfaction: str | None
    handling_round: int
    return_reason: str | None
    suggested_unit: str | None
    contacts: list[Contact]
    first_due_on: date | None = None
    sign_by: date | None = None
    return_until: date | None = None
    provisional: bool = False
    handler: str | None = None
    department: str | None = None
    step: str | None = None
    wanted: list[dict[str, Any]] = []
    opinion: str = ""
    opinion_sent_back: str | None = None
    opinion_accepted_on: date | None = None
    extension_until: date | None = None
    extension_reason: str | None = None
    suspended_on: date | None = None
    suspended_because: str | None = None
    drafts: list[dict[str, Any]] = []
    withheld_because: str = ""
    deliveries: list[dict[str, Any]] = []
    published_on: date | None = None
    results: list[dict[str, Any]] = []
    commitments: list[dict[str, Any]] = []
    alerts: list[dict[str, Any]] = []
    chasings: list[dict[str, Any]] = []
    lower_district: str | None = None
    lower_proposal_id: str | None = None

    def days_late(self, today: date) -> int:
        """Days past the due date at completion, or until today while it is open."""
        return max(((self.completed_on or today) - self.due_on).days, 0)


class CaseView(BaseModel):
    """One case with every unit's part."""

    proposal_id: str
    year: int
    number: str | None
    title: str
    key: bool
    fabricated: bool
    ended_reason: str | None
    form: str = ""
    proposers: list[str] = []
    suggestions: list[dict[str, Any]] = []
    returns: int = 0
    handed_down: HandedDown | None = None
    assignments: list[PartView]

    @property
    def reporting_parts(self) -> list[PartView]:
        return [part for part in self.assignments if part.reporting and part.state != "returned"]


class CaseLine(BaseModel):
    """One line in the list of cases: the case as the district reports it."""

    proposal_id: str
    number: str | None
    title: str
    role: str
    units: list[str]
    lead_unit: str | None
    state: str
    due_on: date
    provisional: bool = False
    completed_on: date | None
    days_late: int
    key: bool
    satisfaction: str | None
    fabricated: bool
    handling_round: int


async def find_case(source: Source, proposal_id: str) -> CaseView | None:
    for file in await source.rows(FILES, proposal_id=proposal_id):
        return _case(file, await source.rows(PARTS, proposal_id=proposal_id))
    return None


async def cases_of_year(source: Source, year: int) -> list[CaseView]:
    """The cases of a year that have been dispatched, by number, those without one last."""
    files = {file.proposal_id: file for file in await source.rows(FILES, year=year)}
    parts: dict[str, list[PartRow]] = defaultdict(list)
    for part in await source.rows(PARTS, proposal_id=list(files)):
        parts[part.proposal_id].append(part)
    dispatched = [files[proposal_id] for proposal_id in parts]
    dispatched.sort(key=lambda file: (file.number is None, file.number or "", file.proposal_id))
    return [_case(file, parts[file.proposal_id]) for file in dispatched]


def concerns(case: CaseView, actor: Actor) -> bool:
    """Whether a proposer may have something to read in it: its names, or a published answer.

    The name may be a namesake's; who it is only the log knows.
    """
    if actor.role is not ActorRole.PROPOSER:
        return True
    return actor.name in case.proposers or any(part.published_on for part in case.assignments)


def line_of(case: CaseView, today: date) -> CaseLine:
    """A case in one line: its most answering role, its least advanced part, its worst delay and rating."""
    parts = case.reporting_parts or case.assignments
    ended = case.ended_reason is not None
    open_parts = [part for part in parts if part.completed_on is None]
    ratings = [part.satisfaction for part in parts]
    state = min((part.state for part in parts), key=ORDER_OF_STATES.index)
    return CaseLine(
        proposal_id=case.proposal_id,
        number=case.number,
        title=case.title,
        role=min((part.role for part in parts), key=ORDER_OF_ROLES.index),
        units=[part.unit for part in parts],
        lead_unit=parts[0].lead_unit,
        state="ended" if ended else state,
        due_on=min(part.due_on for part in parts),
        provisional=not ended and any(part.provisional for part in open_parts),
        completed_on=None if open_parts else max(part.completed_on or date.min for part in parts),
        days_late=0 if ended else max(part.days_late(today) for part in parts),
        key=case.key,
        satisfaction=max(filter(None, ratings), key=ORDER_OF_RATINGS.index, default=None),
        fabricated=case.fabricated,
        handling_round=max(part.handling_round for part in parts),
    )


def _case(file: FileRow, parts: list[PartRow]) -> CaseView:
    in_order = sorted(parts, key=lambda part: (not part.reporting, part.unit))
    return CaseView(
        proposal_id=file.proposal_id,
        year=file.year,
        number=file.number,
        title=file.title,
        key=file.is_key,
        fabricated=file.fabricated,
        ended_reason=file.ended_reason,
        form=file.form,
        proposers=file.proposers,
        suggestions=file.suggestions,
        returns=file.returns,
        handed_down=HandedDown(**file.handed_down[-1]) if file.handed_down else None,
        assignments=[PartView.model_validate(asdict(part)) for part in in_order],
    )
