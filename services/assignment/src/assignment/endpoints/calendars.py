"""The calendar of a district: which notices hold, what a new one would move, and its adoption."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, ValidationError

from assignment.commands import AdoptHolidayNotice, MoveDueDate
from assignment.projections.reading import CaseView, PartView, cases_of_year
from assignment.projections.rows import FILES, NOTICES
from contracts.assignment import Break
from contracts.command import Day, Line, Year
from contracts.identity import Actor
from contracts.limits import Limit
from contracts.refusal import Refused
from contracts.rulebook import Rulebook
from contracts.vocabulary import Role
from contracts.working_days import Holiday, LastDay, Notice, WorkingCalendar
from eventlog import EventLog
from eventlog.readmodels import Source
from hosting.as_of import Views
from hosting.commanding import Give, IdempotencyKey, Receipt, give_command
from hosting.rulebooks import adopted_rulebook
from hosting.signing import Clock, SignedIn, require_role

OPEN = frozenset({"dispatched", "handling"})


class NoticeWrong(Refused):
    """{year}年的节假日安排有误：{problems}。请对照国务院办公厅的通知改正。"""

    english = "The holidays of {year} are not right: {problems_en}. Compare them with the notice."


class NewNotice(BaseModel):
    """What the State Council announces for a year: breaks, and the weekend days worked instead."""

    model_config = ConfigDict(extra="forbid")

    year: Year
    source: Line
    holidays: list[Break]
    worked: list[Day] = []


class Move(BaseModel):
    """A deadline that a notice moves, or makes certain."""

    proposal_id: str
    number: str | None
    unit: str
    was_due_on: date
    due_on: date
    was_provisional: bool
    provisional: bool


class Foreseen(BaseModel):
    """The version that the calendar would have, and every deadline that would move."""

    version: int
    moves: list[Move]


class InForce(BaseModel):
    """The calendar in force: its version, and the years that are known."""

    version: int
    years: list[int]
    adopted: list[int]


@dataclass(frozen=True)
class Calendars:
    """The shipped calendar, and on top of it the notices that a district adopted."""

    shipped: WorkingCalendar
    views: Views

    async def of(self, district: str) -> WorkingCalendar:
        rows = await self.views.stored(district).rows(NOTICES)
        calendar = self.shipped
        for row in sorted(rows, key=lambda each: each.version):
            holidays = [Break.model_validate(each) for each in row.holidays]
            worked = [date.fromisoformat(day) for day in row.worked]
            calendar = calendar.with_notice(row.year, _notice(row.source, holidays, worked))
        return calendar


def calendar_routes(
    calendars: Calendars, views: Views, log: EventLog, give: Give, clock: Clock
) -> APIRouter:
    router = APIRouter(tags=["calendar"])

    @router.get("/districts/{district}/calendar")
    async def calendar_in_force(district: str, actor: SignedIn) -> InForce:
        calendar = await calendars.of(district)
        adopted = await views.stored(district).rows(NOTICES)
        return InForce(
            version=calendar.version,
            years=sorted(calendar.years),
            adopted=sorted(row.year for row in adopted),
        )

    @router.post("/districts/{district}/calendar/foresee")
    async def foresee(district: str, body: NewNotice, actor: SignedIn) -> Foreseen:
        """Which deadlines a notice would move; nothing is written."""
        calendar = _with(await calendars.of(district), body)
        moves = await _moves(views.stored(district), log, district, calendar)
        return Foreseen(version=calendar.version, moves=moves)

    @router.post("/districts/{district}/commands/adopt-holiday-notice")
    async def adopt(
        district: str, body: NewNotice, actor: SignedIn, idempotency_key: IdempotencyKey = None
    ) -> Receipt:
        """Let a notice hold for its year, and move the deadlines that depend on it (采用)."""
        require_role(actor, AdoptHolidayNotice.may)
        calendar = _with(await calendars.of(district), body)
        moves = await _moves(views.stored(district), log, district, calendar)
        command = AdoptHolidayNotice(
            at=clock(),
            year=body.year,
            source=body.source,
            holidays=tuple(body.holidays),
            worked=tuple(body.worked),
            version=calendar.version,
        )
        receipt = await give_command(give, district, actor, command, idempotency_key)
        for move in moves:
            await _carry_out(give, district, actor, move, calendar.version, clock())
        return receipt

    return router


def _with(calendar: WorkingCalendar, body: NewNotice) -> WorkingCalendar:
    try:
        return calendar.with_notice(body.year, _notice(body.source, body.holidays, body.worked))
    except ValidationError as error:
        said = "；".join(str(each["msg"]) for each in error.errors())
        raise NoticeWrong(year=body.year, problems=said, problems_en=said) from error


def _notice(source: str, holidays: Sequence[Break], worked: Sequence[date]) -> Notice:
    breaks = tuple(Holiday(name=each.name, first=each.first, last=each.last) for each in holidays)
    return Notice(source=source, holidays=breaks, worked=tuple(worked))


async def _moves(
    source: Source, log: EventLog, district: str, calendar: WorkingCalendar
) -> list[Move]:
    moves: list[Move] = []
    for year in sorted({file.year for file in await source.rows(FILES)}):
        rulebook = await adopted_rulebook(log, district, year)
        if rulebook is not None:
            for case in await cases_of_year(source, year):
                moves += _moves_in(case, rulebook, calendar)
    return moves


def _moves_in(case: CaseView, rulebook: Rulebook, calendar: WorkingCalendar) -> list[Move]:
    moves = []
    for part in case.assignments:
        due = _recomputed(case, part, rulebook, calendar)
        if due is not None and (due.on, due.provisional) != (part.due_on, part.provisional):
            moves.append(
                Move(
                    proposal_id=case.proposal_id,
                    number=case.number,
                    unit=part.unit,
                    was_due_on=part.due_on,
                    due_on=due.on,
                    was_provisional=part.provisional,
                    provisional=due.provisional,
                )
            )
    return moves


def _recomputed(
    case: CaseView, part: PartView, rulebook: Rulebook, calendar: WorkingCalendar
) -> LastDay | None:
    """The deadline anew, where its own rule counts working days and nothing else has moved it."""
    is_moved = part.first_due_on is not None and part.first_due_on != part.due_on
    if part.state not in OPEN or case.ended_reason is not None or is_moved:
        return None
    limit = next(
        (
            limit
            for limit, key in _limits_of(rulebook, Role(part.role))
            if part.due_rule == f"{rulebook.id}/{key}"
        ),
        None,
    )
    if limit is None or limit.working_days is None:
        return None
    return limit.last_day(part.dispatched_on, calendar)


def _limits_of(rulebook: Rulebook, role: Role) -> list[tuple[Limit, str]]:
    special = rulebook.limits.special
    numbered = [(limit, f"limits.special.{n}") for n, limit in enumerate(special, start=1)]
    return [(rulebook.limits.of(role), f"limits.{role}"), *numbered]


async def _carry_out(
    give: Give, district: str, actor: Actor, move: Move, version: int, at: datetime
) -> None:
    command = MoveDueDate(
        at=at,
        proposal_id=move.proposal_id,
        unit=move.unit,
        was_due_on=move.was_due_on,
        due_on=move.due_on,
        provisional=move.provisional,
        calendar_version=version,
    )
    key = f"{version}/{move.proposal_id}/{move.unit}"
    await give_command(give, district, actor, command, key)
