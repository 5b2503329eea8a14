"""What is known of a rating, a rulebook, claims or an appraisal; and the facts that figures rest on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from contracts.evaluation import (
    AppraisalEvent,
    EvaluationEvent,
    FigureClaimed,
    RatingOpened,
    RehandlingOrdered,
    ReplyRated,
    RulebookAdopted,
)
from contracts.rating_levels import OfferedLevel
from contracts.vocabulary import ContactManner, ContactStage, Openness, Role, Satisfaction
from evaluation.state.appraisal import Appraisal, appraise


@dataclass(frozen=True)
class Nothing:
    """Nothing has happened in this stream yet."""


@dataclass(frozen=True)
class Rating:
    """A rating as it was given."""

    satisfaction: Satisfaction
    rated_on: date
    by_proxy: bool
    scan: str


@dataclass(frozen=True)
class Unrated:
    """An answer waits for its rating, on these levels; none are the usual three."""

    handling_round: int
    replied_on: date
    levels: tuple[OfferedLevel, ...] = ()


@dataclass(frozen=True)
class Rated:
    """The answer of this round has been rated."""

    handling_round: int
    replied_on: date
    rating: Rating
    levels: tuple[OfferedLevel, ...] = ()


@dataclass(frozen=True)
class Rehandled:
    """The unit has to answer again; until it does, there is nothing to rate."""

    handling_round: int
    rating: Rating | None


@dataclass(frozen=True)
class RulebookInForce:
    """The rulebook that holds for the year."""

    rulebook_id: str
    version: int
    sha256: str


@dataclass(frozen=True)
class Claims:
    """What was claimed last, by figure and source."""

    latest: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)


State = Nothing | Unrated | Rated | Rehandled | RulebookInForce | Claims | Appraisal

INITIAL: State = Nothing()


def evolve(state: State, event: EvaluationEvent) -> State:
    match event:
        case RatingOpened():
            return Unrated(event.handling_round, event.replied_on, event.levels)
        case ReplyRated():
            rating = Rating(event.satisfaction, event.rated_on, event.by_proxy, event.scan)
            if not isinstance(state, Unrated | Rated):
                return Rated(event.handling_round, event.rated_on, rating)
            return Rated(event.handling_round, state.replied_on, rating, state.levels)
        case RehandlingOrdered():
            return Rehandled(event.handling_round, _rating_in(state))
        case RulebookAdopted():
            return RulebookInForce(event.rulebook_id, event.version, event.sha256)
        case FigureClaimed():
            latest = state.latest if isinstance(state, Claims) else {}
            return Claims({**latest, (event.figure, event.source): event.claimed})
        case AppraisalEvent():
            return appraise(state if isinstance(state, Appraisal) else Appraisal(), event)


def _rating_in(state: State) -> Rating | None:
    match state:
        case Rated() | Rehandled():
            return state.rating
        case Unrated() | Nothing() | RulebookInForce() | Claims() | Appraisal():
            return None


@dataclass(frozen=True)
class ContactFact:
    """One contact of the unit with the proposer."""

    stage: ContactStage
    manner: ContactManner
    contacted_on: date


@dataclass(frozen=True)
class PromiseFact:
    """What an answer promised (承诺事项), until when, and the day it was kept."""

    text: str
    due_on: date
    kept_on: date | None = None


@dataclass(frozen=True)
class AssignmentFact:
    """What happened to one assignment (proposal × unit × role) of the district's year.

    `completed_on` and `replied_on` are those of the first handling round, `satisfaction` is the
    latest rating; `positions` names log positions by "dispatched", "completed" and "rated", and
    where they are known by "signed" and "contacted".

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

    @property
    def undecided(self) -> int:
        return self.requested - self.granted - self.declined


@dataclass(frozen=True)
class ProposalFact:
    """A proposal that came in, and what the review made of it; without a number it is not filed.

    `positions` names log positions by "received" and "reviewed".
    """

    year: int
    proposal_id: str
    title: str
    number: str = ""
    refused: bool = False
    merged: bool = False
    positions: Mapping[str, int] = field(default_factory=dict)
    withdrawn: bool = False


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
