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
from contracts.vocabulary import Satisfaction
from evaluation.state.appraisal import Appraisal, appraise
from evaluation.state.facts import (
    AssignmentFact,
    ClaimFact,
    ClueFact,
    ContactFact,
    PromiseFact,
    ProposalFact,
    ResultFact,
    ReturnFact,
    SuggestionFact,
)

__all__ = [
    "INITIAL",
    "AssignmentFact",
    "ClaimFact",
    "Claims",
    "ClueFact",
    "ContactFact",
    "Nothing",
    "PromiseFact",
    "ProposalFact",
    "Rated",
    "Rating",
    "Rehandled",
    "ResultFact",
    "ReturnFact",
    "RulebookInForce",
    "State",
    "SuggestionFact",
    "Unrated",
    "evolve",
]


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
