"""The streams inside an OLE2 compound file, which is what an .xls file is.

Only as much of the format (MS-CFB) as it takes to check a workbook before it is opened: the reader
we use believes every size it finds in a damaged file, and ends the process when one is absurd.
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
_TABLE_SECTOR: Final = 0xFFFFFFFD
_END_OF_CHAIN: Final = 0xFFFFFFFE
_FREE: Final = 0xFFFFFFFF
_OUR_SECTOR_BYTES: Final = 4096


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


def stream(content: bytes, *names: str) -> bytes:
    """The stream with the first of these names that the file has."""
    try:
        compound = _Compound(content)
        found = {entry.name: entry for entry in reversed(compound.entries)}
        return next(compound.read(found[name]) for name in names if name in found)
    except (struct.error, IndexError, UnicodeDecodeError, StopIteration) as broken:
        raise Misread(BROKEN_WORKBOOK) from broken


def compound_of(name: str, data: bytes) -> bytes:
    """A new compound file with one stream and nothing else in it."""
    data_sectors = max(-(-len(data) // _OUR_SECTOR_BYTES), 1)
    per_sector = _OUR_SECTOR_BYTES // 4
    table_sectors = -(-(data_sectors + 2) // (per_sector - 1))
    directory, small, first = table_sectors, table_sectors + 1, table_sectors + 2
    following = [
        *([_TABLE_SECTOR] * table_sectors),
        *(_END_OF_CHAIN, _END_OF_CHAIN),
        *range(first + 1, first + data_sectors),
        _END_OF_CHAIN,
    ]
    following += [_FREE] * (table_sectors * per_sector - len(following))
    places = [*range(table_sectors), *([_FREE] * (109 - table_sectors))]
    header = struct.pack(
        "<8s16x5H6x9I109I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 4, 0xFFFE, 12, 6),
        *(1, table_sectors, directory, 0, _SMALL, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0),
        *places,
    )
    size = max(len(data), _SMALL)
    entries = _packed_entry("Root Entry", _ROOT, small, 0) + _packed_entry(name, 2, first, size)
    sectors = (header, struct.pack(f"<{len(following)}I", *following), entries, b"\0", data)
    return b"".join(_padded(sector) for sector in sectors)


def _packed_entry(name: str, kind: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    links = (_FREE, _FREE, 1 if kind == _ROOT else _FREE)
    return struct.pack("<64sHBB3I36xIQ", written, len(written) + 2, kind, 1, *links, start, size)


def _padded(part: bytes) -> bytes:
    return part.ljust(-(-len(part) // _OUR_SECTOR_BYTES) * _OUR_SECTOR_BYTES, b"\0")


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
