"""What somebody can do with a case now, what its answers still lack, and which day a limit moves to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from assignment.commands import (
    DispatchCase,
    GrantExtension,
    RequestExtension,
    ResumeHandling,
    UnitCommand,
)
from assignment.decisions import decide
from assignment.decisions.checking import (
    CheckedPoint,
    is_still_to_answer,
    letter_to_issue,
    points_of,
)
from assignment.decisions.openings import NOBODYS, Opening, openings
from assignment.endpoints.dispatching import DispatchDesk
from assignment.endpoints.guarding import only_within_the_upper_limit
from assignment.endpoints.resuming import Resumption, resumption
from assignment.endpoints.showing import sees_the_letter
from assignment.state import Dispatched
from contracts.assignment import (
    AssignmentServiceEvent,
    ExtensionGranted,
    ExtensionRequested,
    HandlingResumed,
)
from contracts.command import Day, Id, Line
from contracts.identity import Actor
from contracts.refusal import Refused
from contracts.rulebook import Rulebook
from contracts.vocabulary import CHINA, ActorRole
from hosting.commanding import command_of, kebab_case
from hosting.problems import NotFound
from hosting.reading_rights import may_read
from hosting.rulebooks import adopted_rulebook
from hosting.signing import SignedIn, require_role, require_unit

Moving = Literal["request-extension", "grant-extension", "resume-handling"]
MOVING: Mapping[Moving, type[UnitCommand]] = {
    "request-extension": RequestExtension,
    "grant-extension": GrantExtension,
    "resume-handling": ResumeHandling,
}


class OpeningView(BaseModel):
    """A command that would be accepted now, and the fields that say what it is about."""

    command: str
    about: dict[str, Any] = {}


class PointView(BaseModel):
    """One point of the check of an answer; `detail` tells what is missing."""

    point: str
    point_en: str
    is_met: bool
    detail: str = ""
    detail_en: str = ""


class LetterCheck(BaseModel):
    """What the answer of one unit still lacks, as its latest draft stands."""

    unit: str
    points: list[PointView]
    is_ready: bool


class ClassView(BaseModel):
    """A result class of the year's rulebook."""

    code: str
    label: str
    label_en: str


class Openings(BaseModel):
    """What the actor can do with the case now."""

    openings: list[OpeningView]
    letters: list[LetterCheck]
    result_classes: list[ClassView]


class MovedLimit(BaseModel):
    """The day that a limit would move to; `days` are calendar days, `working_days` those worked."""

    unit: str
    was_due_on: date
    due_on: date
    days: int
    working_days: int | None
    is_working_day: bool | None


@dataclass(frozen=True)
class OpeningDesk:
    """Looks at a case as the log has it at this moment."""

    desk: DispatchDesk

    async def openings(self, district: str, proposal_id: str, actor: Actor) -> Openings:
        file = await self.desk.known(district, proposal_id)
        if not await may_read(self.desk.log, district, proposal_id, actor):
            raise NotFound(f"案件“{proposal_id}”", f"case {proposal_id!r}")
        case = await self.desk.case(district, proposal_id)
        rulebook = await adopted_rulebook(self.desk.log, district, file.year)
        at = self.desk.clock()
        found = openings(decide, case, proposal_id, at) if actor.is_of(district) else []
        is_filed = file.number is not None
        letters = _letters(case, proposal_id, at, actor) if isinstance(case, Dispatched) else []
        return Openings(
            openings=[
                OpeningView(command=kebab_case(each.command.__name__), about=dict(each.about))
                for each in found
                if _is_for(actor, each) and (is_filed or each.command is not DispatchCase)
            ],
            letters=letters,
            result_classes=_classes(rulebook),
        )

    async def moved_limit(self, district: str, command: Any, unit: str) -> MovedLimit:
        """Raises Refused where the rules would refuse the command."""
        (foreseen,) = await self.desk.handling.foresee(district, [command])
        if isinstance(foreseen, Refused):
            raise foreseen
        case = await self.desk.case(district, command.proposal_id)
        part = case.assignment_of(unit) if isinstance(case, Dispatched) else None
        was = part.due_on if part else command.at.astimezone(CHINA).date()
        due_on = next((day for event in foreseen if (day := _day_of(event))), was)
        calendar = await self.desk.calendars.of(district)
        known = {*range(was.year, due_on.year + 1)} <= {*calendar.years}
        return MovedLimit(
            unit=unit,
            was_due_on=was,
            due_on=due_on,
            days=(due_on - was).days,
            working_days=calendar.between(was, due_on) if known else None,
            is_working_day=calendar.is_working_day(due_on) if known else None,
        )


def opening_routes(desk: DispatchDesk) -> APIRouter:
    router = APIRouter(tags=["cases"])
    looking = OpeningDesk(desk)

    @router.get("/districts/{district}/cases/{proposal_id}/openings")
    async def openings_of_a_case(district: str, proposal_id: Id, actor: SignedIn) -> Openings:
        """What the actor can do with the case now; the rules themselves are asked."""
        return await looking.openings(district, proposal_id, actor)

    @router.get("/districts/{district}/cases/{proposal_id}/moved-limit")
    async def limit_after(
        district: str,
        proposal_id: Id,
        actor: SignedIn,
        command: Moving,
        unit: Annotated[Line, Query()],
        day: Annotated[Day, Query()],
    ) -> MovedLimit:
        """Which day the limit of a unit would move to; what would be refused is refused here too."""
        about = {"proposal_id": proposal_id, "unit": unit}
        require_role(actor, MOVING[command].may)
        require_unit(actor, unit)
        asked = await _moving(desk, district, command, about, day)
        await only_within_the_upper_limit(desk, district, asked)
        return await looking.moved_limit(district, asked, unit)

    return router


async def _moving(
    desk: DispatchDesk, district: str, command: Moving, about: dict[str, Any], day: date
) -> UnitCommand:
    """The command that moves a limit to a day, or by a day, as it would be given."""
    at = desk.clock()
    today = at.astimezone(CHINA).date()
    match command:
        case "request-extension":
            told = {"reason": NOBODYS, "until": day, "requested_on": today}
        case "grant-extension":
            told = {"due_on": day, "granted_on": today}
        case _:
            return await resumption(desk, district, Resumption(**about, resumed_on=day))
    return command_of(MOVING[command], {"at": at, **about, **told})


def _letters(case: Dispatched, proposal_id: str, at: datetime, actor: Actor) -> list[LetterCheck]:
    letters = []
    for part in case.assignments:
        if is_still_to_answer(part) and sees_the_letter(actor, part.unit):
            letter = letter_to_issue(part, proposal_id, at, at.astimezone(CHINA).date())
            letters.append(_checked(part.unit, points_of(letter, part, case)))
    return letters


def _is_for(actor: Actor, opening: Opening) -> bool:
    if actor.role not in opening.command.may:
        return False
    is_unit = actor.role is ActorRole.UNIT
    return not is_unit or opening.about.get("unit", actor.unit) == actor.unit


def _checked(unit: str, points: list[CheckedPoint]) -> LetterCheck:
    views = [
        PointView(
            point=each.chinese,
            point_en=each.english,
            is_met=each.is_met,
            detail=each.refusal.chinese if each.refusal else "",
            detail_en=each.refusal.in_english if each.refusal else "",
        )
        for each in points
    ]
    return LetterCheck(unit=unit, points=views, is_ready=all(each.is_met for each in views))


def _classes(rulebook: Rulebook | None) -> list[ClassView]:
    return [
        ClassView(code=each.code, label=each.label, label_en=each.label_en)
        for each in (rulebook.result_classes if rulebook else ())
    ]


def _day_of(event: AssignmentServiceEvent) -> date | None:
    match event:
        case ExtensionRequested(until=day) | ExtensionGranted(due_on=day):
            return day
        case HandlingResumed(due_on=day):
            return day
        case _:
            return None
