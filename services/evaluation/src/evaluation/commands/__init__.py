"""What evaluation can be asked: ratings, rulebooks, claimed figures, and the appraisal of a year."""

from evaluation.commands.appraising import (
    AdjustItem,
    AppealAppraisal,
    AppraisalCommand,
    ClaimedItem,
    DecideAppeal,
    FreezeFacts,
    OpenAppraisal,
    PublishAppraisal,
    SelfScore,
    SubmitAppraisal,
    VerifyItem,
)
from evaluation.commands.rating import (
    AdoptRulebook,
    ClaimFigure,
    OpenRating,
    RateReply,
    RatingCommand,
    RulebookText,
    TakeRating,
)

__all__ = [
    "AdjustItem",
    "AdoptRulebook",
    "AppealAppraisal",
    "AppraisalCommand",
    "ClaimFigure",
    "ClaimedItem",
    "DecideAppeal",
    "EvaluationCommand",
    "FreezeFacts",
    "OpenAppraisal",
    "OpenRating",
    "PublishAppraisal",
    "RateReply",
    "RatingCommand",
    "RulebookText",
    "SelfScore",
    "SubmitAppraisal",
    "TakeRating",
    "VerifyItem",
]

EvaluationCommand = (
    OpenRating
    | RateReply
    | TakeRating
    | AdoptRulebook
    | ClaimFigure
    | OpenAppraisal
    | FreezeFacts
    | SelfScore
    | SubmitAppraisal
    | VerifyItem
    | AdjustItem
    | PublishAppraisal
    | AppealAppraisal
    | DecideAppeal
)
