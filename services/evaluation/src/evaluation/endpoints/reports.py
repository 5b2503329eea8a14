"""The reports of a year (报表): which there are, and each as data and as an .xlsx workbook."""

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Response
from fastapi.concurrency import run_in_threadpool

from contracts.command import Year
from contracts.reports import Report, ReportList
from contracts.vocabulary import CHINA
from evaluation.decisions.reporting.defining import Reported
from evaluation.decisions.reporting.registry import LISTED, report_of
from evaluation.endpoints.readers import REPORT_READERS
from evaluation.endpoints.summaries import Console
from evaluation.endpoints.workbooks import write_report
from evaluation.endpoints.years import Years, YearState
from hosting.as_of import AskedState
from hosting.clock import Clock
from hosting.signing import SignedIn, require_role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ReportId = Annotated[str, Path(max_length=40, description="报表编号 / id of a report")]


def report_routes(years: Years, clock: Clock) -> APIRouter:
    router = APIRouter(tags=["reports"])

    async def state_asked(
        district: str, year: Year, actor: SignedIn, asked: AskedState
    ) -> YearState:
        require_role(actor, REPORT_READERS)
        return await years.of(district, year, asked)

    async def made(report: str, state: YearState) -> Report:
        today = clock().astimezone(CHINA).date()
        return await run_in_threadpool(
            report_of, report, reported_of(state, state.shown.day(today))
        )

    @router.get("/reports")
    async def list_reports(actor: SignedIn) -> ReportList:
        """The reports that there are."""
        return LISTED

    @router.get("/districts/{district}/years/{year}/reports/{report}")
    async def report_as_data(
        report: ReportId, state: Annotated[YearState, Depends(state_asked)]
    ) -> Report:
        """A report with every line behind its counts."""
        return await made(report, state)

    @router.get(
        "/districts/{district}/years/{year}/reports/{report}/workbook.xlsx",
        response_class=Response,
        responses={200: {"content": {XLSX: {}}}},
    )
    async def workbook(
        report: ReportId,
        state: Annotated[YearState, Depends(state_asked)],
        console: Console | None = None,
    ) -> Response:
        """The report to print, and to reckon on with: counts are formulas over the lines."""
        place, found = state.district.name, await made(report, state)
        name = quote(f"{place}{found.year}年{found.title}.xlsx", safe="")
        return Response(
            await run_in_threadpool(write_report, found, place, console or ""),
            media_type=XLSX,
            headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"},
        )

    return router


def reported_of(state: YearState, day: date) -> Reported:
    """The state of a year as reports look at it, on the day that overdue work is judged by."""
    return Reported(
        district=state.district.code,
        year=state.year,
        position=state.shown.position,
        day=day,
        cases=state.facts.cases,
        assignments=state.facts.assignments,
        returns=state.facts.returns,
        rulebook=state.rulebook,
    )
