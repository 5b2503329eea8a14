"""Bringing a ledger in: check it first, see what is wrong, then import it."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import time
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import HTMLResponse, Response

from console.endpoints.districts import Year, the_district
from console.endpoints.reports import ShownReport
from console.endpoints.services import ServiceRefused, Upload
from console.endpoints.visits import OwnForm, SignedIn, only_for_readers_of, service_path

KEPT_SECONDS = 3600
MISSING = 422
ABOUT_THE_LEDGER = frozenset({400, 409, 413, 415, 422})

pages = APIRouter(
    prefix="/districts/{district}/years/{year}/import",
    dependencies=[only_for_readers_of("import")],
)


class Drawer:
    """Where an uploaded ledger waits for its import, under the digest of its content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> str:
        """Keep the content; what was left behind for an hour is thrown away."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for each in self.folder.iterdir():
            with suppress(FileNotFoundError):
                if time() - each.stat().st_mtime > KEPT_SECONDS:
                    each.unlink()
        digest = hashlib.sha256(content).hexdigest()
        (self.folder / digest).write_bytes(content)
        return digest

    def take(self, digest: str) -> bytes | None:
        with suppress(FileNotFoundError):
            return (self.folder / digest).read_bytes()
        return None

    def throw_away(self, digest: str) -> None:
        (self.folder / digest).unlink(missing_ok=True)


@dataclass(frozen=True)
class Outcome:
    """What came of a form; the page starts with none of it."""

    report: ShownReport | None = None
    digest: str = ""
    name: str = ""
    missing: bool = False
    gone: bool = False
    refusal: str = ""
    skip_bad: bool = False
    is_from_above: bool = False
    status: int = 200


@dataclass(frozen=True)
class ImportDesk:
    """Where a visitor brings ledgers into one year of one district."""

    visit: SignedIn
    district: str
    year: Year

    @property
    def drawer(self) -> Drawer:
        return Drawer(self.visit.desk.settings.console_uploads)

    async def send(
        self, upload: Upload, *, check: bool, skip_bad: bool, is_from_above: bool
    ) -> Outcome:
        """What intake says of the ledger; a refusal of the ledger itself is an outcome too."""
        kind = "handed-down" if is_from_above else "ledger"
        path = service_path("districts", self.district, "years", self.year, kind)
        choice = {"check": str(check).lower(), "skip_bad": str(skip_bad).lower()}
        try:
            report = await self.visit.enquiry.send_file(ShownReport, "intake", path, choice, upload)
        except ServiceRefused as refusal:
            if refusal.status not in ABOUT_THE_LEDGER:
                raise
            return Outcome(
                refusal=self.visit.sentence_of(refusal),
                is_from_above=is_from_above,
                status=refusal.status,
            )
        return Outcome(
            report=report, name=upload.name, skip_bad=skip_bad, is_from_above=is_from_above
        )

    async def page(self, outcome: Outcome) -> HTMLResponse:
        return self.visit.page(
            "import.html",
            status=outcome.status,
            district=await the_district(self.visit, self.district),
            year=self.year,
            section="import",
            outcome=outcome,
            report=outcome.report,
        )


AtDesk = Annotated[ImportDesk, Depends()]


@pages.get("", response_class=HTMLResponse)
@pages.get("/check", response_class=HTMLResponse)
async def show_import(desk: AtDesk) -> Response:
    return await desk.page(Outcome())


@pages.post(
    "/check",
    response_class=HTMLResponse,
    dependencies=[OwnForm],
)
async def check_ledger(
    desk: AtDesk,
    file: Annotated[UploadFile | None, File()] = None,
    *,
    is_from_above: Annotated[bool, Form()] = False,
) -> Response:
    content = await file.read() if file else b""
    if file is None or not content:
        return await desk.page(Outcome(missing=True, status=MISSING))
    upload = Upload(name=file.filename or "ledger", content=content)
    outcome = await desk.send(upload, check=True, skip_bad=False, is_from_above=is_from_above)
    digest = desk.drawer.put(content) if outcome.report else ""
    return await desk.page(replace(outcome, digest=digest))


@pages.post(
    "",
    response_class=HTMLResponse,
    dependencies=[OwnForm],
)
async def import_ledger(
    desk: AtDesk,
    digest: Annotated[str, Form(pattern=r"^[0-9a-f]{64}$")],
    name: Annotated[str, Form(min_length=1, max_length=255)],
    *,
    skip_bad: Annotated[bool, Form()] = False,
    is_from_above: Annotated[bool, Form()] = False,
) -> Response:
    content = desk.drawer.take(digest)
    if content is None:
        return await desk.page(Outcome(gone=True, status=MISSING))
    outcome = await desk.send(
        Upload(name, content), check=False, skip_bad=skip_bad, is_from_above=is_from_above
    )
    if outcome.report and outcome.report.written:
        desk.drawer.throw_away(digest)
    return await desk.page(replace(outcome, digest=digest))
