"""The reports of a year as workbooks: ready to print, traceable, and equal to the raw log."""

import re
from collections.abc import AsyncIterator
from datetime import date
from io import BytesIO
from itertools import count
from zipfile import ZipFile

import asyncpg
import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from contracts.reports import Report
from evaluation.decisions.reporting.defining import Reported
from evaluation.decisions.reporting.registry import DEFINITIONS, NoSuchReport, report_of
from evaluation.endpoints.reports import reported_of
from evaluation.endpoints.workbooks import COUNTS, FIRST_ROW, HEADER_ROW, LINES, write_report
from evaluation.state import ReturnFact
from eventlog import EventLog
from tests.evaluation.random_years import YEAR, year_of
from tests.evaluation.reported_in_log import Counts, name_of, reported_in_log
from tests.evaluation.test_any_year import record, state_of

ON_THE_DAY = date(YEAR, 6, 15)
A_YEAR = 2_861_097  # fifty cases in which everything happens
districts = (f"reports-{nth}" for nth in count())


@pytest.fixture
async def pool(database: str) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(database, min_size=1, max_size=4) as pool:
        yield pool


@pytest.fixture
async def district(pool: asyncpg.Pool) -> str:
    """A district with a random year in its log."""
    name = next(districts)
    await record(EventLog(pool), name, year_of(A_YEAR))
    return name


@pytest.fixture
async def reported(pool: asyncpg.Pool, district: str) -> Reported:
    return reported_of(await state_of(pool, EventLog(pool), district), ON_THE_DAY)


def opened(report: Report, *, values: bool = False) -> Workbook:
    content = write_report(report, "龙岗区", "http://console.test/")
    return load_workbook(BytesIO(content), data_only=values)


def printed(report: Report) -> Counts:
    """Every count on the first sheet that is not nought, as the file itself has it."""
    sheet = opened(report, values=True)[COUNTS]
    rows = list(sheet.iter_rows(min_row=FIRST_ROW + 1, values_only=True))
    return {
        (report.id, name_of(report.id, str(row[0])), column.id): int(str(number))
        for row in rows[: len(report.rows)]
        for column, number in zip(report.counted, row[1:], strict=False)
        if number
    }


async def test_every_workbook_holds_what_sql_counts_over_the_raw_log(
    pool: asyncpg.Pool, district: str, reported: Reported
) -> None:
    made = [report_of(each, reported) for each in DEFINITIONS]
    found = {key: number for report in made for key, number in printed(report).items()}
    by_sql = await reported_in_log(pool, district, YEAR, ON_THE_DAY)
    assert found == by_sql
    assert {key[0] for key in found} == DEFINITIONS.keys()


async def test_every_count_is_a_formula_over_the_lines_that_gives_the_same_number(
    reported: Reported,
) -> None:
    for each in DEFINITIONS:
        report = report_of(each, reported)
        formulas, values = opened(report), opened(report, values=True)
        lines = list(values[LINES].iter_rows(min_row=FIRST_ROW + 1, values_only=True))
        for at, row in enumerate(report.rows, start=FIRST_ROW + 1):
            for nth in range(1, 1 + len(report.counted)):
                formula = str(formulas[COUNTS].cell(at, nth + 1).value)
                own = [line for line in lines if line[0] == row.group]
                column = len(report.described) + nth
                assert formula.startswith(f"=SUMPRODUCT(--EXACT({LINES}!$A$4:$A$")
                assert formula.endswith(f"{3 + max(len(report.lines), 1)})")
                summed = sum(int(str(line[column])) for line in own)
                assert values[COUNTS].cell(at, nth + 1).value == summed
        last = FIRST_ROW + 1 + len(report.rows)
        for nth, total in enumerate(report.totals, start=2):
            assert str(formulas[COUNTS].cell(last, nth).value).startswith("=SUM(")
            assert values[COUNTS].cell(last, nth).value == total


async def test_a_workbook_is_ready_to_print_and_its_headings_stay_in_sight(
    reported: Reported,
) -> None:
    for sheet in opened(report_of("by-unit", reported)).worksheets:
        assert sheet.freeze_panes == f"B{FIRST_ROW + 1}"
        assert sheet.print_title_rows == f"${HEADER_ROW + 1}:${HEADER_ROW + 1}"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.cell(FIRST_ROW + 1, 1).font.name in {"仿宋_GB2312", "黑体"}


async def test_a_line_names_its_case_its_positions_and_leads_to_the_console(
    reported: Reported,
) -> None:
    report = report_of("by-unit", reported)
    sheet = opened(report)[LINES]
    line = report.lines[0]
    number = sheet.cell(FIRST_ROW + 1, 2)
    assert number.value == line.cells[0]
    place = f"http://console.test/districts/{report.district}/cases/{line.proposal_id}"
    assert number.hyperlink is not None
    assert number.hyperlink.target == place
    basis = sheet.cell(FIRST_ROW + 1, sheet.max_column).value
    assert basis == "、".join(map(str, line.positions))
    assert line.positions


async def test_the_same_report_gives_the_same_bytes(reported: Reported) -> None:
    report = report_of("feedback", reported)
    content = write_report(report, "龙岗区")
    assert write_report(report, "龙岗区") == content
    properties = ZipFile(BytesIO(content)).read("docProps/core.xml").decode()
    assert re.findall(r">(\d{4}-\d\d-\d\d)T", properties) == ["2000-01-01"] * 2


async def test_opinions_of_proposers_have_a_bar_each(reported: Reported) -> None:
    content = write_report(report_of("feedback", reported), "龙岗区")
    drawn = ZipFile(BytesIO(content)).read("xl/charts/chart1.xml").decode()
    assert "<c:f>统计!$D$4:$D$6</c:f>" in drawn


def test_a_year_without_cases_has_reports_with_noughts() -> None:
    empty = Reported("longgang", 2031, 0, ON_THE_DAY, (), (), ())
    for each in DEFINITIONS:
        report = report_of(each, empty)
        assert set(report.totals) == {0}
        assert opened(report, values=True)[LINES].max_row == HEADER_ROW + 1


def test_a_report_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    empty = Reported("longgang", 2031, 0, ON_THE_DAY, (), (), ())
    with pytest.raises(NoSuchReport, match="by-unit"):
        report_of("by-weather", empty)


def test_a_group_that_looks_like_a_formula_stays_text() -> None:
    asked = ReturnFact("1", "1", "=1+1", "=2+2", 1, 0, 0, ON_THE_DAY, "@x", "-3")
    report = report_of("returns", Reported("l", 2024, 9, ON_THE_DAY, (), (), (asked,)))
    sheet = opened(report)[LINES]
    assert [sheet.cell(FIRST_ROW + 1, nth).data_type for nth in (1, 3)] == ["s", "s"]
