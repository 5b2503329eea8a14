"""The records of an old binary workbook (.xls), checked before anybody opens it.

The reader takes memory for every table up to its farthest cell and for every size a record claims,
and shows a cell whose formula failed as an empty one. All of that is found here, by following the
records as the reader will, and only a checked copy is handed on.
"""

import struct
from collections.abc import Iterator
from typing import Final

from ledger.compounds import compound_of, stream
from ledger.limits import (
    BROKEN_WORKBOOK,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    PASSWORD,
    TOO_MANY_ROWS,
    TOO_MANY_SHEETS,
    Extent,
)
from ledger.problems import Misread

_SHEET: Final = 0x85
_STRINGS: Final = 0xFC
_END: Final = 0x0A
_ENCRYPTION: Final = 0x2F
_DIMENSIONS: Final = 0x200
_FORMULA: Final = 0x06
_BOOLEAN_OR_ERROR: Final = 0x205
_SEVERAL_NUMBERS: Final = 0xBD
_CELLS: Final = frozenset(
    {0xFD, 0x203, 0x27E, 0x204, 0xD6, _FORMULA, _BOOLEAN_OR_ERROR, _SEVERAL_NUMBERS}
)

FailedCells = dict[int, list[tuple[int, int]]]


def checked_binary(content: bytes) -> tuple[bytes, FailedCells]:
    """A safe copy, and the cells (row, column from 0) of each sheet whose formula failed."""
    book = bytearray(stream(content, "Workbook", "Book"))
    try:
        sheets = _sheet_starts(book)
        tables = [_Table(book, start) for start in sheets]
    except (struct.error, IndexError) as broken:
        raise Misread(BROKEN_WORKBOOK) from broken
    if sum(table.extent.cells for table in tables) > MOST_CELLS:
        raise Misread(TOO_MANY_ROWS, most=MOST_ROWS, columns=MOST_COLUMNS)
    failed = {order: table.failed for order, table in enumerate(tables) if table.failed}
    return compound_of("Workbook", bytes(book)), failed


def _sheet_starts(book: bytearray) -> list[int]:
    sheets: list[int] = []
    for _, kind, record in _records(book, 0):
        if kind == _ENCRYPTION:
            raise Misread(PASSWORD)
        if kind == _SHEET:
            sheets.append(struct.unpack_from("<I", record)[0])
        if kind == _STRINGS and not 0 <= struct.unpack_from("<4xi", record)[0] <= len(book):
            raise Misread(BROKEN_WORKBOOK)
    if len(sheets) > MOST_SHEETS:
        raise Misread(TOO_MANY_SHEETS, most=MOST_SHEETS)
    return sheets


class _Table:
    """How far the cells of one sheet reach, and which of them failed."""

    def __init__(self, book: bytearray, start: int) -> None:
        self.extent = Extent()
        self.failed: list[tuple[int, int]] = []
        for offset, kind, record in _records(book, start):
            if kind == _DIMENSIONS:
                book[offset : offset + len(record)] = bytes(len(record))
            elif kind in _CELLS:
                self._count(kind, record)

    def _count(self, kind: int, record: bytes) -> None:
        row, column = struct.unpack_from("<HH", record)
        self.extent = self.extent.with_cell(row + 1, _last_column(kind, record) + 1)
        if _failed(kind, record):
            self.failed.append((row, column))


def _records(book: bytearray, start: int) -> Iterator[tuple[int, int, bytes]]:
    """Where the content of each record begins, its kind and the content, up to the end mark."""
    offset = start
    while offset + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, offset)
        if kind == _END:
            return
        yield offset + 4, kind, bytes(book[offset + 4 : offset + 4 + size])
        offset += 4 + size


def _last_column(kind: int, record: bytes) -> int:
    at = len(record) - 2 if kind == _SEVERAL_NUMBERS else 2
    column: int = struct.unpack_from("<H", record, at)[0]
    return column


def _failed(kind: int, record: bytes) -> bool:
    if kind == _BOOLEAN_OR_ERROR:
        return record[7] == 1
    return kind == _FORMULA and record[6] == 2 and record[12:14] == b"\xff\xff"  # noqa: PLR2004
