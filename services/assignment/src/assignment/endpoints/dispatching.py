"""Dispatch and redispatch over HTTP: deadlines are not typed in but come from the rulebook."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from assignment.commands import DispatchCase, GrantReturn, IssueReply, Part
from assignment.projections.reading import Cases
from contracts.command import Command
from contracts.directory import District
from contracts.identity import Actor
from contracts.refusal import Refused
from contracts.vocabulary import Role
from eventlog import EventLog, Handling, Intent, Provenance
from hosting.commanding import Receipt
from hosting.directories import Directories
from hosting.problems import NotFound
from hosting.rulebooks import rulebook_in_force
from hosting.signing import Clock, SignedIn, require_role


class NotFiledYet(Refused):
    """提案“{proposal_id}”还没有立案编号。请先立案，再交办。"""

    english = "Proposal {proposal_id!r} has no case number yet. File it before you dispatch it."


class UnknownUnit(Refused):
    """“{unit}”不在本区单位名录中。请按名录填写单位全称。"""

    english = "{unit!r} is not in the district's directory. Use a unit's full name."


class UnknownClass(Refused):
    """办理结果类别“{letter}”不在规则手册中，应为{letters}之一。"""

    english = "Class {letter!r} is not in the rulebook; use one of {letters}."


class Share(BaseModel):
    """A unit and the role it gets."""

    model_config = ConfigDict(extra="forbid")

    unit: str
    role: Role


class Dispatch(BaseModel):
    """Who handles a case. `lead_unit` names a lead outside the district, for co-handling."""

    model_config = ConfigDict(extra="forbid")

    proposal_id: str
    assignments: Annotated[list[Share], Field(min_length=1)]
    lead_unit: str | None = None
    dispatched_on: date


class Release(BaseModel):
    """Which unit is released, and which takes its part."""

    model_config = ConfigDict(extra="forbid")

    proposal_id: str
    unit: str
    new_unit: str
    granted_on: date


@dataclass(frozen=True)
class DispatchDesk:
    """What dispatching needs."""

    handling: Handling[Any, Any, Any]
    cases: Cases
    directories: Directories
    clock: Clock

    @property
    def log(self) -> EventLog:
        return self.handling.log

    async def give(self, district: str, actor: Actor, command: Command) -> Receipt:
        provenance = Provenance(actor=actor, correlation_id=uuid4())
        handled = await self.handling.handle(district, Intent(command, uuid4(), provenance))
        return Receipt(recorded=handled.recorded, position=handled.position)


def dispatch_routes(desk: DispatchDesk) -> APIRouter:
    router = APIRouter(tags=["commands"])

    @router.post("/districts/{district}/commands/dispatch-case")
    async def dispatch_case(district: str, body: Dispatch, actor: SignedIn) -> Receipt:
        """Dispatch a case to its units (交办)."""
        require_role(actor, DispatchCase.may)
        file = await desk.cases.find(district, body.proposal_id)
        if file is None:
            raise NotFound(f"提案“{body.proposal_id}”", f"proposal {body.proposal_id!r}")
        if file.number is None:
            raise NotFiledYet(proposal_id=body.proposal_id)
        rulebook = await rulebook_in_force(desk.log, district, file.year)
        directory = desk.directories.find(district)
        parts = []
        for share in body.assignments:
            due_on, due_rule = rulebook.due_on(share.role, body.dispatched_on)
            name, own = _named(directory, share.unit)
            parts.append(
                Part(unit=name, role=share.role, own=own, due_on=due_on, due_rule=due_rule)
            )
        command = DispatchCase(
            at=desk.clock(),
            proposal_id=body.proposal_id,
            year=file.year,
            number=file.number,
            assignments=tuple(parts),
            lead_unit=_named(directory, body.lead_unit)[0] if body.lead_unit else None,
            dispatched_on=body.dispatched_on,
        )
        return await desk.give(district, actor, command)

    @router.post("/districts/{district}/commands/grant-return")
    async def grant_return(district: str, body: Release, actor: SignedIn) -> Receipt:
        """Release a unit and give its part to another, with a fresh limit (改派)."""
        require_role(actor, GrantReturn.may)
        file = await desk.cases.find(district, body.proposal_id)
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
        rulebook = await rulebook_in_force(desk.log, district, file.year)
        due_on, due_rule = rulebook.due_on(Role(part.role), body.granted_on)
        name, own = _named(desk.directories.find(district), body.new_unit)
        command = GrantReturn(
            at=desk.clock(),
            proposal_id=body.proposal_id,
            unit=body.unit,
            new_unit=name,
            own=own,
            due_on=due_on,
            due_rule=due_rule,
            granted_on=body.granted_on,
        )
        return await desk.give(district, actor, command)

    return router


async def refuse_unknown_class(desk: DispatchDesk, district: str, command: Command) -> None:
    """Raises UnknownClass for an answer whose class letter the year's rulebook does not have."""
    if not isinstance(command, IssueReply) or not command.result_class:
        return
    file = await desk.cases.find(district, command.proposal_id)
    if file is None:
        return
    rulebook = await rulebook_in_force(desk.log, district, file.year)
    if rulebook.result_class(command.result_class) is None:
        letters = "、".join(each.code for each in rulebook.result_classes)
        raise UnknownClass(letter=command.result_class, letters=letters)


def _named(directory: District, written: str) -> tuple[str, bool]:
    unit = directory.unit(written)
    if unit is None:
        raise UnknownUnit(unit=written)
    return unit.name, unit.own
