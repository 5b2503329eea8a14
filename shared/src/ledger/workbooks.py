"""Reading a file as a workbook: which kind it is by its content, and the cells of its sheets."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Final

from python_calamine import (
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ledger.archives import measured_archive
from ledger.binaries import checked_binary
from ledger.cells import Cell
from ledger.delimited import read_delimited
from ledger.limits import (
    BROKEN_WORKBOOK,
    EMPTY_FILE,
    FILE_TOO_LARGE,
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    PASSWORD,
    TOO_MANY_ROWS,
    TOO_MANY_SHEETS,
    WEB_PAGE,
    WPS_FORMAT,
)
from ledger.problems import Misread

_ZIP: Final = b"PK\x03\x04"
_OLE2: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Sheet:
    """A sheet and its cells from A1 on; hidden when nobody sees it in the spreadsheet program."""

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    order: int = 0


def read_sheets(content: bytes, name: str) -> list[Sheet]:
    """The sheets of a file. Raises Misread when it is not a file that can be read."""
    if not content.strip():
        raise Misread(EMPTY_FILE)
    if len(content) > MOST_BYTES:
        raise Misread(FILE_TOO_LARGE)
    if name.lower().endswith((".et", ".ett")):
        raise Misread(WPS_FORMAT)
    if content.startswith(_ZIP):
        return _opened(measured_archive(content))
    if content.startswith(_OLE2):
        return _opened_binary(content)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Misread(WEB_PAGE)
    rows: list[list[Cell]] = [list(row) for row in read_delimited(content)]
    return [Sheet(PurePath(name).stem or "CSV", rows)]


def _opened_binary(content: bytes) -> list[Sheet]:
    if _ENCRYPTED in content:
        raise Misread(PASSWORD)
    checked, failed = checked_binary(content)
    sheets = _opened(checked)
    for order, cells in failed.items():
        for row, column in cells:
            _show_failure(sheets, order, row, column)
    return sheets


def _show_failure(sheets: list[Sheet], order: int, row: int, column: int) -> None:
    rows = next((sheet.rows for sheet in sheets if sheet.order == order), [])
    if row < len(rows) and column < len(rows[row]):
        rows[row][column] = "#N/A"


def _opened(content: bytes) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            return list(_sheets(workbook))
    except Misread:
        raise
    except PasswordError as protected:
        raise Misread(PASSWORD) from protected
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    # A damaged file can make the reader panic, which is no Exception.
    except BaseException as broken:
        raise Misread(BROKEN_WORKBOOK) from broken


def _sheets(workbook: CalamineWorkbook) -> Iterator[Sheet]:
    if len(workbook.sheets_metadata) > MOST_SHEETS:
        raise Misread(TOO_MANY_SHEETS, most=MOST_SHEETS)
    room = MOST_CELLS
    for order, described in enumerate(workbook.sheets_metadata):
        if described.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(order)
        room -= (sheet.total_height + 1) * (sheet.total_width + 1)
        if room < 0:
            raise Misread(TOO_MANY_ROWS, most=MOST_ROWS, columns=MOST_COLUMNS)
        rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
        hidden = described.visible != SheetVisibleEnum.Visible
        yield Sheet(described.name, rows, hidden, order)
