"""The reports of a year (报表): which there are, one of them with the cases behind it, and its workbook."""

import asyncio
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, Response

from console.endpoints.districts import Year, the_district
from console.endpoints.looking_back import LookedAt
from console.endpoints.visits import SignedIn, only_for_readers_of, service_path
from contracts.reports import Report, ReportLine, ReportList

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES_SHOWN = 500

ReportId = Annotated[str, Path(max_length=40, pattern=r"^[a-z-]+$")]
Choice = Annotated[str, Query(max_length=200)]

pages = APIRouter(
    prefix="/districts/{district}/years/{year}/reports",
    dependencies=[only_for_readers_of("reports")],
)


@pages.get("", response_class=HTMLResponse)
async def show_reports(visit: SignedIn, district: str, year: Year, moment: LookedAt) -> Response:
    entry, listed = await asyncio.gather(
        the_district(visit, district), visit.enquiry.get(ReportList, "evaluation", "/reports")
    )
    return visit.page(
        "reports.html",
        district=entry,
        year=year,
        section="reports",
        reports=listed.reports,
        moment=moment,
    )


@pages.get("/{report}.xlsx")
async def hand_out_workbook(
    visit: SignedIn, district: str, year: Year, report: ReportId, moment: LookedAt
) -> Response:
    """The workbook; each case number in it leads back to this console."""
    place = service_path("districts", district, "years", year, "reports", report, "workbook.xlsx")
    wishes = {"console": str(visit.request.base_url), **moment.asked}
    name = quote(f"{district}-{year}-{report}.xlsx", safe="")
    return Response(
        await visit.enquiry.get_file("evaluation", place, wishes),
        media_type=XLSX,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Cache-Control": "no-store",
        },
    )


@pages.get("/{report}", response_class=HTMLResponse)
async def show_report(  # noqa: PLR0913, PLR0917  a place, a moment, and what is chosen there
    visit: SignedIn,
    district: str,
    year: Year,
    report: ReportId,
    moment: LookedAt,
    group: Choice = "",
    count: Choice = "",
) -> Response:
    """A report; each of its counts leads to the lines that make it up."""
    place = service_path("districts", district, "years", year, "reports", report)
    entry, found = await asyncio.gather(
        the_district(visit, district),
        visit.enquiry.get(Report, "evaluation", place, moment.asked),
    )
    lines = _chosen(found, group, count)
    return visit.page(
        "report_of_year.html",
        district=entry,
        year=year,
        section="reports",
        moment=moment,
        found=found,
        group=group,
        count=count,
        lines=lines[:LINES_SHOWN],
        with_groups=not _says_twice(found),
        left_out=max(len(lines) - LINES_SHOWN, 0),
    )


def _says_twice(report: Report) -> bool:
    """Whether the cells of each line say already which group it is in."""
    return any(
        each.label == report.grouped_by.label
        and all(line.cells[nth] == line.group for line in report.lines)
        for nth, each in enumerate(report.described)
    )


def _chosen(report: Report, group: str, count: str) -> list[ReportLine]:
    """The lines of a group that add to a count; of all groups, or to any count, where none is named."""
    columns = [each.id for each in report.counted]
    nth = columns.index(count) if count in columns else None
    return [
        line
        for line in report.lines
        if (not group or line.group == group) and (nth is None or line.counts[nth])
    ]
