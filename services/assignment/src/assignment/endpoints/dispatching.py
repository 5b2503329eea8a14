"""Dispatch and redispatch over HTTP: deadlines come from the rulebook, unless set by hand."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from assignment.commands import AddCoUnit, DispatchCase, GrantReturn, Part
from assignment.endpoints.calendars import Calendars
from assignment.projections.reading import CaseView, find_case
from contracts.assignment import Requirements
from contracts.command import Day, Id, Line
from contracts.directory import District
from contracts.limits import Limit
from contracts.refusal import Refused
from contracts.rulebook import Rulebook
from contracts.vocabulary import Origin, Role
from contracts.working_days import LastDay, WorkingCalendar
from eventlog import EventLog, Handling
from hosting.as_of import Views
from hosting.commanding import IdempotencyKey, Receipt, SeenPosition, give_command
from hosting.directories import Directories
from hosting.problems import NotFound
from hosting.rulebooks import rulebook_in_force
from hosting.signing import Clock, SignedIn, require_role

BY_HAND = "by-hand"


class NotFiledYet(Refused):
    """提案“{proposal_id}”还没有立案编号。请先立案，再交办。"""

    english = "Proposal {proposal_id!r} has no case number yet. File it before you dispatch it."


class UnknownUnit(Refused):
    """“{unit}”不在本区单位名录中。请按名录填写单位全称。"""

    english = "{unit!r} is not in the district's directory. Use a unit's full name."


class Share(BaseModel):
    """A unit, the role it gets, and its limit where that is set by hand."""

    model_config = ConfigDict(extra="forbid")

    unit: Line
    role: Role
    due_on: Day | None = None


class Dispatch(BaseModel):
    """Who handles a case. `lead_unit` names a lead outside the district, for co-handling."""

    model_config = ConfigDict(extra="forbid")

    proposal_id: Id
    assignments: Annotated[list[Share], Field(min_length=1, max_length=200)]
    lead_unit: Line | None = None
    origin: Origin | None = None
    dispatched_on: Day


class Addition(BaseModel):
    """Which co-unit is added at whose request, and its limit where that is set by hand."""

    model_config = ConfigDict(extra="forbid")

    proposal_id: Id
    unit: Line
    co_unit: Line
    added_on: Day
    due_on: Day | None = None


class Release(BaseModel):
    """Which unit is released, which takes its part, and its limit where that is set by hand."""

    model_config = ConfigDict(extra="forbid")

    proposal_id: Id
    unit: Line
    new_unit: Line
    granted_on: Day
    due_on: Day | None = None


@dataclass(frozen=True)
class DispatchDesk:
    """What dispatching needs."""

    handling: Handling[Any, Any, Any]
    views: Views
    directories: Directories
    clock: Clock
    calendars: Calendars

    @property
    def log(self) -> EventLog:
        return self.handling.log

    async def find(self, district: str, proposal_id: str) -> CaseView | None:
        return await find_case(self.views.stored(district), proposal_id)

    async def known(self, district: str, proposal_id: str) -> CaseView:
        """Raises NotFound."""
        file = await self.find(district, proposal_id)
        if file is None:
            raise NotFound(f"提案“{proposal_id}”", f"proposal {proposal_id!r}")
        return file


def dispatch_routes(desk: DispatchDesk) -> APIRouter:
    router = APIRouter(tags=["commands"])

    @router.post("/districts/{district}/commands/dispatch-case")
    async def dispatch_case(
        district: str,
        body: Dispatch,
        actor: SignedIn,
        idempotency_key: IdempotencyKey = None,
        seen_position: SeenPosition = None,
    ) -> Receipt:
        """Dispatch a case to its units (交办)."""
        require_role(actor, DispatchCase.may)
        file = await desk.known(district, body.proposal_id)
        if file.number is None:
            raise NotFiledYet(proposal_id=body.proposal_id)
        limiting = await _limiting(desk, district, file, body.origin)
        directory = desk.directories.find(district)
        parts = []
        for share in body.assignments:
            name, own = _named(directory, share.unit)
            limits = limiting.of(share.role, body.dispatched_on, share.due_on)
            parts.append(
                Part(
                    unit=name,
                    role=share.role,
                    own=own,
                    requirements=limiting.requirements,
                    **limits,
                )
            )
        command = DispatchCase(
            at=desk.clock(),
            proposal_id=body.proposal_id,
            year=file.year,
            number=file.number,
            assignments=tuple(parts),
            lead_unit=_named(directory, body.lead_unit)[0] if body.lead_unit else None,
            origin=body.origin,
            is_key=file.key,
            calendar_version=limiting.calendar.version,
            proposers=tuple(file.proposers),
            dispatched_on=body.dispatched_on,
        )
        return await give_command(
            desk.handling.handle, district, actor, command, idempotency_key, seen_position
        )

    @router.post("/districts/{district}/commands/grant-return")
    async def grant_return(
        district: str,
        body: Release,
        actor: SignedIn,
        idempotency_key: IdempotencyKey = None,
        seen_position: SeenPosition = None,
    ) -> Receipt:
        """Release a unit and give its part to another, with a fresh limit (改派)."""
        require_role(actor, GrantReturn.may)
        file = await desk.find(district, body.proposal_id)
        part = (
            next((part for part in file.assignments if part.unit == body.unit), None)
            if file
            else None
        )
        if file is None or part is None:
            raise NotFound(
                f"“{body.unit}”在案件“{body.proposal_id}”中的交办件",
                f"assignment of {body.unit!r} in case {body.proposal_id!r}",
            )
        limiting = await _limiting(desk, district, file, None)
        limits = limiting.of(Role(part.role), body.granted_on, body.due_on)
        name, own = _named(desk.directories.find(district), body.new_unit)
        command = GrantReturn(
            at=desk.clock(),
            proposal_id=body.proposal_id,
            unit=body.unit,
            new_unit=name,
            own=own,
            granted_on=body.granted_on,
            **limits,
        )
        return await give_command(
            desk.handling.handle, district, actor, command, idempotency_key, seen_position
        )

    @router.post("/districts/{district}/commands/add-co-unit")
    async def add_co_unit(
        district: str,
        body: Addition,
        actor: SignedIn,
        idempotency_key: IdempotencyKey = None,
        seen_position: SeenPosition = None,
    ) -> Receipt:
        """Add the co-unit that the answering unit asked for (增办)."""
        require_role(actor, AddCoUnit.may)
        file = await desk.known(district, body.proposal_id)
        limiting = await _limiting(desk, district, file, None)
        name, own = _named(desk.directories.find(district), body.co_unit)
        command = AddCoUnit(
            at=desk.clock(),
            proposal_id=body.proposal_id,
            unit=body.unit,
            co_unit=name,
            own=own,
            added_on=body.added_on,
            **limiting.of(Role.CO, body.added_on, body.due_on),
        )
        return await give_command(
            desk.handling.handle, district, actor, command, idempotency_key, seen_position
        )

    return router


@dataclass(frozen=True)
class Limiting:
    """The limits of a case: its rulebook, the calendar, and what tells it from other cases."""

    rulebook: Rulebook
    calendar: WorkingCalendar
    origin: Origin | None
    is_key: bool

    @property
    def requirements(self) -> Requirements:
        return self.rulebook.handling.requirements if self.rulebook.handling else Requirements()

    def of(self, role: Role, begins_on: date, by_hand: date | None) -> dict[str, Any]:
        """Deadlines and their rule. A fixed date that has passed is set by hand, or LimitPassed."""
        if by_hand:
            due, rule = LastDay(by_hand, provisional=False), BY_HAND
        else:
            due, rule = self.rulebook.due(
                role, begins_on, self.calendar, origin=self.origin, is_key=self.is_key
            )
        limits = self.rulebook.limits
        return {
            "due_on": due.on,
            "due_rule": rule,
            "provisional": due.provisional,
            "sign_by": self._last_day(limits.signing, begins_on),
            "return_until": self._last_day(limits.returning, begins_on),
        }

    def _last_day(self, limit: Limit | None, begins_on: date) -> date | None:
        return limit.last_day(begins_on, self.calendar).on if limit else None


async def _limiting(
    desk: DispatchDesk, district: str, file: CaseView, origin: Origin | None
) -> Limiting:
    rulebook = await rulebook_in_force(desk.log, district, file.year)
    return Limiting(rulebook, await desk.calendars.of(district), origin, file.key)


def _named(directory: District, written: str) -> tuple[str, bool]:
    unit = directory.unit(written)
    if unit is None:
        raise UnknownUnit(unit=written)
    return unit.name, unit.own
