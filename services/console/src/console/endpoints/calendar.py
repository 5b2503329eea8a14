"""公务日历: a year's days off and days worked, a new notice, what it would move, and its adoption."""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import HTMLResponse, Response

from console.endpoints.answers import EventList
from console.endpoints.calendar_answers import CalendarYear, Foreseen, InForce, Taken
from console.endpoints.districts import Year, the_district
from console.endpoints.services import Answer, ServiceRefused
from console.endpoints.visits import OwnForm, SignedIn, service_path

MOST_PASTED = 20_000
ABOUT_THE_NOTICE = frozenset({400, 409, 422})
NOT_FOUND = 404
SATURDAY = 5
MONTHS = tuple(f"{number} 月" for number in range(1, 13))
WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
A_DAY = timedelta(days=1)

pages = APIRouter(prefix="/districts/{district}/years/{year}/calendar")


@dataclass(frozen=True)
class Day:
    """A day in the picture of a year: off, worked, weekend, or like any other."""

    on: date
    kind: str
    name: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of a form; the page starts with none of it."""

    refusal: str = ""
    source: str = ""
    text: str = ""
    read: CalendarYear | None = None
    foreseen: Foreseen | None = None
    status: int = 200


NOTHING_YET = Outcome()


@dataclass(frozen=True)
class CalendarDesk:
    """Where a visitor looks at the calendar of one year, and adopts a notice for it."""

    visit: SignedIn
    district: str
    year: Year

    def path(self, *parts: str | int) -> str:
        return service_path("districts", self.district, *parts)

    async def known(self) -> CalendarYear:
        place = self.path("calendar", "years", self.year)
        try:
            return await self.visit.enquiry.get(CalendarYear, "assignment", place)
        except ServiceRefused as refusal:
            if refusal.status != NOT_FOUND:
                raise
            return CalendarYear(year=self.year)

    async def try_notice(self, source: str, text: str) -> Outcome:
        """Read the words of a notice and foresee what it moves; a refusal is an outcome too."""
        try:
            read = await self._ask(CalendarYear, "read", {"source": source, "text": text})
            foreseen = await self._ask(Foreseen, "foresee", _fields(read))
        except ServiceRefused as refusal:
            return self._refused(refusal, source, text)
        return Outcome(source=source, text=text, read=read, foreseen=foreseen)

    async def adopt(self, source: str, text: str, version: int, key: str) -> Outcome | None:
        """Adopt what was foreseen. None when it is done."""
        try:
            read = await self._ask(CalendarYear, "read", {"source": source, "text": text})
            place = self.path("commands", "adopt-holiday-notice")
            fields = {**_fields(read), "year": self.year, "version": version}
            headers = {"Idempotency-Key": key}
            await self.visit.enquiry.give(Taken, "assignment", place, fields, headers)
        except ServiceRefused as refusal:
            return self._refused(refusal, source, text)
        return None

    async def page(self, outcome: Outcome, *, is_adopted: bool = False) -> HTMLResponse:
        known = await self.known()
        place = self.path("calendar", "events")
        in_force = await self.visit.enquiry.get(InForce, "assignment", self.path("calendar"))
        versions = await self.visit.enquiry.get(EventList, "assignment", place)
        return self.visit.page(
            "calendar.html",
            status=outcome.status,
            district=await the_district(self.visit, self.district),
            year=self.year,
            section="calendar",
            known=known,
            in_force=in_force,
            versions=sorted(versions.events, key=lambda each: -each.position),
            outcome=outcome,
            months=list(months_of(outcome.read or known, known if outcome.read else None)),
            key=str(uuid4()),
            weekdays=WEEKDAYS,
            months_named=MONTHS,
            is_adopted=is_adopted,
        )

    async def _ask(self, kind: type[Answer], what: str, fields: Mapping[str, object]) -> Answer:
        place = self.path("calendar", what)
        return await self.visit.enquiry.give(
            kind, "assignment", place, {**fields, "year": self.year}, {}
        )

    def _refused(self, refusal: ServiceRefused, source: str, text: str) -> Outcome:
        if refusal.status not in ABOUT_THE_NOTICE:
            raise refusal
        said = self.visit.sentence_of(refusal)
        return Outcome(refusal=said, source=source, text=text, status=refusal.status)


AtDesk = Annotated[CalendarDesk, Depends()]
Source = Annotated[str, Form(max_length=200)]
Text = Annotated[str, Form(max_length=MOST_PASTED)]


@pages.get("", response_class=HTMLResponse)
@pages.get("/check", response_class=HTMLResponse)
async def show_calendar(desk: AtDesk, adopted: bool = False) -> Response:  # noqa: FBT001, FBT002
    return await desk.page(NOTHING_YET, is_adopted=adopted)


@pages.post("/check", response_class=HTMLResponse, dependencies=[OwnForm])
async def check_notice(
    desk: AtDesk,
    source: Source = "",
    text: Text = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    uploaded = await file.read(MOST_PASTED * 4) if file else b""
    words = uploaded.decode("utf-8", "replace") if uploaded.strip() else text
    return await desk.page(await desk.try_notice(source, words))


@pages.post("", response_class=HTMLResponse, dependencies=[OwnForm])
async def adopt_notice(
    desk: AtDesk,
    version: Annotated[int, Form(ge=0)],
    key: Annotated[str, Form(max_length=64)],
    source: Source = "",
    text: Text = "",
) -> Response:
    refused = await desk.adopt(source, text, version, key)
    if refused is not None:
        return await desk.page(refused)
    here = service_path("districts", desk.district, "years", desk.year, "calendar")
    return desk.visit.go(f"{here}?adopted=true")


def _fields(read: CalendarYear) -> dict[str, object]:
    return read.model_dump(mode="json", include={"source", "holidays", "worked"})


def months_of(shown: CalendarYear, before: CalendarYear | None) -> Iterator[list[list[Day | None]]]:
    """Twelve months, week by week from Monday; days that differ from before are new."""
    now, earlier = _kinds(shown), _kinds(before) if before else None
    for month in range(1, 13):
        weeks = calendar.Calendar().monthdatescalendar(shown.year, month)
        yield [
            [_day(on, now, earlier) if on.month == month else None for on in week] for week in weeks
        ]


def _day(
    on: date, now: Mapping[date, tuple[str, str]], earlier: Mapping[date, tuple[str, str]] | None
) -> Day:
    usual = ("weekend" if on.weekday() >= SATURDAY else "", "")
    kind, name = now.get(on, usual)
    is_new = earlier is not None and earlier.get(on, usual)[0] != kind
    return Day(on, kind, name, is_new)


def _kinds(shown: CalendarYear) -> dict[date, tuple[str, str]]:
    off = {
        each.first + n * A_DAY: ("off", each.name)
        for each in shown.holidays
        for n in range((each.last - each.first).days + 1)
    }
    return off | dict.fromkeys(shown.worked, ("worked", ""))
