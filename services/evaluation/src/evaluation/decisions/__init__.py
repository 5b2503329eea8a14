"""The rules of evaluation: what a command leads to, and what the facts of a year add up to."""

from contracts.evaluation import EvaluationEvent
from evaluation.commands import (
    AdoptRulebook,
    AppraisalCommand,
    ClaimFigure,
    EvaluationCommand,
    OpenRating,
    RateReply,
    TakeRating,
)
from evaluation.decisions.adopting import adopt_rulebook
from evaluation.decisions.appraising.deciding import appraise
from evaluation.decisions.comparing import claim_figure
from evaluation.decisions.levels import take_rating
from evaluation.decisions.rating import open_rating, rate_reply
from evaluation.state import State


def decide(command: EvaluationCommand, state: State) -> list[EvaluationEvent]:
    """What happens on this command. Raises a Refused where the rules say no."""
    match command:
        case OpenRating():
            return open_rating(command, state)
        case RateReply():
            return rate_reply(command, state)
        case TakeRating():
            return take_rating(command, state)
        case AdoptRulebook():
            return adopt_rulebook(command, state)
        case ClaimFigure():
            return claim_figure(command, state)
        case AppraisalCommand():
            return appraise(command, state)
