"""The rows of proposals and of the years that have any."""

from dataclasses import dataclass, field
from typing import Any

from eventlog.readmodels import Table


@dataclass(slots=True)
class ProposalRow:
    """A proposal, and how far review has got with it."""

    proposal_id: str
    year: int
    number: str | None
    title: str
    form: str
    proposers: list[str]
    submitted_by: str | None
    state: str
    position: int
    is_key: bool = False
    fabricated: bool = False
    note: str | None = None
    body: str = ""
    collective: str | None = None
    occasion: str | None = None
    wished_units: list[str] = field(default_factory=list)
    invited: list[str] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    declined: list[str] = field(default_factory=list)
    closes_on: str | None = None
    is_excellent: bool = False
    publication: str | None = None
    attachments: list[dict[str, Any]] = field(default_factory=list)
    taken_in: list[str] = field(default_factory=list)
    pairs: list[str] = field(default_factory=list)
    reviewed_twice: bool = False
    is_published: bool = False
    category: str = ""


@dataclass(slots=True)
class YearRow:
    """A year in which the district has proposals."""

    year: int
    proposals: int


PROPOSALS = Table("intake.proposal", ProposalRow, ("proposal_id",))
YEARS = Table("intake.district_year", YearRow, ("year",))
