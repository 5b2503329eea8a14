"""The text of a cell: what a person sees in it, without the accidents of typing."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final

from ledger.problems import Finding, Misread, Severity

Cell = int | float | str | bool | date | datetime | time | timedelta

FORMULA_ERROR: Final = Finding(
    "formula_error",
    Severity.ERROR,
    "公式出错，显示为“{written}”，请改为实际内容",
    "the formula fails and shows “{written}”; put the actual content there",
)
NUMBER_UNREADABLE: Final = Finding(
    "number_unreadable",
    Severity.ERROR,
    "“{written}”不是案号，案号由数字、字母或汉字组成，不含空格，不超过40字，如20240104",
    "“{written}” is not a case number: digits, letters or Chinese characters, no spaces, "
    "at most 40 of them, such as 20240104",
)

_FAILED_FORMULA = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")
_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "N/A", "n/a"})
_CASE_NUMBER = re.compile(r"[\w〔〕-]{1,40}")


def text(cell: Cell) -> str:
    """The words in a cell on one line; what clerks write for nothing («/», «无») is empty."""
    if cell == "":
        return ""
    shown = _SPACES.sub(" ", lines(cell)).strip()
    return "" if shown in _NOTHING else shown


def lines(cell: Cell) -> str:
    """The words in a cell with its line breaks, without characters that cannot be seen."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    shown = "\n".join(_INVISIBLE.sub("", line) for line in str(cell).splitlines())
    if _FAILED_FORMULA.fullmatch(shown):
        raise Misread(FORMULA_ERROR, written=shown)
    return shown


def plain(cell: Cell) -> str:
    """The words in a cell with full-width letters, digits and signs made ordinary."""
    return text(unicodedata.normalize("NFKC", text(cell)))


def case_number(cell: Cell) -> str | None:
    """A case number as text: leading zeros stay, «第20240104号» is 20240104."""
    written = plain(cell)
    if not written:
        return None
    bare = written.replace(" ", "").removeprefix("第").removesuffix("号")
    if isinstance(cell, bool | date | time | timedelta) or not _CASE_NUMBER.fullmatch(bare):
        raise Misread(NUMBER_UNREADABLE, written=written)
    return bare


def persons(cell: Cell) -> tuple[str, ...]:
    """Names parted by 、 or commas; the space in «张　三» is only there to align it."""
    named = (part.split() for part in re.split(r"[、，,；;\n]", lines(cell)))
    return tuple(name for words in named for name in _joined(words) if name not in _NOTHING)


def _joined(words: list[str]) -> list[str]:
    return ["".join(words)] if any(len(word) == 1 for word in words) else words
