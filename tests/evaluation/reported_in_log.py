"""The counts of a year's reports by SQL over the raw log, and those of reports in the same shape."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import asyncpg

from contracts.reports import Report

REPORTING = (Path(__file__).parent / "reports.sql").read_text(encoding="utf-8")

Counts = Mapping[tuple[str, str, str], int]


async def reported_in_log(
    connection: asyncpg.Connection | asyncpg.Pool, district: str, year: int, day: date
) -> Counts:
    """Every count that is not nought, by report, group and count."""
    rows = await connection.fetch(REPORTING, district, year, day)
    return {(row["report"], row["grouping"], row["count"]): row["number"] for row in rows}


def counts_of(reports: Iterable[Report]) -> Counts:
    """The same of reports; the meaning that a rulebook gives a result class is left out."""
    return {
        (report.id, name_of(report.id, row.group), column.id): number
        for report in reports
        for row in report.rows
        for column, number in zip(report.counted, row.counts, strict=True)
        if number
    }


def name_of(report: str, group: str) -> str:
    return group.split(" 类", maxsplit=1)[0] if report == "by-result" else group
