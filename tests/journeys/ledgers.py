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
