"""The forms with which a proposal is reviewed, filed, refused, merged, withdrawn or marked."""

from console.endpoints.acts import Act, Blank
from contracts.vocabulary import ActorRole, RefusalReason

REVIEWERS = frozenset({ActorRole.COMMITTEE, ActorRole.SUPERVISION})
WITHDRAWERS = frozenset({ActorRole.COMMITTEE, ActorRole.PROPOSER})
UNDER_REVIEW = frozenset({"received"})
OPEN = UNDER_REVIEW | {"filed"}

REASONS = tuple((reason.value, reason.chinese) for reason in RefusalReason)

ACTS = (
    Act(
        "file-proposal",
        "立案",
        REVIEWERS,
        UNDER_REVIEW,
        (Blank("number", "案号", hint="按文字保存，保留前面的零，例如 20240104。"),),
    ),
    Act(
        "refuse-proposal",
        "不予立案",
        REVIEWERS,
        UNDER_REVIEW,
        (
            Blank("reason", "不予立案的理由", "choice", REASONS),
            Blank("notice", "告知提案人", "words", hint="写明理由，以及意见建议转送何处参考。"),
        ),
    ),
    Act(
        "merge-proposal",
        "并案",
        REVIEWERS,
        OPEN,
        (Blank("into_proposal_id", "并入的提案编号"),),
        hint="并案办理后，各提案人仍应分别得到答复。",
    ),
    Act("mark-proposal-key", "列为重点提案", REVIEWERS, OPEN),
    Act(
        "withdraw-proposal",
        "撤案",
        WITHDRAWERS,
        OPEN,
        (Blank("reason", "撤案理由", "words"),),
    ),
)
