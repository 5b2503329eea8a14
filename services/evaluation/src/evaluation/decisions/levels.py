"""The rules for a rating that was given at the level above: it has happened, and is taken over.

It is not judged, as a report from below is not: its level is the one the proposer chose there, though
the rulebook here may not offer it, and what it does to the case was decided there.
"""

from contracts.evaluation import EvaluationEvent, ReplyRated
from evaluation.commands import TakeRating
from evaluation.decisions.rating import (
    AwaitsNextAnswer,
    NothingToRate,
    said_apart,
    with_its_order,
)
from evaluation.state import (
    Claims,
    Nothing,
    Rated,
    Rating,
    Rehandled,
    RulebookInForce,
    State,
    Unrated,
)
from evaluation.state.appraisal import Appraisal


def take_rating(command: TakeRating, state: State) -> list[EvaluationEvent]:
    """The round is that of the answer here, whatever the level above counts."""
    told = Rating(command.satisfaction, command.rated_on, by_proxy=False, scan="")
    match state:
        case Rated(rating=known) | Rehandled(rating=Rating() as known) if known == told:
            return []
        case Unrated() | Rated():
            return with_its_order(
                ReplyRated(
                    proposal_id=command.proposal_id,
                    unit=command.unit,
                    handling_round=state.handling_round,
                    satisfaction=command.satisfaction,
                    rated_on=command.rated_on,
                    again=said_apart(command.satisfaction, goes_back=command.goes_back),
                    upper_name=command.upper_name,
                )
            )
        case Rehandled():
            raise AwaitsNextAnswer(unit=command.unit, handling_round=state.handling_round)
        case Nothing() | RulebookInForce() | Claims() | Appraisal():
            raise NothingToRate(unit=command.unit, proposal_id=command.proposal_id)
