"""Dispatch and redispatch over HTTP: deadlines come from the rulebook, unless set by hand."""

from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from assignment.commands import AddCoUnit, DispatchCase, GrantReturn, Part
from assignment.endpoints.calendars import Calendars
from assignment.endpoints.limiting import Limiting, named
from assignment.projections.case_in_log import case_in_log
from assignment.projections.reading import CaseView
from assignment.state import Case, Dispatched
from contracts.command import Day, Id, Line
from contracts.refusal import Refused
from contracts.vocabulary import Origin, Role
from eventlog import EventLog, Handling
from hosting.as_of import Views
from hosting.clock import Clock
from hosting.commanding import IdempotencyKey, Keyed, Receipt, SeenPosition, give_command
from hosting.directories import Directories
from hosting.problems import NotFound
from hosting.rulebooks import rulebook_in_force
from hosting.signing import SignedIn, require_role


class NotFiledYet(Refused):
    """提案“{proposal_id}”还没有立案编号。请先立案，再交办。"""

    english = "Proposal {proposal_id!r} has no case number yet. File it before you dispatch it."


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
        """The case from the log: rows lag, and what was let through because of that stays."""
        return await case_in_log(self.log, district, proposal_id)

    async def known(self, district: str, proposal_id: str) -> CaseView:
        """Raises NotFound."""
        file = await self.find(district, proposal_id)
        if file is None:
            raise NotFound(f"提案“{proposal_id}”", f"proposal {proposal_id!r}")
        return file

    async def case(self, district: str, proposal_id: str) -> Case:
        """The case as the rules see it at this moment."""
        history = await self.log.read_stream(district, f"case-{proposal_id}")
        return cast(Case, self.handling.decider.fold(history))

    async def limiting_later(self, district: str, file: CaseView) -> Limiting:
        """The limits of a case for a unit that gets its part after the dispatch, or of one added."""
        case = await self.case(district, file.proposal_id)
        first = case.first_dispatches if isinstance(case, Dispatched) else ()
        return await self.limiting(district, file, first[0].origin if first else None)

    async def limiting(
        self, district: str, file: CaseView, origin: Origin | None = None
    ) -> Limiting:
        """The limits of a case; what comes from above has its origin and its limit from there."""
        above = file.handed_down
        return Limiting(
            await rulebook_in_force(self.log, district, file.year),
            await self.calendars.of(district),
            above.level if above else origin,
            file.key,
            above.due_on if above else None,
        )

    async def dispatching(self, district: str, body: Dispatch) -> DispatchCase:
        """The command that a dispatch asks for. Raises NotFound, NotFiledYet or UnknownUnit."""
        file = await self.known(district, body.proposal_id)
        if file.number is None:
            raise NotFiledYet(proposal_id=body.proposal_id)
        limiting = await self.limiting(district, file, body.origin)
        directory = self.directories.find(district)
        parts = []
        for share in body.assignments:
            name, own = named(directory, share.unit)
            limits = limiting.of(share.role, body.dispatched_on, share.due_on)
            asked = limiting.requirements
            parts.append(Part(unit=name, role=share.role, own=own, requirements=asked, **limits))
        return DispatchCase(
            at=self.clock(),
            proposal_id=body.proposal_id,
            year=file.year,
            number=file.number,
            assignments=tuple(parts),
            lead_unit=self._outside_lead(district, file, body),
            origin=limiting.origin,
            is_key=file.key,
            calendar_version=limiting.calendar.version,
            proposers=tuple(file.proposers),
            dispatched_on=body.dispatched_on,
        )

    def _outside_lead(self, district: str, file: CaseView, body: Dispatch) -> str | None:
        """Who leads outside: as written, or as the upper level has it where we only give opinions."""
        above, written = file.handed_down, body.lead_unit
        if written is None and above is not None and above.role is Role.CO:
            joins = all(share.role is Role.CO for share in body.assignments)
            return (above.lead_unit or above.upper_name) if joins else None
        if written is None or (above is not None and written == above.lead_unit):
            return written
        return named(self.directories.find(district), written)[0]


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
        command = await desk.dispatching(district, body)
        keyed = Keyed(idempotency_key, body)
        return await give_command(
            desk.handling.handle, district, actor, command, keyed, seen_position
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
        limiting = await desk.limiting_later(district, file)
        limits = limiting.of(Role(part.role), body.granted_on, body.due_on)
        name, own = named(desk.directories.find(district), body.new_unit)
        command = GrantReturn(
            at=desk.clock(),
            proposal_id=body.proposal_id,
            unit=body.unit,
            new_unit=name,
            own=own,
            granted_on=body.granted_on,
            **limits,
        )
        keyed = Keyed(idempotency_key, body)
        return await give_command(
            desk.handling.handle, district, actor, command, keyed, seen_position
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
        limiting = await desk.limiting_later(district, file)
        name, own = named(desk.directories.find(district), body.co_unit)
        command = AddCoUnit(
            at=desk.clock(),
            proposal_id=body.proposal_id,
            unit=body.unit,
            co_unit=name,
            own=own,
            added_on=body.added_on,
            **limiting.of(Role.CO, body.added_on, body.due_on),
        )
        keyed = Keyed(idempotency_key, body)
        return await give_command(
            desk.handling.handle, district, actor, command, keyed, seen_position
        )

    return router
