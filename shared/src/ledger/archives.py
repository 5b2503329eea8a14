"""The zip archive that an .xlsx file is, measured before anybody opens it.

A workbook of a few kilobytes can unfold to gigabytes, or name a cell so far away that the table
up to it fills the memory. So the parts that matter are unpacked within bounds, their tables
measured, and only what was measured is handed on, as a new archive.
"""

import re
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Final
from xml.parsers import expat
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ledger.limits import (
    BROKEN_WORKBOOK,
    MOST_UNPACKED_BYTES,
    NOT_A_SPREADSHEET,
    OTHER_FORMAT,
    UNPACKED_TOO_LARGE,
    Extent,
)
from ledger.problems import Misread

_NEEDED = re.compile(r"\[content_types\]\.xml|_rels/.*\.rels|xl/.*\.(xml|rels)")
_LEFT_OUT = re.compile(r"xl/(drawings|charts|theme|media|ctrlprops|printersettings|diagrams)/")
_FAILED_CELL: Final = re.compile(rb"""(<(?:\w+:)?c\s[^>]*?\bt=)(["'])e\2""")
_CELL_NAME: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})", re.ASCII)


def measured_archive(content: bytes) -> bytes:
    """The same workbook with only its tables, none of them larger than we can hold."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = _parts(archive)
            unpacked = {part.filename: archive.read(part) for part in parts}
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as broken:
        raise Misread(BROKEN_WORKBOOK) from broken
    return _packed({name: _failures_shown(part) for name, part in unpacked.items()})


def _parts(archive: ZipFile) -> list[ZipInfo]:
    names = {_plain_name(part) for part in archive.infolist()}
    if names & {"xl/workbook.bin", "content.xml"}:
        raise Misread(OTHER_FORMAT)
    if not any(name.startswith("xl/") for name in names):
        raise Misread(NOT_A_SPREADSHEET)
    parts = [part for part in archive.infolist() if _is_needed(_plain_name(part))]
    if sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise Misread(UNPACKED_TOO_LARGE)
    return parts


def _plain_name(part: ZipInfo) -> str:
    return part.filename.replace("\\", "/").lower()


def _is_needed(name: str) -> bool:
    return bool(_NEEDED.fullmatch(name)) and not _LEFT_OUT.match(name)


def _failures_shown(part: bytes) -> bytes:
    """Cells whose formula failed, turned into text: the reader would take them for empty."""
    return _FAILED_CELL.sub(rb"\1\2str\2", part)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, part in parts.items():
            _Measure().measure(part)
            archive.writestr(ZipInfo(name), part)
    return packed.getvalue()


class _Measure:
    """Follows the cells of one part as the reader will count them."""

    def __init__(self) -> None:
        self._row = 0
        self._column = 0
        self._extent = Extent()

    def measure(self, part: bytes) -> None:
        # The reader takes everything for UTF-8, whatever the part declares.
        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            parser.Parse(part, True)  # noqa: FBT003 - expat has no keyword for «final»
        except expat.ExpatError as broken:
            raise Misread(BROKEN_WORKBOOK) from broken

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self._start_row(attributes.get("r"))
            case "c":
                self._start_cell(attributes.get("r"))
            case "v" | "is":
                self._extent = self._extent.with_cell(self._row, self._column)
            case _:
                pass

    def _start_row(self, number: str | None) -> None:
        self._row = (
            int(number) if number and number.isascii() and number.isdigit() else self._row + 1
        )
        self._column = 0

    def _start_cell(self, name: str | None) -> None:
        self._column += 1
        if name is None:
            return
        found = _CELL_NAME.fullmatch(name)
        if not found:
            raise Misread(BROKEN_WORKBOOK)
        self._row = int(found.group(2))
        self._column = column_number(found.group(1))


def column_number(letters: str) -> int:
    """A column's number: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _refuse_doctype(*_: object) -> None:
    raise Misread(BROKEN_WORKBOOK)
