"""Ledgers made for a test: rows by heading, written in every format that is read."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import xlwt
from xlsxwriter import Workbook

from contracts.directory import District, read_district
from contracts.ledger import LedgerRow
from ledger import Ledger, Problem, read_ledger

ROOT = Path(__file__).parents[2]
Written = str | float | bool | date
Line = Sequence[Written]

CASE: Mapping[str, Written] = {
    "案号": "20240104",
    "案由": "关于社区花园的提案",
    "提案人": "委员甲",
    "提案形式": "个人",
    "重点": "",
    "主办单位": "龙岗区教育局",
    "独办单位": "",
    "分办单位": "",
    "会办单位": "",
    "交办日期": "2024-03-08",
    "答复期限": "",
    "签收日期": "",
    "办前见面": "",
    "办中见面": "",
    "办后见面": "",
    "会办意见日期": "",
    "答复日期": "",
    "文号": "",
    "办理结果类别": "",
    "公开属性": "",
    "满意度": "",
    "评价日期": "",
    "备注": "",
    "内容类别": "",
}
ANSWERED: Mapping[str, Written] = {
    "签收日期": "2024-03-09",
    "办前见面": "2024-03-15",
    "办中见面": "2024-04-15",
    "办后见面": "2024-05-25",
    "答复日期": "2024-05-20",
    "文号": "样例函〔2024〕1号",
    "办理结果类别": "A",
    "公开属性": "主动公开",
    "满意度": "满意",
    "评价日期": "2024-06-01",
}
CLUE: Mapping[str, Written] = {
    "线索编号": "X1",
    "提案线索": "社区花园由居民认领",
    "提供单位": "龙岗区教育局",
    "采用日期": "2024-01-12",
    "备注": "",
}


def longgang() -> District:
    return read_district((ROOT / "deploy/districts/longgang.toml").read_text(encoding="utf-8"))


DISTRICT = longgang()


def a_case(**changed: Written) -> dict[str, Written]:
    return {**CASE, **changed}


def an_answered_case(**changed: Written) -> dict[str, Written]:
    return {**CASE, **ANSWERED, **changed}


def a_co_case(**changed: Written) -> dict[str, Written]:
    return {**CASE, "主办单位": "深圳市教育局", "会办单位": "龙岗区教育局", **changed}


def a_clue(**changed: Written) -> dict[str, Written]:
    return {**CLUE, **changed}


def lines(*rows: Mapping[str, Written], without: Iterable[str] = ()) -> list[Line]:
    """A header and its rows, as they stand in a sheet."""
    every = dict.fromkeys(heading for row in rows for heading in row)
    headings = [heading for heading in every if heading not in set(without)]
    return [headings, *([row.get(heading, "") for heading in headings] for row in rows)]


def xlsx(sheets: Mapping[str, Sequence[Line]], hidden: Iterable[str] = ()) -> bytes:
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as workbook:
        as_date = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for row, line in enumerate(rows):
                for column, written in enumerate(line):
                    if isinstance(written, date):
                        sheet.write_datetime(row, column, written, as_date)
                    elif isinstance(written, str):
                        sheet.write_string(row, column, written)
                    else:
                        sheet.write(row, column, written)
    return content.getvalue()


def xls(sheets: Mapping[str, Sequence[Line]]) -> bytes:
    workbook = xlwt.Workbook()
    as_date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for name, rows in sheets.items():
        sheet = workbook.add_sheet(name)
        for row, line in enumerate(rows):
            for column, written in enumerate(line):
                if isinstance(written, date):
                    sheet.write(row, column, written, as_date)
                else:
                    sheet.write(row, column, written)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def csv_text(rows: Sequence[Line], delimiter: str = ",") -> str:
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def read(content: bytes, name: str = "台账.xlsx") -> Ledger:
    return read_ledger(content, name, district=DISTRICT, year=2024)


def read_lines(rows: Sequence[Line]) -> Ledger:
    return read(xlsx({"台账": rows}))


def read_cases(*cases: Mapping[str, Written]) -> Ledger:
    return read_lines(lines(*cases))


def only_row(ledger: Ledger) -> LedgerRow:
    assert [problem.message for problem in ledger.problems] == []
    (placed,) = ledger.rows
    return placed.row


def only_problem(ledger: Ledger) -> Problem:
    (problem,) = ledger.problems
    return problem


def codes(ledger: Ledger) -> list[str]:
    return [problem.code for problem in ledger.problems]
