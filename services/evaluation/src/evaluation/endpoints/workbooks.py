"""A report as an .xlsx workbook: counts as formulas over the lines behind them, ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Final
from urllib.parse import quote

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from contracts.reports import Cell, Report, ReportColumn, ReportLine

LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
A4: Final = 9
TITLE_ROW, NOTE_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2, 3
COUNTS, LINES = "统计", "明细"
TITLE_FONT, HEADING_FONT, TEXT_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
GROUP_WIDTH, COUNT_WIDTH, CELL_WIDTH = 30, 11, 14
WIDTHS: Final = {"title": 46, "unit": 20, "proposers": 22, "reason": 26, "text": 40}
DATE_WIDTH = 12
WIDE_ENOUGH = 7  # columns, for the note on what is counted


class _Looks:
    """How the cells look."""

    def __init__(self, workbook: Workbook) -> None:
        text = {"font_name": TEXT_FONT, "font_size": 12, "valign": "vcenter"}
        cell = {**text, "border": 1, "text_wrap": True}
        heading = {**cell, "font_name": HEADING_FONT, "bg_color": "#DDE6F0", "align": "center"}
        self.title: Format = workbook.add_format({"font_name": TITLE_FONT, "font_size": 18})
        self.note: Format = workbook.add_format({**text, "font_size": 10, "text_wrap": True})
        self.heading: Format = workbook.add_format(heading)
        self.text: Format = workbook.add_format({**cell, "num_format": "@"})
        self.count: Format = workbook.add_format({**cell, "num_format": "0", "align": "right"})
        self.date: Format = workbook.add_format({**cell, "num_format": "yyyy-mm-dd"})
        self.link: Format = workbook.add_format(
            {**cell, "num_format": "@", "font_color": "#1F4E9E", "underline": 1}
        )
        self.sum_text: Format = workbook.add_format({**cell, "font_name": HEADING_FONT, "top": 2})
        self.sum: Format = workbook.add_format(
            {**cell, "font_name": HEADING_FONT, "num_format": "0", "align": "right", "top": 2}
        )


def write_report(report: Report, place: str, console: str = "") -> bytes:
    """The workbook of a report; the same report gives the same bytes.

    `place` is the district's name as it is printed. With the console's address, each case number is
    a link to the case.
    """
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": report.title, "created": LONG_AGO})
        writing = _Writing(workbook, _Looks(workbook), report, place, console.rstrip("/"))
        writing.write()
    return file.getvalue()


@dataclass(frozen=True)
class _Writing:
    """One workbook while it is written: the counts on the first sheet, the lines on the second."""

    workbook: Workbook
    looks: _Looks
    report: Report
    place: str
    console: str

    def write(self) -> None:
        counts, lines = self.workbook.add_worksheet(COUNTS), self.workbook.add_worksheet(LINES)
        self._write_counts(counts)
        self._write_lines(lines)

    @property
    def _note(self) -> str:
        report = self.report
        return (
            f"{self.place} {report.year} 年，截至日志第 {report.position} 条，"
            f"以 {report.day} 为准。{report.rule}\n"
            f"{report.year}, as of event {report.position} of the log, on {report.day}."
            f" {report.rule_en}"
        )

    def _begin(self, sheet: Worksheet, columns: Sequence[ReportColumn], title: str) -> None:
        """Title, what is counted, headings; and how the sheet is printed and scrolled."""
        sheet.write_string(TITLE_ROW, 0, title, self.looks.title)
        sheet.set_row(TITLE_ROW, 30)
        last = max(len(columns) - 1, WIDE_ENOUGH)
        sheet.merge_range(NOTE_ROW, 0, NOTE_ROW, last, self._note, self.looks.note)
        sheet.set_row(NOTE_ROW, 78)
        sheet.set_row(HEADER_ROW, 48)
        for nth, column in enumerate(columns):
            sheet.write_string(
                HEADER_ROW, nth, f"{column.label}\n{column.label_en}", self.looks.heading
            )
            sheet.set_column(nth, nth, _width(column))
        sheet.freeze_panes(FIRST_ROW, 1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW)
        sheet.set_footer("&C第 &P 页，共 &N 页")

    def _write_counts(self, sheet: Worksheet) -> None:
        report = self.report
        self._begin(sheet, (report.grouped_by, *report.counted), report.title)
        for nth, row in enumerate(report.rows):
            at = FIRST_ROW + nth
            sheet.write_string(at, 0, row.group, self.looks.text)
            for column, count in enumerate(row.counts, start=1):
                formula = self._sum_of_lines(xl_rowcol_to_cell(at, 0, col_abs=True), column - 1)
                sheet.write_formula(at, column, formula, self.looks.count, count)
        self._write_totals(sheet)
        if report.chart and report.rows:
            self._add_chart(sheet)

    def _sum_of_lines(self, group: str, nth: int) -> str:
        """The sum of a count over the lines of a group, as a formula."""
        first, last = FIRST_ROW + 1, FIRST_ROW + max(len(self.report.lines), 1)
        count = xl_col_to_name(self._first_count + nth)
        groups, counts = (f"{LINES}!${c}${first}:${c}${last}" for c in ("A", count))
        return f"=SUMPRODUCT(--EXACT({groups},{group}),{counts})"

    def _write_totals(self, sheet: Worksheet) -> None:
        at = FIRST_ROW + len(self.report.rows)
        sheet.write_string(at, 0, "合计\nTotal", self.looks.sum_text)
        sheet.set_row(at, 34)
        for column, total in enumerate(self.report.totals, start=1):
            if not self.report.rows:
                sheet.write_number(at, column, total, self.looks.sum)
                continue
            first, last = (xl_rowcol_to_cell(row, column) for row in (FIRST_ROW, at - 1))
            sheet.write_formula(at, column, f"=SUM({first}:{last})", self.looks.sum, total)

    def _add_chart(self, sheet: Worksheet) -> None:
        """A bar for the last count of each group."""
        last_row, column = FIRST_ROW + len(self.report.rows) - 1, len(self.report.counted)
        chart = self.workbook.add_chart({"type": "bar"})
        chart.add_series(
            {
                "categories": [COUNTS, FIRST_ROW, 0, last_row, 0],
                "values": [COUNTS, FIRST_ROW, column, last_row, column],
                "data_labels": {"value": True},
                "gap": 60,
            }
        )
        chart.set_title({"name": self.report.title, "name_font": {"name": HEADING_FONT}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        sheet.insert_chart(last_row + 3, 0, chart)

    @property
    def _first_count(self) -> int:
        return 1 + len(self.report.described)

    def _write_lines(self, sheet: Worksheet) -> None:
        report = self.report
        basis = ReportColumn(id="positions", label="依据（日志位次）", label_en="Log positions")
        columns = (report.grouped_by, *report.described, *report.counted, basis)
        self._begin(sheet, columns, f"{report.title}（明细）")
        for nth, line in enumerate(report.lines):
            self._write_line(sheet, FIRST_ROW + nth, line)
        sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + len(report.lines), len(columns) - 1)

    def _write_line(self, sheet: Worksheet, at: int, line: ReportLine) -> None:
        sheet.write_string(at, 0, line.group, self.looks.text)
        for nth, (column, cell) in enumerate(
            zip(self.report.described, line.cells, strict=True), start=1
        ):
            self._write_cell(sheet, (at, nth), column, cell, line)
        for nth, count in enumerate(line.counts, start=self._first_count):
            sheet.write_number(at, nth, count, self.looks.count)
        basis = "、".join(map(str, line.positions))
        sheet.write_string(at, self._first_count + len(line.counts), basis, self.looks.text)

    def _write_cell(
        self,
        sheet: Worksheet,
        at: tuple[int, int],
        column: ReportColumn,
        cell: Cell,
        line: ReportLine,
    ) -> None:
        row, nth = at
        if cell is None:
            sheet.write_blank(row, nth, None, self.looks.text)
        elif column.kind == "date":
            sheet.write_datetime(row, nth, date.fromisoformat(str(cell)), self.looks.date)
        elif column.id == "number" and self.console and line.proposal_id:
            district, proposal = quote(self.report.district, safe=""), quote(line.proposal_id, "")
            kind = "proposals" if self.report.is_of_proposals else "cases"
            address = f"{self.console}/districts/{district}/{kind}/{proposal}"
            sheet.write_url(row, nth, address, self.looks.link, str(cell))
        else:
            sheet.write_string(row, nth, str(cell), self.looks.text)


def _width(column: ReportColumn) -> int:
    if column.kind == "count":
        return COUNT_WIDTH
    if column.kind == "date":
        return DATE_WIDTH
    return GROUP_WIDTH if column.id == "group" else WIDTHS.get(column.id, CELL_WIDTH)
