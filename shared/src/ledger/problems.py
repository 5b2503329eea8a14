"""What is wrong with a ledger, where exactly, and what would be right, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Severity(StrEnum):
    """An error keeps its row out; a warning lets it in."""

    ERROR = "error"
    WARNING = "warning"


class Problem(BaseModel):
    """One thing that is wrong; without sheet, row and column it concerns the whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    severity: Severity
    code: str
    sheet: str | None = None
    row: int | None = Field(default=None, description="As the spreadsheet program counts, from 1")
    column: str | None = Field(default=None, description="The heading as the file has it")
    cell: str | None = Field(default=None, description="Like C5")
    message: str
    message_en: str
    cause: str = Field(default="", description="问题本身，不带位置 / The message without its place")
    cause_en: str = ""


@dataclass(frozen=True)
class Finding:
    """A kind of problem. Both sentences may name facts in braces."""

    code: str
    severity: Severity
    chinese: str
    english: str


@dataclass(frozen=True)
class Place:
    """Where in the file something stands; the empty place is the file itself."""

    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None

    @property
    def chinese(self) -> str:
        parts = (
            f"工作表“{self.sheet}”" if self.sheet else "",
            f"第{self.row}行" if self.row else "",
            f"“{self.column}”" if self.column else "",
            f"（{self.cell}）" if self.cell else "",
        )
        return "".join(parts) + "：" if any(parts) else ""

    @property
    def english(self) -> str:
        column = f"column “{self.column}”" if self.column else ""
        cell = f"({self.cell})" if self.cell else ""
        parts = (
            f"Sheet “{self.sheet}”" if self.sheet else "",
            f"row {self.row}" if self.row else "",
            f"{column} {cell}".strip(),
        )
        named = ", ".join(part for part in parts if part)
        return f"{named}: " if named else ""


class Misread(Exception):
    """A file or a cell does not say what it should."""

    def __init__(self, finding: Finding, **facts: object) -> None:
        self.finding = finding
        self.facts = facts
        super().__init__(finding.code)


def problem(finding: Finding, place: Place, facts: Mapping[str, object]) -> Problem:
    """The finding at its place, as sentences."""
    shown = {name: shorten(str(fact)) for name, fact in facts.items()}
    cause, cause_en = finding.chinese.format(**shown), finding.english.format(**shown)
    return Problem(
        severity=finding.severity,
        code=finding.code,
        sheet=place.sheet,
        row=place.row,
        column=place.column,
        cell=place.cell,
        message=place.chinese + cause,
        message_en=place.english + cause_en,
        cause=cause,
        cause_en=cause_en,
    )


def shorten(fact: str, most: int = 400) -> str:
    return fact if len(fact) <= most else fact[:most] + "…"
