"""The facts that the figures of a year rest on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from contracts.vocabulary import (
    CollectiveKind,
    ContactManner,
    ContactStage,
    Conversion,
    ItemState,
    Level,
    Openness,
    ProposalCategory,
    ProposalForm,
    RefusalReason,
    Role,
    Satisfaction,
)


@dataclass(frozen=True)
class ContactFact:
    """One contact of the unit with the proposer."""

    stage: ContactStage
    manner: ContactManner
    contacted_on: date


@dataclass(frozen=True)
class PromiseFact:
    """What an answer promised (承诺事项), until when, and the day it was kept.

    `due_on` is the day it was promised for; where it was put off, `moved_to` is the later one.
    """

    text: str
    due_on: date
    kept_on: date | None = None
    moved_to: date | None = None
    given_up: bool = False
    carried_into: int | None = None
    positions: tuple[int, ...] = ()


@dataclass(frozen=True)
class SuggestionFact:
    """One numbered point that a proposal asks for (建议条目)."""

    number: int
    text: str


@dataclass(frozen=True)
class ResultFact:
    """What a unit did about one point (办理结果清单), with what shows it."""

    number: int
    answer: str
    evidence: str
    state: ItemState


@dataclass(frozen=True)
class AssignmentFact:
    """What happened to one assignment (proposal × unit × role) of the district's year.

    `completed_on` and `replied_on` are those of the first handling round, `satisfaction` is the
    latest rating; `positions` names log positions by "dispatched", "completed" and "rated", and
    where they are known by "signed", "contacted", "moved" (the deadline), "role", "class",
    "published", "signing_moved" and "key". `first_due_on` is the deadline it was dispatched with, None if not known.
    `sign_by` is the last day for signing that the unit was told, None where it was told of none.
    `extended`, `drafts_sent_back`, `opinions_sent_back` and `chased` are positions, one for each time.

    A step that is not there did not happen where the assignment was `recorded_live`; where a ledger
    told of it afterwards, it is not known. `result_class` and `openness` are those of the latest
    answer. `forms` and `promises` are None where nobody noted them. One that has `ended` is not
    counted: its case ended, or its unit was `released`.
    """

    year: int
    proposal_id: str
    number: str
    title: str
    unit: str
    role: Role
    reporting: bool
    key: bool
    dispatched_on: date
    due_on: date
    due_rule: str
    completed_on: date | None = None
    replied_on: date | None = None
    satisfaction: Satisfaction | None = None
    handling_round: int = 1
    ended: bool = False
    positions: Mapping[str, int] = field(default_factory=dict)
    recorded_live: bool = False
    signed_on: date | None = None
    result_class: str = ""
    openness: Openness | None = None
    contacts: tuple[ContactFact, ...] = ()
    opinion_waived: bool = False
    forms: tuple[Satisfaction, ...] | None = None
    promises: tuple[PromiseFact, ...] | None = None
    released: bool = False
    own: bool = True
    first_due_on: date | None = None
    by_proxy: bool = False
    published_on: date | None = None
    extended: tuple[int, ...] = ()
    drafts_sent_back: tuple[int, ...] = ()
    opinions_sent_back: tuple[int, ...] = ()
    chased: tuple[int, ...] = ()
    results: tuple[ResultFact, ...] = ()
    sign_by: date | None = None


@dataclass(frozen=True)
class ReturnFact:
    """How often a unit asked to be released (退回) from a case, and what it was told."""

    proposal_id: str
    number: str
    title: str
    unit: str
    requested: int
    granted: int
    declined: int
    requested_on: date
    reason: str
    suggested_unit: str
    positions: tuple[int, ...] = ()

    @property
    def undecided(self) -> int:
        return self.requested - self.granted - self.declined


@dataclass(frozen=True)
class ProposalFact:
    """A proposal that came in, and what the review made of it; without a number it is not filed.

    `positions` names log positions by "received" and "reviewed"; `category_position` is where its
    category was said last.
    """

    year: int
    proposal_id: str
    title: str
    number: str = ""
    refused: bool = False
    merged: bool = False
    positions: Mapping[str, int] = field(default_factory=dict)
    withdrawn: bool = False
    form: ProposalForm = ProposalForm.INDIVIDUAL
    proposers: tuple[str, ...] = ()
    collective: CollectiveKind | None = None
    key: bool = False
    ended: bool = False
    returned: int = 0
    refused_because: RefusalReason | None = None
    converted_into: Conversion | None = None
    transferred_to: Level | None = None
    suggestions: tuple[SuggestionFact, ...] = ()
    category: ProposalCategory | None = None
    category_position: int | None = None


@dataclass(frozen=True)
class ClueFact:
    """A clue of the year that was adopted."""

    number: str
    title: str
    position: int


@dataclass(frozen=True)
class ClaimFact:
    """A figure that somebody stated for the year."""

    figure: str
    claimed: Decimal
    source: str
    position: int
