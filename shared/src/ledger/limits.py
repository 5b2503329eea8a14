"""What a file may be at most, and what is said of a file that cannot be read at all."""

from dataclasses import dataclass
from typing import Final, Self

from ledger.problems import Finding, Misread, Severity

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_UNPACKED_BYTES: Final = 200 * 1024 * 1024
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 256
MOST_SHEETS: Final = 100
MOST_CELLS: Final = 6_000_000
ROWS_ABOVE_AND_BELOW: Final = 100  # titles, header, totals, notes

EMPTY_FILE: Final = Finding(
    "empty_file",
    Severity.ERROR,
    "文件是空的，请选择填好的台账（.xlsx、.xls或.csv）",
    "the file is empty; choose a filled ledger (.xlsx, .xls or .csv)",
)
FILE_TOO_LARGE: Final = Finding(
    "file_too_large",
    Severity.ERROR,
    "文件超过20MB，请删去图片和附件，或分成几个文件导入",
    "the file is larger than 20 MB; remove pictures and attachments, or import it in parts",
)
UNPACKED_TOO_LARGE: Final = Finding(
    "unpacked_too_large",
    Severity.ERROR,
    "文件展开后超过200MB，不予读取，请分成几个文件导入",
    "the file unfolds to more than 200 MB and is not read; import it in parts",
)
TOO_MANY_ROWS: Final = Finding(
    "too_many_rows",
    Severity.ERROR,
    "表格超过{most}行或{columns}列，不予读取。请分成几个文件导入，并删去表格以外多余的内容",
    "a table has more than {most} rows or {columns} columns and is not read; import it in parts "
    "and clear what stands outside the table",
)
TOO_MANY_SHEETS: Final = Finding(
    "too_many_sheets",
    Severity.ERROR,
    "工作表超过{most}张，请只留台账所在的工作表",
    "there are more than {most} sheets; keep only those of the ledger",
)
BROKEN_WORKBOOK: Final = Finding(
    "broken_workbook",
    Severity.ERROR,
    "文件已损坏或不完整，无法读取。请用Excel或WPS打开，另存为.xlsx后再导入",
    "this is not a readable workbook; open it in Excel or WPS, save it again as .xlsx "
    "and import that",
)
PASSWORD: Final = Finding(
    "password",
    Severity.ERROR,
    "文件有密码，请先取消密码再导入",
    "the file has a password; remove the password, then import it",
)
WPS_FORMAT: Final = Finding(
    "wps_format",
    Severity.ERROR,
    "这是WPS表格的.et格式，请在WPS中“另存为”.xlsx后再导入",
    "this is the .et format of WPS; save it as .xlsx in WPS and import that",
)
WEB_PAGE: Final = Finding(
    "web_page",
    Severity.ERROR,
    "文件内容是网页或XML，不是电子表格。请用Excel或WPS打开，另存为.xlsx后再导入",
    "the file is a web page or XML, not a spreadsheet; open it in Excel or WPS, "
    "save it as .xlsx and import that",
)
OTHER_FORMAT: Final = Finding(
    "other_format",
    Severity.ERROR,
    "不支持.xlsb和.ods格式，请用Excel或WPS打开，另存为.xlsx后再导入",
    "the formats .xlsb and .ods are not read; open the file in Excel or WPS, "
    "save it as .xlsx and import that",
)
NOT_A_SPREADSHEET: Final = Finding(
    "not_a_spreadsheet",
    Severity.ERROR,
    "这不是电子表格，请选择.xlsx、.xls或.csv格式的台账",
    "this is not a spreadsheet; choose a ledger in .xlsx, .xls or .csv",
)


@dataclass(frozen=True)
class Extent:
    """How far a table reaches, counted from its first row and column."""

    rows: int = 0
    columns: int = 0

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def with_cell(self, row: int, column: int) -> Self:
        """The extent that has this cell in it too, refused when it is more than we can hold."""
        if row <= self.rows and column <= self.columns:
            return self
        grown = type(self)(max(self.rows, row), max(self.columns, column))
        if grown.rows > MOST_ROWS + ROWS_ABOVE_AND_BELOW or grown.columns > MOST_COLUMNS:
            raise Misread(TOO_MANY_ROWS, most=MOST_ROWS, columns=MOST_COLUMNS)
        return grown
