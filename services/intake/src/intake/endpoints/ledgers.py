"""Ledgers over HTTP: check a spreadsheet, or bring its rows into the log."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, File, UploadFile

from contracts.command import Year
from contracts.vocabulary import ActorRole
from hosting.rulebooks import rulebook_in_force
from hosting.signing import SignedIn, require_role
from intake.endpoints.importing import Desk, Import
from ledger import LedgerReport, read_ledger

IMPORTERS = frozenset({ActorRole.SUPERVISION})


def ledger_routes(desk: Desk) -> APIRouter:
    router = APIRouter(tags=["ledgers"])

    @router.post("/districts/{district}/years/{year}/ledger")
    async def import_ledger(
        district: str,
        year: Year,
        file: Annotated[UploadFile, File()],
        actor: SignedIn,
        *,
        check: bool = False,
        skip_bad: bool = False,
    ) -> LedgerReport:
        """Read a ledger (.xlsx, .xls, .csv); write its rows unless `check`, or unless one is bad."""
        require_role(actor, IMPORTERS)
        directory = desk.directories.find(district)
        rulebook = await rulebook_in_force(desk.handling.log, district, year)
        content = await file.read()
        ledger = await asyncio.to_thread(
            read_ledger, content, file.filename or "ledger", district=directory, year=year
        )
        batch = Import(desk, district, year, actor, ledger, rulebook)
        await batch.foresee()
        if not check and (skip_bad or not batch.has_errors):
            await batch.write()
        return batch.report(checked_only=check)

    return router
