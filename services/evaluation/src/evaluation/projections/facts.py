"""The facts that a year's figures rest on, as rows."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from eventlog.readmodels import Table


@dataclass(slots=True)
class CaseRow:
    """What this case is about, what the review made of it, who may rate its answers, and if it counts."""

    proposal_id: str
    year: int
    number: str | None
    title: str
    raters_by_subject: list[str]
    raters_by_name: list[str]
    form: str
    proposers: list[str]
    collective: str | None
    received_live: bool
    received_position: int
    is_key: bool = False
    ended: bool = False
    refused: bool = False
    merged: bool = False
    withdrawn: bool = False
    reviewed_position: int | None = None
    key_position: int | None = None
    returned: int = 0
    refused_because: str | None = None
    converted_into: str | None = None
    transferred_to: str | None = None
    suggestions: list[dict[str, str]] = field(default_factory=list)
    category: str = ""
    category_position: int | None = None


@dataclass(slots=True)
class AssignmentRow:
    """What a unit did with its part: when, in which contacts, to what result, and how it was rated.

    A contact names its stage, its manner and its day; a result its number, answer, evidence and
    state. `sign_by` is the last day for signing that the unit was told. `moved`, `signing_moved`,
    `extended`, `drafts_sent_back`, `opinions_sent_back` and `chased` are the log positions at which
    that happened.
    """

    proposal_id: str
    unit: str
    role: str
    own: bool
    reporting: bool
    dispatched_on: date
    due_on: date
    due_rule: str
    dispatched_position: int
    recorded_live: bool
    first_due_on: date
    completed_on: date | None = None
    replied_on: date | None = None
    satisfaction: str | None = None
    handling_round: int = 1
    released: bool = False
    completed_position: int | None = None
    rated_position: int | None = None
    signed_on: date | None = None
    signed_position: int | None = None
    contacts: list[dict[str, str]] = field(default_factory=list)
    contacted_position: int | None = None
    opinion_waived: bool = False
    result_class: str = ""
    openness: str | None = None
    by_proxy: bool = False
    published_on: date | None = None
    role_position: int | None = None
    class_position: int | None = None
    published_position: int | None = None
    moved: list[int] = field(default_factory=list)
    extended: list[int] = field(default_factory=list)
    drafts_sent_back: list[int] = field(default_factory=list)
    opinions_sent_back: list[int] = field(default_factory=list)
    chased: list[int] = field(default_factory=list)
    results: list[dict[str, str]] = field(default_factory=list)
    sign_by: date | None = None
    signing_moved: list[int] = field(default_factory=list)


@dataclass(slots=True)
class PromiseRow:
    """What a unit committed itself to, by which day, and what became of it."""

    proposal_id: str
    unit: str
    commitment: int
    text: str
    due_on: date
    made_position: int
    moved_to: date | None = None
    kept_on: date | None = None
    given_up: bool = False
    carried_into: int | None = None
    last_position: int | None = None


@dataclass(slots=True)
class ReturnRow:
    """How often a unit asked to be released from a case, what it was told, and why it asked last."""

    proposal_id: str
    unit: str
    requested: int
    reason: str
    suggested_unit: str
    requested_on: date
    requested_position: int
    granted: int = 0
    declined: int = 0
    decided_position: int | None = None


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


CASES = Table("evaluation.case_fact", CaseRow, ("proposal_id",))
ASSIGNMENTS = Table("evaluation.assignment_fact", AssignmentRow, ("proposal_id", "unit"))
PROMISES = Table("evaluation.promise_fact", PromiseRow, ("proposal_id", "unit", "commitment"))
RETURNS = Table("evaluation.return_fact", ReturnRow, ("proposal_id", "unit"))
CLUES = Table("evaluation.clue_fact", ClueRow, ("year", "number"))
CLAIMS = Table("evaluation.claim_fact", ClaimRow, ("year", "figure", "source"))
