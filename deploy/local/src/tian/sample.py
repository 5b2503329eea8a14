"""Writing the sample ledger as a workbook from its two reviewable sources, always the same bytes."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_CREATED: Final = datetime(2024, 11, 20, tzinfo=UTC).replace(tzinfo=None)
_PROPOSALS: Final = ("台账", "2024年度市政协提案办理台账（样例）")
_CLUES: Final = ("线索", "2024年度提案线索采用情况（样例）")
_WIDTHS: Final = {
    "案由": 60,
    "提案线索": 44,
    "提案人": 24,
    "主办单位": 34,
    "分办单位": 34,
    "会办单位": 52,
    "提供单位": 26,
    "文号": 20,
    "备注": 40,
}
_USUAL_WIDTH: Final = 13
_HEADER_ROW: Final = 1


def write_workbook(proposals_csv: Path, clues_csv: Path, target: Path) -> None:
    """Write both sources into one workbook, a sheet each, dates as real dates."""
    with Workbook(target) as workbook:
        workbook.set_properties({"title": _PROPOSALS[1], "created": _CREATED})
        formats = _Formats(workbook)
        for (name, title), source in ((_PROPOSALS, proposals_csv), (_CLUES, clues_csv)):
            _write_sheet(workbook.add_worksheet(name), title, _rows(source), formats)


class _Formats:
    """How the cells look."""

    def __init__(self, workbook: Workbook) -> None:
        cell = {"border": 1, "valign": "vcenter", "text_wrap": True}
        self.title: Format = workbook.add_format({"bold": True, "font_size": 16})
        self.heading: Format = workbook.add_format(
            {**cell, "bold": True, "bg_color": "#DDE6F0", "align": "center"}
        )
        self.text: Format = workbook.add_format({**cell, "num_format": "@"})
        self.date: Format = workbook.add_format({**cell, "num_format": "yyyy-mm-dd"})


def _rows(source: Path) -> list[list[str]]:
    with source.open(encoding="utf-8", newline="") as text:
        return list(csv.reader(text))


def _write_sheet(sheet: Worksheet, title: str, rows: list[list[str]], formats: _Formats) -> None:
    headings, *entries = rows
    sheet.write_string(0, 0, title, formats.title)
    sheet.set_row(0, 30)
    sheet.freeze_panes(_HEADER_ROW + 1, 2)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, _WIDTHS.get(heading, _USUAL_WIDTH))
        sheet.write_string(_HEADER_ROW, column, heading, formats.heading)
    for row, entry in enumerate(entries, start=_HEADER_ROW + 1):
        for column, (heading, written) in enumerate(zip(headings, entry, strict=True)):
            if written and heading.endswith(("日期", "期限", "见面")):
                sheet.write_datetime(row, column, date.fromisoformat(written), formats.date)
            else:
                sheet.write_string(row, column, written, formats.text)
