"""Dates as clerks write them, and what is wrong with those that no calendar has."""

import re
from calendar import month_name, monthrange
from datetime import date, datetime, timedelta
from typing import Final

from ledger.cells import Cell, plain
from ledger.problems import Finding, Misread, Severity

DATE_UNREADABLE: Final = Finding(
    "date_unreadable",
    Severity.ERROR,
    "“{written}”不是完整的日期，应写明年月日，如2024-06-30、2024/6/30或2024年6月30日",
    "“{written}” is not a full date; write year, month and day, such as 2024-06-30",
)
DAY_IMPOSSIBLE: Final = Finding(
    "date_impossible",
    Severity.ERROR,
    "“{written}”：{month}月没有{day}日，最后一天是{last_day}日（{last}）",
    "“{written}”: {month_en} has no day {day}, its last day is {last}",
)
MONTH_IMPOSSIBLE: Final = Finding(
    "month_impossible",
    Severity.ERROR,
    "“{written}”：没有{month}月，月份应为1至12",
    "“{written}”: there is no month {month}; months are 1 to 12",
)

YEAR_IMPOSSIBLE: Final = Finding(
    "year_impossible",
    Severity.ERROR,
    "“{written}”：年份应在1949年至2100年之间",
    "“{written}”: years are 1949 to 2100",
)

_YEARS = range(1949, 2101)
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = (36_526, 73_051)  # 2000 to 2099, as spreadsheet programs number the days
_AROUND_SIGNS = re.compile(r"\s*([年月日号/.-])\s*")
_WRITTEN = re.compile(
    r"(?P<year>\d{4})(?P<sign>[-/.年])(?P<month>\d{1,2})(?:(?P=sign)|月)(?P<day>\d{1,2})[日号]?"
    r"(?:[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?",
    re.ASCII,
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII)


def day(cell: Cell) -> date | None:
    """The date in a cell; nothing when it is empty."""
    if isinstance(cell, datetime):
        return _in_our_time(cell.date(), f"{cell:%Y-%m-%d}")
    if isinstance(cell, date):
        return _in_our_time(cell, f"{cell:%Y-%m-%d}")
    written = plain(cell)
    if not written:
        return None
    tidy = _AROUND_SIGNS.sub(r"\1", written)
    found = _WRITTEN.fullmatch(tidy) or _COMPACT.fullmatch(tidy)
    if found:
        return _on_the_calendar(written, *map(int, found.group("year", "month", "day")))
    if isinstance(cell, int | float) and _SERIALS[0] <= cell < _SERIALS[1]:
        return _DAY_ZERO + timedelta(days=int(cell))
    raise Misread(DATE_UNREADABLE, written=written)


def _on_the_calendar(written: str, year: int, month: int, of_month: int) -> date:
    if not 1 <= month <= 12:  # noqa: PLR2004
        raise Misread(MONTH_IMPOSSIBLE, written=written, month=month)
    if year not in _YEARS:
        raise Misread(YEAR_IMPOSSIBLE, written=written)
    last = date(year, month, monthrange(year, month)[1])
    if not 1 <= of_month <= last.day:
        raise Misread(
            DAY_IMPOSSIBLE,
            written=written,
            month=month,
            month_en=month_name[month],
            day=of_month,
            last_day=last.day,
            last=last,
        )
    return _in_our_time(date(year, month, of_month), written)


def _in_our_time(found: date, written: str) -> date:
    if found.year not in _YEARS:
        raise Misread(YEAR_IMPOSSIBLE, written=written)
    return found
