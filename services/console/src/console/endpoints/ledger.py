"""Bringing a ledger in: check it first, see what is wrong, then import it."""

import hashlib
from contextlib import suppress
from pathlib import Path
from time import time
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import HTMLResponse, Response

from console.endpoints.answers import LedgerReport
from console.endpoints.districts import Year, the_district
from console.endpoints.services import ServiceRefused, Upload
from console.endpoints.visits import OwnForm, SignedIn, Visit, service_path

KEPT_SECONDS = 3600
ABOUT_THE_LEDGER = frozenset({400, 409, 413, 415, 422})

pages = APIRouter()


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


@pages.get("/districts/{district}/years/{year}/import", response_class=HTMLResponse)
@pages.get("/districts/{district}/years/{year}/import/check", response_class=HTMLResponse)
async def show_import(visit: SignedIn, district: str, year: Year) -> Response:
    return await _page(visit, district, year)


@pages.post(
    "/districts/{district}/years/{year}/import/check",
    response_class=HTMLResponse,
    dependencies=[OwnForm],
)
async def check_ledger(
    visit: SignedIn, district: str, year: Year, file: Annotated[UploadFile | None, File()] = None
) -> Response:
    content = await file.read() if file else b""
    if file is None or not content:
        return await _page(visit, district, year, missing=True)
    upload = Upload(name=file.filename or "ledger", content=content)
    try:
        report = await _send(visit, district, year, upload, {"check": "true", "skip_bad": "false"})
    except ServiceRefused as refusal:
        return await _refused(visit, district, year, refusal)
    digest = _drawer(visit).put(content)
    return await _page(visit, district, year, report=report, digest=digest, name=upload.name)


@pages.post(
    "/districts/{district}/years/{year}/import",
    response_class=HTMLResponse,
    dependencies=[OwnForm],
)
async def import_ledger(
    visit: SignedIn,
    district: str,
    year: Year,
    digest: Annotated[str, Form(pattern=r"^[0-9a-f]{64}$")],
    name: Annotated[str, Form(min_length=1, max_length=255)],
    *,
    skip_bad: Annotated[bool, Form()] = False,
) -> Response:
    content = _drawer(visit).take(digest)
    if content is None:
        return await _page(visit, district, year, gone=True)
    choice = {"check": "false", "skip_bad": "true" if skip_bad else "false"}
    try:
        report = await _send(visit, district, year, Upload(name, content), choice)
    except ServiceRefused as refusal:
        return await _refused(visit, district, year, refusal)
    if report.written:
        _drawer(visit).throw_away(digest)
    return await _page(visit, district, year, report=report, digest=digest, name=name)


def _drawer(visit: Visit) -> Drawer:
    return Drawer(visit.desk.settings.console_uploads)


async def _refused(
    visit: Visit, district: str, year: int, refusal: ServiceRefused
) -> HTMLResponse:
    """Beside the form, what is wrong with the ledger; any other refusal has a page of its own."""
    if refusal.status not in ABOUT_THE_LEDGER:
        raise refusal
    page = await _page(visit, district, year, refusal=visit.sentence_of(refusal))
    page.status_code = refusal.status
    return page


async def _send(
    visit: Visit, district: str, year: int, upload: Upload, choice: dict[str, str]
) -> LedgerReport:
    path = service_path("districts", district, "years", year, "ledger")
    return await visit.enquiry.send_file(LedgerReport, "intake", path, choice, upload)


async def _page(
    visit: Visit,
    district: str,
    year: int,
    *,
    report: LedgerReport | None = None,
    digest: str = "",
    name: str = "",
    missing: bool = False,
    gone: bool = False,
    refusal: str = "",
) -> HTMLResponse:
    return visit.page(
        "import.html",
        status=422 if missing or gone else 200,
        district=await the_district(visit, district),
        year=year,
        section="import",
        report=report,
        digest=digest,
        name=name,
        missing=missing,
        gone=gone,
        refusal=refusal,
    )
