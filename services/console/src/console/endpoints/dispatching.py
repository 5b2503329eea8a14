"""Dispatch of many cases at once (批量交办): suggestions beside each, a result for each, notices after."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import field_validator

from console.endpoints.acting import Counter
from console.endpoints.acts import BETWEEN_NAMES
from console.endpoints.answers import Answered
from console.endpoints.districts import Year, the_district
from console.endpoints.documents import CERTAINTIES
from console.endpoints.visits import OwnForm, SignedIn, Visit, service_path
from contracts.shown import Shown
from contracts.vocabulary import CHINA, ActorRole, Role
from hosting.signing import system_clock

ROWS_AT_ONCE = 25
ROWS_SHOWN = 150  # a form has a thousand blanks at most, and a row four
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

pages = APIRouter(prefix="/districts/{district}/years/{year}")


class UnitEntry(Answered):
    """A unit of the directory, with its short names."""

    name: str
    own: bool = True
    aliases: tuple[str, ...] = ()


class Directory(Answered):
    """The units that a district may dispatch to, and those outside it."""

    units: tuple[UnitEntry, ...] = ()

    def is_outside(self, written: str) -> bool:
        return any(not unit.own and written in {unit.name, *unit.aliases} for unit in self.units)


class Basis(Answered):
    """An earlier case that a suggestion rests on."""

    proposal_id: str
    year: int
    number: str | None = None
    title: str
    likeness: float

    @property
    def percent(self) -> str:
        return f"{self.likeness:.0%}"


class SuggestedUnit(Answered):
    """A unit that had cases like this one."""

    unit: str
    likeness: float
    agreement: float
    certainty: str
    because: tuple[Basis, ...] = ()

    @property
    def is_likely(self) -> bool:
        return self.certainty == "likely"

    @property
    def says(self) -> str:
        return CERTAINTIES[self.certainty]  # type: ignore[index]  # a StrEnum is its text


class Above(Answered):
    """What the upper level said when it handed the case down."""

    upper_name: str
    number: str
    role: str
    lead_unit: str | None = None
    due_on: date


class AwaitingCase(Answered):
    """A filed case that nobody has yet."""

    proposal_id: str
    number: str
    title: str
    key: bool = False
    fabricated: bool = False
    proposers: tuple[str, ...] = ()
    wished_units: tuple[str, ...] = ()
    handed_down: Above | None = None
    leads: tuple[SuggestedUnit, ...] = ()
    co_units: tuple[SuggestedUnit, ...] = ()

    @property
    def first_lead(self) -> str:
        """What the field of the lead begins with: the upper level's lead, or a likely one."""
        if self.handed_down is not None and self.handed_down.role == Role.CO.value:
            return self.handed_down.lead_unit or self.handed_down.upper_name
        return next((each.unit for each in self.leads if each.is_likely), "")

    @property
    def first_co_units(self) -> str:
        return "、".join(each.unit for each in self.co_units if each.is_likely)


class AwaitingList(Answered):
    """What awaits dispatch in a year."""

    cases: tuple[AwaitingCase, ...] = ()
    shown: Shown | None = None

    @field_validator("cases")
    @classmethod
    def handed_down_first(cls, cases: tuple[AwaitingCase, ...]) -> tuple[AwaitingCase, ...]:
        """Whatever has a limit from above comes first."""
        return tuple(sorted(cases, key=lambda case: (case.handed_down is None, case.number)))


class RowResult(Answered):
    """What came of one row."""

    proposal_id: str
    outcome: str
    detail: str = ""
    detail_en: str = ""


class BulkReceipt(Answered):
    """What came of a portion of the rows."""

    results: tuple[RowResult, ...] = ()
    position: int = 0


@dataclass(frozen=True)
class Typed:
    """The form as it came in: a date for all, and for each case what was typed in its row."""

    values: Mapping[str, str] = field(default_factory=dict)

    def of(self, blank: str, proposal_id: str, otherwise: str = "") -> str:
        return self.values.get(f"{blank}-{proposal_id}", otherwise).strip()

    def number(self, name: str) -> int:
        told = self.values.get(name, "")
        return int(told) if told.isascii() and told.isdigit() and len(told) < 6 else 0  # noqa: PLR2004  more never fits

    @property
    def key(self) -> str:
        return self.values.get("key") or uuid4().hex

    @property
    def picked(self) -> list[str]:
        return [name.removeprefix("pick-") for name in self.values if name.startswith("pick-")]

    @property
    def refused(self) -> dict[str, str]:
        """The sentence for each row that was refused so far."""
        return {
            name.removeprefix("said-"): sentence
            for name, sentence in self.values.items()
            if name.startswith("said-")
        }

    def without(self, ids: Sequence[str], more: Mapping[str, str]) -> "Typed":
        """The form without the ticks of these rows, and with something besides."""
        gone = {f"pick-{each}" for each in ids} | {f"said-{each}" for each in ids}
        kept = {name: value for name, value in self.values.items() if name not in gone}
        return Typed(kept | dict(more))


@dataclass(frozen=True)
class DispatchDesk:
    """Where a clerk dispatches the cases of one year of one district."""

    visit: SignedIn
    district: str
    year: Year

    @property
    def place(self) -> str:
        return service_path("districts", self.district, "years", self.year)

    async def give(self, typed: Typed) -> Typed:
        """Dispatch the first of the picked rows; returns the form that is left, with what was said."""
        ids = typed.picked[:ROWS_AT_ONCE]
        directory = await self._directory()
        rows = [row_of(each, typed, directory) for each in ids]
        headers = {"Idempotency-Key": typed.key}
        if typed.values.get("seen"):
            headers["Seen-Position"] = typed.values["seen"]
        path = service_path("districts", self.district, "commands", "dispatch-cases")
        receipt = await self.visit.enquiry.give(
            BulkReceipt, "assignment", path, {"rows": rows}, headers
        )
        said = {
            f"said-{each.proposal_id}": self._sentence(each)
            for each in receipt.results
            if each.outcome == "refused"
        }
        done = typed.number("done") + len(ids) - len(said)
        total = typed.number("total") or len(typed.picked)
        await self._caught_up(receipt.position)
        return typed.without(ids, {**said, "done": str(done), "total": str(total)})

    async def page(self, typed: Typed, status: int = 200) -> HTMLResponse:
        entry, directory, waiting = await asyncio.gather(
            the_district(self.visit, self.district),
            self._directory(),
            self.visit.enquiry.get(AwaitingList, "assignment", f"{self.place}/awaiting-dispatch"),
        )
        today = system_clock().astimezone(CHINA).date().isoformat()
        return self.visit.page(
            "dispatch.html",
            status=status,
            district=entry,
            year=self.year,
            section="dispatch",
            place=self.place,
            units=directory.units,
            waiting=waiting.cases[:ROWS_SHOWN],
            left_out=len(waiting.cases[ROWS_SHOWN:]),
            typed=typed,
            dispatched_on=typed.values.get("dispatched_on", today),
            seen=waiting.shown.position if waiting.shown else "",
            new_key=uuid4().hex,
            may_dispatch=self.may_dispatch,
        )

    async def progress(self, typed: Typed) -> HTMLResponse:
        """The form goes on by itself with the rows that are left; without scripts by a button."""
        return self.visit.page(
            "dispatching.html",
            district=await the_district(self.visit, self.district),
            year=self.year,
            section="dispatch",
            place=self.place,
            typed=typed,
            through=typed.number("done") + len(typed.refused),
            total=typed.number("total"),
        )

    @property
    def may_dispatch(self) -> bool:
        return self.visit.actor is not None and self.visit.actor.role is ActorRole.SUPERVISION

    async def _directory(self) -> Directory:
        return await self.visit.enquiry.get(
            Directory, "intake", service_path("districts", self.district)
        )

    async def _caught_up(self, position: int) -> None:
        place = f"{self.place}/cases"
        await Counter(self.visit, "assignment", self.district, place).caught_up(position)

    def _sentence(self, result: RowResult) -> str:
        is_english = self.visit.language.value == "en"
        return (result.detail_en if is_english else "") or result.detail


AtDesk = Annotated[DispatchDesk, Depends()]


async def typed_rows(request: Request) -> Typed:
    """Every text of the form."""
    form = await request.form()
    return Typed({name: value for name, value in form.items() if isinstance(value, str)})


def row_of(proposal_id: str, typed: Typed, directory: Directory) -> dict[str, Any]:
    """The dispatch that a row asks for: alone, lead and co-units, or split units.

    A lead outside the district is named as such; whoever joins then gives an opinion only.
    """
    leads = _names(typed.of("lead", proposal_id))
    co_units = _names(typed.of("co", proposal_id))
    outside = [unit for unit in leads if directory.is_outside(unit)]
    own = [unit for unit in leads if unit not in outside]
    role = Role.SPLIT if len(own) > 1 else Role.LEAD if co_units else Role.SOLE
    shares = [(unit, Role.CO if outside else role) for unit in own]
    shares += [(unit, Role.CO) for unit in co_units]
    due_on = typed.of("due", proposal_id)
    row: dict[str, Any] = {
        "proposal_id": proposal_id,
        "dispatched_on": typed.values.get("dispatched_on", ""),
        "assignments": [
            {"unit": unit, "role": each.value} | ({"due_on": due_on} if due_on else {})
            for unit, each in shares
        ],
    }
    return row | ({"lead_unit": "、".join(outside)} if outside else {})


def _names(typed: str) -> list[str]:
    return [name for name in BETWEEN_NAMES.split(typed) if name]


async def asked_for(
    unit: Annotated[str, Query(max_length=200)] = "",
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    signed_on: Annotated[str, Query(max_length=10)] = "",
) -> dict[str, str]:
    """What a notice is narrowed to; empty fields narrow nothing."""
    asked = {"unit": unit, "since": since, "until": until, "signed_on": signed_on}
    return {name: value.strip() for name, value in asked.items() if value.strip()}


Wishes = Annotated[dict[str, str], Depends(asked_for)]


@pages.get("/dispatch", response_class=HTMLResponse)
async def show_dispatch(desk: AtDesk) -> Response:
    return await desk.page(Typed())


@pages.post("/dispatch", response_class=HTMLResponse, dependencies=[OwnForm])
async def dispatch_many(desk: AtDesk, typed: Annotated[Typed, Depends(typed_rows)]) -> Response:
    if not typed.picked:
        return await desk.page(typed.without((), {"nothing": "1"}))
    left = await desk.give(typed)
    return await (desk.progress(left) if left.picked else desk.page(left))


@pages.get("/dispatch-notice.docx")
async def hand_out_notice(visit: SignedIn, district: str, year: Year, wishes: Wishes) -> Response:
    return await _file(visit, district, year, "dispatch-notice.docx", wishes)


@pages.get("/dispatch-notice.xlsx")
async def hand_out_list(visit: SignedIn, district: str, year: Year, wishes: Wishes) -> Response:
    return await _file(visit, district, year, "dispatch-notice.xlsx", wishes)


@pages.get("/upper-report.xlsx")
async def hand_out_report(visit: SignedIn, district: str, year: Year) -> Response:
    return await _file(visit, district, year, "upper-report.xlsx", {})


async def _file(
    visit: Visit, district: str, year: int, name: str, wishes: dict[str, str]
) -> Response:
    path = service_path("districts", district, "years", year, name)
    content = await visit.enquiry.get_file("assignment", path, wishes)
    kept = quote(f"{district}-{year}-{name}", safe="")
    return Response(
        content,
        media_type=DOCX if name.endswith(".docx") else XLSX,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{kept}",
            "Cache-Control": "no-store",
        },
    )
