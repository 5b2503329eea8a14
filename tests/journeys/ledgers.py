"""Makes ledgers for journeys: the sample with some cells changed."""

import io
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook


def changed_ledger(sample: Path, changes: dict[str, dict[str, str]]) -> bytes:
    """The sample workbook with cells replaced: case number → heading → new text."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(
        target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    ) as book:
        source = CalamineWorkbook.from_path(str(sample))
        for name in source.sheet_names:
            sheet = book.add_worksheet(name)
            headings: list[str] = []
            for row_number, cells in enumerate(
                source.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ):
                if "案号" in cells:
                    headings = [str(cell) for cell in cells]
                row = dict(zip(headings, cells, strict=False)) if headings else {}
                replaced = changes.get(str(row.get("案号", "")), {})
                for column, cell in enumerate(cells):
                    heading = headings[column] if column < len(headings) else ""
                    sheet.write(row_number, column, replaced.get(heading, cell))
    return target.getvalue()


def ledger_of(rows: int) -> bytes:
    """A made-up ledger of this many cases, as CSV: every tenth one led by the district."""
    lines = [
        "案号,案由,提案人,提案形式,主办单位,会办单位,交办日期,签收日期,办前见面,会办意见日期,答复日期,文号,类别,公开属性,满意度,备注"
    ]
    for number in range(1, rows + 1):
        known = f"2024{number:04d},关于虚构事项{number}的建议,虚构委员{number},个人"
        if number % 10:
            lines.append(
                f"{known},深圳市教育局,龙岗区教育局,2024-03-08,2024-03-11,,,2024-04-02,,,,,虚构"
            )
        else:
            lines.append(
                f"{known},龙岗区科技创新局,龙岗区教育局,2024-03-08,2024-03-11,2024-03-20,2024-04-02,"
                f"2024-05-22,虚构〔2024〕{number}号,A,主动公开,满意,虚构"
            )
    return "\n".join(lines).encode()
