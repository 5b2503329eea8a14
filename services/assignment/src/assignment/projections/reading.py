"""Which cases a district has, and how far each unit has come with its part."""

import json
from collections import defaultdict
from datetime import date
from typing import Any

import asyncpg
from pydantic import BaseModel

from assignment.projections.writing import STATEMENTS
from contracts.vocabulary import Role, Satisfaction

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
    completed_on: date | None
    days_late: int
    key: bool
    satisfaction: str | None
    fabricated: bool
    handling_round: int


class Cases:
    """Reads what `writing.project` wrote."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def find(self, district: str, proposal_id: str) -> CaseView | None:
        file = await self._pool.fetchrow(STATEMENTS["file"], district, proposal_id)
        if file is None:
            return None
        parts = await self._pool.fetch(STATEMENTS["parts"], district, proposal_id)
        return _case(dict(file), [_part(dict(row)) for row in parts])

    async def of_year(self, district: str, year: int) -> list[CaseView]:
        async with (
            self._pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            files = await connection.fetch(STATEMENTS["files_of_year"], district, year)
            rows = await connection.fetch(STATEMENTS["parts_of_year"], district, year)
        parts: dict[str, list[PartView]] = defaultdict(list)
        for row in rows:
            parts[row["proposal_id"]].append(_part(dict(row)))
        return [_case(dict(file), parts[file["proposal_id"]]) for file in files]


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
        completed_on=None if open_parts else max(part.completed_on or date.min for part in parts),
        days_late=0 if ended else max(part.days_late(today) for part in parts),
        key=case.key,
        satisfaction=max(filter(None, ratings), key=ORDER_OF_RATINGS.index, default=None),
        fabricated=case.fabricated,
        handling_round=max(part.handling_round for part in parts),
    )


def _case(file: dict[str, Any], parts: list[PartView]) -> CaseView:
    file.pop("district")
    return CaseView(key=file.pop("is_key"), assignments=parts, **file)


def _part(row: dict[str, Any]) -> PartView:
    contacts = [Contact.model_validate(contact) for contact in json.loads(row.pop("contacts"))]
    return PartView(contacts=contacts, **row)
