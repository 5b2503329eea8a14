"""文稿自检 over HTTP: what disagrees in a document, and with the records of a year."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, File, HTTPException, UploadFile

from contracts.checking import CheckedDocument
from contracts.command import Year
from contracts.figures import Figures
from contracts.identity import MayNot
from document_check import Unreadable, against_the_log, check, read, text_of
from hosting.signing import SignedIn

CANNOT_BE_READ = 422
FiguresOf = Callable[[str, int], Awaitable[Figures]]


def checking_routes(figures_of: FiguresOf) -> APIRouter:
    router = APIRouter(tags=["documents"])

    @router.post("/check")
    async def check_document(
        file: Annotated[UploadFile, File()],
        actor: SignedIn,
        district: str | None = None,
        year: Year | None = None,
    ) -> CheckedDocument:
        """Read a document (.docx, .pdf with text, .txt); with district and year, beside the log."""
        if district is not None and not actor.is_of(district):
            raise MayNot
        content = await file.read()
        figures = None
        if district is not None and year is not None:
            figures = await figures_of(district, year)
        return await asyncio.to_thread(checked, file.filename or "document", content, figures)

    return router


def checked(name: str, content: bytes, figures: Figures | None) -> CheckedDocument:
    """The document with its findings; one that cannot be read is answered with 422 and why."""
    try:
        text = text_of(content)
        document = read(text)
    except Unreadable as refused:
        raise HTTPException(
            CANNOT_BE_READ, f"{refused.chinese} / {refused.in_english}"
        ) from refused
    findings = check(document)
    if figures is not None:
        findings += against_the_log(document, figures)
    return CheckedDocument(
        name=name, text=text, figures=len(document.quantities), findings=tuple(findings)
    )
