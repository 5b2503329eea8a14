"""Dispatch of many cases at once (批量交办): suggestions beside each, a result for each, notices after."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from console.endpoints.acting import Counter
from console.endpoints.awaiting import (
    AwaitingList,
    BulkReceipt,
    Directory,
    RowResult,
    Typed,
    row_of,
)
from console.endpoints.districts import Year, the_district
from console.endpoints.services import ServiceRefused
from console.endpoints.visits import OwnForm, SignedIn, only_for_readers_of, service_path
from contracts.vocabulary import CHINA, ActorRole
from hosting.clock import system_clock

ROWS_AT_ONCE = 25
ROWS_SHOWN = 150  # a form has a thousand blanks at most, and a row four
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ABOUT_THE_FILE = frozenset({404, 409, 422})

pages = APIRouter(prefix="/districts/{district}/years/{year}")


@dataclass(frozen=True)
class NotHandedOut:
    """A file that was asked for and could not be made: the sentence, and what it was narrowed to."""

    sentence: str = ""
    wishes: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


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

    async def page(self, typed: Typed, missed: NotHandedOut | None = None) -> HTMLResponse:
        missed = missed or NotHandedOut()
        entry, directory, waiting = await asyncio.gather(
            the_district(self.visit, self.district),
            self._directory(),
            self.visit.enquiry.get(AwaitingList, "assignment", f"{self.place}/awaiting-dispatch"),
        )
        today = system_clock().astimezone(CHINA).date().isoformat()
        return self.visit.page(
            "dispatch.html",
            status=missed.status,
            district=entry,
            year=self.year,
            section="dispatch",
            place=self.place,
            missed=missed,
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


@pages.get("/dispatch", response_class=HTMLResponse, dependencies=[only_for_readers_of("dispatch")])
async def show_dispatch(desk: AtDesk) -> Response:
    return await desk.page(Typed())


@pages.post("/dispatch", response_class=HTMLResponse, dependencies=[OwnForm])
async def dispatch_many(desk: AtDesk, typed: Annotated[Typed, Depends(typed_rows)]) -> Response:
    if not typed.picked:
        return await desk.page(typed.without((), {"nothing": "1"}))
    left = await desk.give(typed)
    return await (desk.progress(left) if left.picked else desk.page(left))


@pages.get("/dispatch-notice.docx")
async def hand_out_notice(desk: AtDesk, wishes: Wishes) -> Response:
    return await _file(desk, "dispatch-notice.docx", wishes)


@pages.get("/dispatch-notice.xlsx")
async def hand_out_list(desk: AtDesk, wishes: Wishes) -> Response:
    return await _file(desk, "dispatch-notice.xlsx", wishes)


@pages.get("/upper-report.xlsx")
async def hand_out_report(desk: AtDesk) -> Response:
    return await _file(desk, "upper-report.xlsx", {})


async def _file(desk: DispatchDesk, name: str, wishes: dict[str, str]) -> Response:
    """The file, or the page with the sentence why there is none and the blanks as they were."""
    visit = desk.visit
    try:
        content = await visit.enquiry.get_file("assignment", f"{desk.place}/{name}", wishes)
    except ServiceRefused as refusal:
        if refusal.status not in ABOUT_THE_FILE or not visit.opens("dispatch"):
            raise
        missed = NotHandedOut(visit.sentence_of(refusal), wishes, refusal.status)
        return await desk.page(Typed(), missed)
    kept = quote(f"{desk.district}-{desk.year}-{name}", safe="")
    return Response(
        content,
        media_type=DOCX if name.endswith(".docx") else XLSX,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{kept}",
            "Cache-Control": "no-store",
        },
    )
