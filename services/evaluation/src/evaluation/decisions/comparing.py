"""Claimed figures beside the computed ones."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import ClassVar

from contracts.evaluation import EvaluationEvent, FigureClaimed
from contracts.figures import Comparison
from contracts.refusal import Refused
from contracts.vocabulary import Role
from evaluation.commands import ClaimFigure
from evaluation.decisions.numbers import rounded
from evaluation.decisions.rates.naming import ENGLISH_LABELS, RateName
from evaluation.decisions.scoring.entering import is_entry
from evaluation.decisions.wording import ROLES_IN_ENGLISH, Said
from evaluation.state import ClaimFact, Claims, State

CLAIMABLE: Mapping[str, Said] = {
    "total": Said("办理总件数", "Cases in total"),
    **{
        role.value: Said(f"{role.chinese}件数", f"Cases as {ROLES_IN_ENGLISH[role]}")
        for role in Role
    },
    **{rate.value: Said(rate.chinese, ENGLISH_LABELS[rate]) for rate in RateName},
    "base": Said("基础分", "Base points"),
    "deductions": Said("扣分", "Deductions"),
    "bonus": Said("加分", "Bonus"),
    "score": Said("自评得分", "Score"),
}


class UnknownFigure(Refused):
    """没有名为“{figure}”的指标；可以申报的有：{known}。"""

    english: ClassVar[str] = "There is no figure '{figure}'; the figures are: {known}."


def claim_figure(command: ClaimFigure, state: State) -> list[EvaluationEvent]:
    if command.figure not in CLAIMABLE and not is_entry(command.figure):
        raise UnknownFigure(figure=command.figure, known=", ".join(CLAIMABLE))
    in_plain_digits = Decimal(f"{command.claimed:f}")
    known = state.latest if isinstance(state, Claims) else {}
    if str(known.get((command.figure, command.source))) == str(in_plain_digits):
        return []
    return [
        FigureClaimed(
            year=command.year,
            figure=command.figure,
            claimed=in_plain_digits,
            source=command.source,
        )
    ]


def compare(
    claims: Iterable[ClaimFact], computed: Mapping[str, Decimal | None]
) -> tuple[Comparison, ...]:
    """Set the latest claim of every source beside the computed figure."""
    latest = {
        (claim.figure, claim.source): claim
        for claim in sorted(claims, key=lambda each: each.position)
    }
    order = list(CLAIMABLE)
    return tuple(
        _comparison(claim, computed.get(claim.figure))
        for claim in sorted(
            latest.values(), key=lambda claim: (order.index(claim.figure), claim.source)
        )
    )


def differs(claimed: Decimal, computed: Decimal | None) -> bool:
    """Whether a claim is not what was computed, to the places that the claim was printed with."""
    if computed is None:
        return True
    exponent = claimed.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return rounded(computed, places) != claimed


def _comparison(claim: ClaimFact, computed: Decimal | None) -> Comparison:
    label = CLAIMABLE[claim.figure]
    return Comparison(
        figure=claim.figure,
        label=label.chinese,
        label_en=label.english,
        claimed=claim.claimed,
        computed=computed,
        differs=differs(claim.claimed, computed),
        source=claim.source,
    )
