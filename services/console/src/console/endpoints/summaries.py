"""The annual summary (办理工作总结) of a year: made anew, or brought up to date with its prose kept."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Query, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from annual_summary import Merged, NotASummary, Summary, keep_prose, read_docx, write_docx
from console.endpoints.districts import Year, the_district
from console.endpoints.language import Language
from console.endpoints.ledger import Drawer
from console.endpoints.visits import OwnForm, SignedIn, only_for_readers_of, service_path

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOT_FOUND, UNREADABLE = 404, 422
DIGEST = r"^[0-9a-f]{64}$"

pages = APIRouter(
    prefix="/districts/{district}/years/{year}", dependencies=[only_for_readers_of("summary")]
)


@dataclass(frozen=True)
class Outcome:
    """What came of an update; the page starts with none of it."""

    merged: Merged | None = None
    digest: str = ""
    missing: bool = False
    gone: bool = False
    refusal: str = ""
    status: int = 200


@dataclass(frozen=True)
class SummaryDesk:
    """Where a visitor gets the summary of one year of one district."""

    visit: SignedIn
    district: str
    year: Year

    @property
    def drawer(self) -> Drawer:
        """Where an updated document waits until it is fetched; not where ledgers wait."""
        uploads: Path = self.visit.desk.settings.console_uploads
        return Drawer(uploads.with_name(f"{uploads.name}-summaries"))

    @property
    def console(self) -> str:
        return str(self.visit.request.base_url)

    def place_in_evaluation(self, name: str) -> str:
        return service_path("districts", self.district, "years", self.year, name)

    async def update(self, content: bytes) -> Outcome:
        """The figures of now with the prose of an edited document."""
        try:
            edited = await run_in_threadpool(read_docx, content)
        except NotASummary as refusal:
            is_english = self.visit.language is Language.ENGLISH
            said = refusal.in_english if is_english else refusal.chinese
            return Outcome(refusal=said, status=UNREADABLE)
        fresh = await self.visit.enquiry.get(
            Summary, "evaluation", self.place_in_evaluation("summary.json")
        )
        merged = keep_prose(fresh, edited)
        document = await run_in_threadpool(write_docx, merged.summary, self.console)
        return Outcome(merged=merged, digest=self.drawer.put(document))

    async def page(self, outcome: Outcome) -> HTMLResponse:
        return self.visit.page(
            "summary.html",
            status=outcome.status,
            district=await the_district(self.visit, self.district),
            year=self.year,
            section="summary",
            outcome=outcome,
            merged=outcome.merged,
        )

    def document(self, content: bytes) -> Response:
        name = quote(f"{self.district}-{self.year}-办理工作总结.docx", safe="")
        return Response(
            content,
            media_type=DOCX,
            headers={
                "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
                "Cache-Control": "no-store",
            },
        )


AtDesk = Annotated[SummaryDesk, Depends()]


@pages.get("/summary", response_class=HTMLResponse)
async def show_summary(desk: AtDesk) -> Response:
    return await desk.page(Outcome())


@pages.get("/summary.docx")
async def hand_out_summary(
    desk: AtDesk, signed_on: Annotated[date | str, Query(max_length=10)] = ""
) -> Response:
    """The document; each figure in it leads back to this console."""
    wishes = {"console": desk.console} | ({"signed_on": str(signed_on)} if signed_on else {})
    place = desk.place_in_evaluation("summary.docx")
    return desk.document(await desk.visit.enquiry.get_file("evaluation", place, wishes))


@pages.post("/summary", response_class=HTMLResponse, dependencies=[OwnForm])
async def update_summary(
    desk: AtDesk, file: Annotated[UploadFile | None, File()] = None
) -> Response:
    content = await file.read() if file else b""
    if not content:
        return await desk.page(Outcome(missing=True, status=UNREADABLE))
    return await desk.page(await desk.update(content))


@pages.get("/summary/updated.docx")
async def hand_out_update(desk: AtDesk, digest: Annotated[str, Query(pattern=DIGEST)]) -> Response:
    content = desk.drawer.take(digest)
    if content is None:
        return await desk.page(Outcome(gone=True, status=NOT_FOUND))
    return desk.document(content)
