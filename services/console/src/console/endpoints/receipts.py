"""The receipt of a year's figures: handed out, and computed again from the log when one is brought back."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, UploadFile
from fastapi.responses import HTMLResponse, Response

from console.endpoints.districts import Year, the_district
from console.endpoints.looking_back import LookedAt
from console.endpoints.services import ServiceRefused, Upload
from console.endpoints.visits import OwnForm, SignedIn, only_for_readers_of, service_path
from contracts.recomputing import Recomputed

JSON = "application/json"
MISSING = 422
UNSAID = frozenset({401, 403, 404})
DIFFERENCES_SHOWN = 200

pages = APIRouter(
    prefix="/districts/{district}/years/{year}/receipt",
    dependencies=[only_for_readers_of("receipt")],
)


@dataclass(frozen=True)
class Outcome:
    """What came of a receipt that was brought back; the page starts with none of it."""

    found: Recomputed | None = None
    missing: bool = False
    refusal: str = ""
    status: int = 200


@dataclass(frozen=True)
class ReceiptDesk:
    """Where a visitor gets the receipt of a year, and has one computed again."""

    visit: SignedIn
    district: str
    year: Year

    async def page(self, outcome: Outcome) -> HTMLResponse:
        return self.visit.page(
            "receipt.html",
            status=outcome.status,
            district=await the_district(self.visit, self.district),
            year=self.year,
            section="receipt",
            outcome=outcome,
            found=outcome.found,
            differences_shown=DIFFERENCES_SHOWN,
        )

    async def again(self, upload: Upload) -> Outcome:
        path = service_path("districts", self.district, "recompute")
        try:
            found = await self.visit.enquiry.send_file(Recomputed, "evaluation", path, {}, upload)
        except ServiceRefused as refusal:
            if refusal.status in UNSAID:
                raise
            return Outcome(refusal=self.visit.sentence_of(refusal), status=refusal.status)
        return Outcome(found=found)


AtDesk = Annotated[ReceiptDesk, Depends()]


@pages.get("", response_class=HTMLResponse)
async def show_receipt(desk: AtDesk) -> Response:
    return await desk.page(Outcome())


@pages.get(".json")
async def hand_out_receipt(desk: AtDesk, moment: LookedAt) -> Response:
    """The receipt's own bytes: another form of the same would not be the same file."""
    place = service_path("districts", desk.district, "years", desk.year, "figures", "receipt")
    wishes = {"as_of": moment.as_of} if moment.as_of else {}
    name = quote(f"{desk.district}-{desk.year}-receipt.json", safe="")
    return Response(
        await desk.visit.enquiry.get_file("evaluation", place, wishes),
        media_type=JSON,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Cache-Control": "no-store",
        },
    )


@pages.post("", response_class=HTMLResponse, dependencies=[OwnForm])
async def compute_again(
    desk: AtDesk, file: Annotated[UploadFile | None, File()] = None
) -> Response:
    content = await file.read() if file else b""
    if file is None or not content:
        return await desk.page(Outcome(missing=True, status=MISSING))
    return await desk.page(await desk.again(Upload(file.filename or "receipt.json", content)))
