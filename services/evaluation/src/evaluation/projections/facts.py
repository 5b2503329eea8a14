"""The facts that a year's figures rest on, as rows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from eventlog.readmodels import Table


@dataclass(slots=True)
class CaseRow:
    """What this case is about, who may rate its answers, and whether it counts."""

    proposal_id: str
    year: int
    number: str | None
    title: str
    raters_by_subject: list[str]
    raters_by_name: list[str]
    is_key: bool = False
    ended: bool = False


@dataclass(slots=True)
class AssignmentRow:
    """When an assignment was given, due and completed, and how its answer was rated."""

    proposal_id: str
    unit: str
    role: str
    reporting: bool
    dispatched_on: date
    due_on: date
    due_rule: str
    dispatched_position: int
    completed_on: date | None = None
    replied_on: date | None = None
    satisfaction: str | None = None
    handling_round: int = 1
    released: bool = False
    completed_position: int | None = None
    rated_position: int | None = None


@dataclass(slots=True)
class ClueRow:
    """A clue of the district that was adopted."""

    year: int
    number: str
    title: str
    position: int


@dataclass(slots=True)
class ClaimRow:
    """A figure that somebody states for the year; the latest statement of one source counts."""

    year: int
    figure: str
    source: str
    claimed: Decimal
    position: int


@dataclass(slots=True)
class ReportedRatingRow:
    """The rating that a ledger tells of, for an answer that is still to be recorded."""

    proposal_id: str
    satisfaction: str
    rated_on: date


CASES = Table("evaluation.case_fact", CaseRow, ("proposal_id",))
ASSIGNMENTS = Table("evaluation.assignment_fact", AssignmentRow, ("proposal_id", "unit"))
CLUES = Table("evaluation.clue_fact", ClueRow, ("year", "number"))
CLAIMS = Table("evaluation.claim_fact", ClaimRow, ("year", "figure", "source"))
REPORTED_RATINGS = Table("evaluation.reported_rating", ReportedRatingRow, ("proposal_id",))
