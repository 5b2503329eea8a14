"""The records of an old binary workbook (.xls), measured before anybody opens it.

The reader takes memory for every table up to its farthest cell, and shows a cell whose formula
failed as an empty one; both are found here.
"""

import struct
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from ledger.compounds import streams
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
_START: Final = 0x809
_ENCRYPTION: Final = 0x2F
_DIMENSIONS: Final = 0x200
_FORMULA: Final = 0x06
_BOOLEAN_OR_ERROR: Final = 0x205
_SEVERAL_NUMBERS: Final = 0xBD
_CELLS: Final = frozenset(
    {0xFD, 0x203, 0x27E, 0x204, 0xD6, _FORMULA, _BOOLEAN_OR_ERROR, _SEVERAL_NUMBERS}
)
_DIMENSIONS_BYTES: Final = 14

FailedCells = dict[int, list[tuple[int, int]]]


def measured_binary(content: bytes) -> FailedCells:
    """The cells (row and column from 0) of each sheet, by its order, whose formula failed."""
    books = streams(content, frozenset({"workbook", "book"}))
    if not books:
        raise Misread(BROKEN_WORKBOOK)
    try:
        measured = [_measured(book) for book in books]
    except (struct.error, IndexError) as broken:
        raise Misread(BROKEN_WORKBOOK) from broken
    return measured[0]


def _measured(book: bytes) -> FailedCells:
    sheets: list[int] = []
    extents: dict[int, Extent] = defaultdict(Extent)
    failed: dict[int, list[tuple[int, int]]] = defaultdict(list)
    start = 0
    for offset, kind, record in _records(book):
        if kind == _START:
            start = offset
        elif kind == _ENCRYPTION:
            raise Misread(PASSWORD)
        elif kind == _SHEET:
            sheets.append(struct.unpack_from("<I", record)[0])
        elif kind == _DIMENSIONS:
            _refuse_false_dimensions(record)
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", record)
            extents[start] = extents[start].with_cell(row + 1, _last_column(kind, record) + 1)
            if _failed(kind, record):
                failed[start].append((row, column))
    _refuse_too_much(sheets, extents)
    return {order: failed[offset] for order, offset in enumerate(sheets) if offset in failed}


def _records(book: bytes) -> Iterator[tuple[int, int, bytes]]:
    offset = 0
    while offset + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, offset)
        yield offset, kind, book[offset + 4 : offset + 4 + size]
        offset += 4 + size


def _last_column(kind: int, record: bytes) -> int:
    at = len(record) - 2 if kind == _SEVERAL_NUMBERS else 2
    column: int = struct.unpack_from("<H", record, at)[0]
    return column


def _failed(kind: int, record: bytes) -> bool:
    if kind == _BOOLEAN_OR_ERROR:
        return record[7] == 1
    return kind == _FORMULA and record[6] == 2 and record[12:14] == b"\xff\xff"  # noqa: PLR2004


def _refuse_false_dimensions(record: bytes) -> None:
    """The reader believes these numbers and sets memory aside for them."""
    if len(record) >= _DIMENSIONS_BYTES:
        last_row, last_column = struct.unpack_from("<4xI2xH", record)
        if last_row > 0x10000 or last_column > 0x100:  # noqa: PLR2004 - what the format can hold
            raise Misread(BROKEN_WORKBOOK)


def _refuse_too_much(sheets: list[int], extents: dict[int, Extent]) -> None:
    if len(sheets) > MOST_SHEETS:
        raise Misread(TOO_MANY_SHEETS, most=MOST_SHEETS)
    # Several sheets may point to the same table, which is then read several times.
    largest = max((extent.cells for extent in extents.values()), default=0)
    if largest * len(sheets) > MOST_CELLS:
        raise Misread(TOO_MANY_ROWS, most=MOST_ROWS, columns=MOST_COLUMNS)
