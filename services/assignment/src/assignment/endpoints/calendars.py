"""The calendar of a district: which notices hold, what a new one would move, and its adoption."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assignment.commands import AdoptHolidayNotice
from assignment.decisions.calendars import CalendarHasMoved
from assignment.projections.calendars import (
    EarlyMove,
    Move,
    moves_under,
)
from assignment.projections.rows import NOTICES
from contracts.assignment import CALENDAR_STREAM, Break
from contracts.command import Day, Line, VersionNumber, Year
from contracts.holiday_notices import read_notice
from contracts.refusal import Refused
from contracts.working_days import WorkingCalendar
from eventlog import EventLog
from hosting.as_of import Views
from hosting.calendars import calendar_in_force, calendars_adopted, notice_of
from hosting.clock import Clock
from hosting.commanding import Give, IdempotencyKey, Keyed, Receipt, give_command
from hosting.history import History, history_of
from hosting.problems import NotFound
from hosting.rulebooks import adopted_rulebook
from hosting.signing import SignedIn, require_role

NoticeText = Annotated[str, StringConstraints(max_length=20_000)]


class NoticeWrong(Refused):
    """{year}年的节假日安排有误：{problems}。请对照国务院办公厅的通知改正。"""

    english = "The holidays of {year} are not right: {problems_en}. Compare them with the notice."


class NewNotice(BaseModel):
    """What the State Council announces for a year: breaks, and the weekend days worked instead.

    `version` is that of the calendar with the notice, as it was foreseen; where the calendar has
    changed since, nothing is adopted.
    """

    model_config = ConfigDict(extra="forbid")

    year: Year
    source: Line
    holidays: Annotated[list[Break], Field(max_length=40)]
    worked: Annotated[list[Day], Field(max_length=40)] = []
    version: VersionNumber | None = None


class PastedNotice(BaseModel):
    """The words of a notice, as they were published."""

    model_config = ConfigDict(extra="forbid")

    year: Year
    source: Line
    text: NoticeText


class Foreseen(BaseModel):
    """The version that the calendar would have, and every limit that would move."""

    version: int
    moves: tuple[Move, ...]
    early_moves: tuple[EarlyMove, ...]


class InForce(BaseModel):
    """The calendar in force: its version, and the years that are known."""

    version: int
    years: list[int]
    adopted: list[int]


class CalendarYear(BaseModel):
    """One year of the calendar: where it comes from, its breaks, and the weekend days worked."""

    year: int
    source: str
    adopted: bool
    holidays: list[Break]
    worked: list[date]


@dataclass(frozen=True)
class Calendars:
    """The shipped calendar, and on top of it the notices that a district adopted."""

    shipped: WorkingCalendar
    log: EventLog

    async def of(self, district: str) -> WorkingCalendar:
        return await calendar_in_force(self.log, district, self.shipped)


def calendar_routes(
    calendars: Calendars, views: Views, log: EventLog, give: Give, clock: Clock
) -> APIRouter:
    router = APIRouter(tags=["calendar"])

    @router.get("/districts/{district}/calendar")
    async def in_force(district: str, actor: SignedIn) -> InForce:
        calendar = await calendars.of(district)
        adopted = await views.stored(district).rows(NOTICES)
        return InForce(
            version=calendar.version,
            years=sorted(calendar.years),
            adopted=sorted(row.year for row in adopted),
        )

    @router.get("/districts/{district}/calendar/years/{year}")
    async def one_year(district: str, year: Year, actor: SignedIn) -> CalendarYear:
        """The days off of a year, and the weekend days worked."""
        calendar = await calendars.of(district)
        notice = calendar.years.get(year)
        if notice is None:
            raise NotFound(f"{year}年的节假日安排", f"the public holidays of {year}")
        adopted = await views.stored(district).rows(NOTICES, year=year)
        return CalendarYear(
            year=year,
            source=notice.source,
            adopted=bool(adopted),
            holidays=[
                Break(name=each.name, first=each.first, last=each.last) for each in notice.holidays
            ],
            worked=list(notice.worked),
        )

    @router.get("/districts/{district}/calendar/events")
    async def versions(district: str, actor: SignedIn) -> History:
        """Who adopted which notice, and when."""
        return history_of(await log.read_stream(district, CALENDAR_STREAM))

    @router.post("/districts/{district}/calendar/read")
    async def read(district: str, body: PastedNotice, actor: SignedIn) -> NewNotice:
        """What the words of a notice say, checked against themselves; nothing is written."""
        require_role(actor, AdoptHolidayNotice.may)
        notice = read_notice(body.text, body.year)
        return NewNotice(
            year=body.year,
            source=body.source,
            holidays=[
                Break(name=each.name, first=each.first, last=each.last) for each in notice.holidays
            ],
            worked=list(notice.worked),
        )

    @router.post("/districts/{district}/calendar/foresee")
    async def foresee(district: str, body: NewNotice, actor: SignedIn) -> Foreseen:
        """Which limits a notice would move; nothing is written."""
        require_role(actor, AdoptHolidayNotice.may)
        calendar = _with(await calendars.of(district), body)
        rulebook_of = partial(adopted_rulebook, log, district)
        earlier = await calendars_adopted(log, district, calendars.shipped)
        moves = await moves_under(views.stored(district), calendar, rulebook_of, earlier)
        return Foreseen(version=calendar.version, moves=moves.due, early_moves=moves.early)

    @router.post("/districts/{district}/commands/adopt-holiday-notice")
    async def adopt(
        district: str, body: NewNotice, actor: SignedIn, idempotency_key: IdempotencyKey = None
    ) -> Receipt:
        """Let a notice hold for its year (采用); the limits that depend on it follow."""
        require_role(actor, AdoptHolidayNotice.may)
        calendar = _with(await calendars.of(district), body)
        if body.version is not None and body.version != calendar.version:
            raise CalendarHasMoved(version=calendar.version - 1)
        command = AdoptHolidayNotice(
            at=clock(),
            year=body.year,
            source=body.source,
            holidays=tuple(body.holidays),
            worked=tuple(body.worked),
            version=calendar.version,
        )
        return await give_command(give, district, actor, command, Keyed(idempotency_key, body))

    return router


def _with(calendar: WorkingCalendar, body: NewNotice) -> WorkingCalendar:
    try:
        return calendar.with_notice(body.year, notice_of(body.source, body.holidays, body.worked))
    except ValidationError as error:
        said = "；".join(str(each["msg"]) for each in error.errors())
        raise NoticeWrong(year=body.year, problems=said, problems_en=said) from error
