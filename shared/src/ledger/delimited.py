"""Text with separated values (.csv): its encoding, its separator, its rows."""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from io import StringIO
from itertools import islice
from typing import Final

from ledger.limits import (
    NOT_A_SPREADSHEET,
    Extent,
)
from ledger.problems import Misread

_SEPARATORS: Final = ",;\t"
_SAMPLE_LINES: Final = 20


def read_delimited(content: bytes) -> list[list[str]]:
    """The rows of the text, as a spreadsheet program would count them."""
    decoded = _decoded(content)
    extent = Extent()
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(decoded, newline=""), delimiter=_separator(decoded)):
            rows.append(row)
            extent = extent.with_cell(len(rows), len(row))
    except csv.Error as broken:
        raise Misread(NOT_A_SPREADSHEET) from broken
    return rows


def _decoded(content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in content:
        raise Misread(NOT_A_SPREADSHEET)
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Misread(NOT_A_SPREADSHEET)


def _separator(decoded: str) -> str:
    """The one that parts the first lines into most cells."""
    first = "\n".join(islice(decoded.splitlines(), _SAMPLE_LINES))
    return max(_SEPARATORS, key=first.count)
