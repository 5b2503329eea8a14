"""The streams inside an OLE2 compound file, which is what an .xls file is.

Only as much of the format (MS-CFB) as it takes to measure a workbook before it is opened.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ledger.limits import BROKEN_WORKBOOK
from ledger.problems import Misread

_HEADER_BYTES: Final = 512
_ENTRY_BYTES: Final = 128
_MINI_SECTOR_BYTES: Final = 64
_SMALL: Final = 4096
_LAST_SECTOR: Final = 0xFFFFFFFA
_ROOT: Final = 5


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


def streams(content: bytes, names: frozenset[str]) -> list[bytes]:
    """The streams with one of these names, which are compared in lower case."""
    try:
        compound = _Compound(content)
        return [compound.read(entry) for entry in compound.entries if entry.name.lower() in names]
    except (struct.error, IndexError, UnicodeDecodeError) as broken:
        raise Misread(BROKEN_WORKBOOK) from broken


class _Compound:
    def __init__(self, content: bytes) -> None:
        self._content = content
        shift = struct.unpack_from("<H", content, 30)[0]
        if shift not in (9, 12):
            raise Misread(BROKEN_WORKBOOK)
        self._sector_bytes = 1 << shift
        directory, small_table = struct.unpack_from("<48xI8xI", content)
        self._next: list[int] = []
        for sector in self._table_sectors():
            self._next += _numbers(self._sector(sector))
        self.entries = list(_entries(self._chain(directory)))
        self._next_small = _numbers(self._chain(small_table))
        root = next((entry for entry in self.entries if entry.kind == _ROOT), None)
        self._small = self._chain(root.start) if root else b""

    def read(self, entry: _Entry) -> bytes:
        if entry.size >= _SMALL:
            return self._chain(entry.start)[: entry.size]
        parts = [
            self._small[sector * _MINI_SECTOR_BYTES :][:_MINI_SECTOR_BYTES]
            for sector in _followed(entry.start, self._next_small)
        ]
        return b"".join(parts)[: entry.size]

    def _table_sectors(self) -> Iterator[int]:
        yield from _used(_numbers(self._content[76:_HEADER_BYTES]))
        further = struct.unpack_from("<I", self._content, 68)[0]
        seen = set()
        while further < _LAST_SECTOR and further not in seen:
            seen.add(further)
            *sectors, further = _numbers(self._sector(further))
            yield from _used(sectors)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        if start >= len(self._content):
            raise Misread(BROKEN_WORKBOOK)
        # The last sector of a file may be cut short.
        return self._content[start : start + self._sector_bytes].ljust(self._sector_bytes, b"\0")

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(sector) for sector in _followed(start, self._next))


def _followed(start: int, following: list[int]) -> Iterator[int]:
    sector = start
    for _ in range(len(following)):
        if sector >= _LAST_SECTOR:
            return
        yield sector
        sector = following[sector]
    if sector < _LAST_SECTOR:
        raise Misread(BROKEN_WORKBOOK)


def _used(sectors: list[int]) -> list[int]:
    return [sector for sector in sectors if sector < _LAST_SECTOR]


def _numbers(sector: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(sector) // 4}I", sector))


def _entries(directory: bytes) -> Iterator[_Entry]:
    for at in range(0, len(directory), _ENTRY_BYTES):
        entry = directory[at : at + _ENTRY_BYTES]
        name_bytes, kind = struct.unpack_from("<HB", entry, 64)
        start, size = struct.unpack_from("<II", entry, 116)
        name = entry[: max(min(name_bytes, 64) - 2, 0)].decode("utf-16-le")
        if kind:
            yield _Entry(name, kind, start, size)
