"""Ledgers over HTTP: check a spreadsheet, or bring its rows into the log."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile

from contracts.command import Line, Year
from contracts.directory import District
from contracts.vocabulary import ActorRole
from hosting.calendars import calendar_in_force
from hosting.directories import Directories
from hosting.rulebooks import rulebook_in_force
from hosting.signing import SignedIn, require_role
from intake.endpoints.handing_down import HandedDownList
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
        return await _carried_out(
            Import(desk, district, year, actor, ledger, rulebook), check=check, skip_bad=skip_bad
        )

    @router.post("/districts/{district}/years/{year}/handed-down")
    async def take_over(  # noqa: PLR0913  each is a field of the form or the address
        district: str,
        year: Year,
        file: Annotated[UploadFile, File()],
        actor: SignedIn,
        *,
        upper_name: Annotated[
            Line, Query(description="交办的上级 / who hands down")
        ] = HandedDownList.upper_name,
        check: bool = False,
        skip_bad: bool = False,
    ) -> LedgerReport:
        """Take over what the upper level dispatched (上级交办清单); the rows await dispatch here."""
        require_role(actor, IMPORTERS)
        directory = _knowing_those_above(desk.directories, district)
        rulebook = await rulebook_in_force(desk.handling.log, district, year)
        content = await file.read()
        ledger = await asyncio.to_thread(
            read_ledger, content, file.filename or "list", district=directory, year=year
        )
        batch = HandedDownList(desk, district, year, actor, ledger, rulebook)
        batch.upper_name = upper_name
        batch.calendar = await calendar_in_force(desk.handling.log, district, desk.calendar)
        return await _carried_out(batch, check=check, skip_bad=skip_bad)

    return router


def _knowing_those_above(directories: Directories, code: str) -> District:
    """The district with the units that it knows itself, and those of the upper levels it takes from."""
    district = directories.find(code)
    units = list(district.units)
    for upper in directories:
        if upper.code in district.takes_from:
            units += [
                unit.model_copy(update={"own": False})
                for unit in upper.units
                if all(district.unit(name) is None for name in (unit.name, *unit.aliases))
            ]
    return district.model_copy(update={"units": tuple(units)})


async def _carried_out(batch: Import, *, check: bool, skip_bad: bool) -> LedgerReport:
    """Write what is good, unless it is only checked, or something is bad and bad is not skipped."""
    await batch.foresee()
    if not check and (skip_bad or not batch.has_errors):
        await batch.write()
    return batch.report(checked_only=check)
