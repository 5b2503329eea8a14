"""Whether base, bonus and deductions come to the score a district gives itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from contracts.checking import Certainty, Finding, Kind
from document_check.divisions import divisions_of
from document_check.document import NOWHERE, Document
from document_check.findings import Wording
from document_check.quantities import POINTS, Quantity, plain

BASE = re.compile(r"基[础本](?:分|得分)")
BONUS = re.compile(r"加分|附加分|奖励分")
DEDUCTION = re.compile(r"扣分|扣减|减分|扣")
TOTAL = re.compile(
    r"(?:自评|总分|总得分|合计|得分|总计|总评)(?:总分|得分|分数)?(?:为|得|共|计|达)*$"
)


@dataclass(frozen=True)
class Score:
    """The score of one paragraph: base + bonuses - deductions = total."""

    base: Quantity
    bonuses: tuple[Quantity, ...]
    deductions: tuple[Quantity, ...]
    total: Quantity


def score_in(document: Document, paragraph: int) -> Score | None:
    """The score a paragraph states, if it states a base and one total behind it."""
    points = [
        each
        for each in document.in_paragraph(paragraph)
        if each.unit == POINTS and each.bracket == NOWHERE and each.exact
    ]
    base = next((each for each in points if BASE.search(each.label)), None)
    behind = [each for each in points if base is not None and each.start > base.start]
    special = {each for each in behind if BONUS.search(each.label) or DEDUCTION.search(each.label)}
    totals = [each for each in behind if TOTAL.search(each.label) and each not in special]
    if base is None or not totals:
        return None
    within = [each for each in behind if each.end <= totals[0].start]
    deductions = tuple(each for each in within if DEDUCTION.search(each.label))
    bonuses = tuple(each for each in within if each in special and each not in deductions)
    return Score(base, bonuses, deductions, totals[0])


def contradictions_in_scores(document: Document) -> Iterator[Finding]:
    last = document.sentences[-1].paragraph if document.sentences else -1
    for paragraph in range(last + 1):
        score = score_in(document, paragraph)
        if score is not None and len(score.bonuses) <= 1 and len(score.deductions) <= 1:
            yield from _against_total(document, score)


def _against_total(document: Document, score: Score) -> Iterator[Finding]:
    """Silent where the bonus, counted from its items, gives the total: that is said elsewhere."""
    bonus = _possible(document, score.bonuses)
    deducted = _possible(document, score.deductions)
    if not score.bonuses and not score.deductions:
        return
    possible = [score.base.value + plus - minus for plus, minus in product(bonus, deducted)]
    if score.total.value in possible:
        return
    members = [score.base, *score.bonuses, *score.deductions]
    signs = ["", *(" + " for _ in score.bonuses), *(" − " for _ in score.deductions)]
    shown = "".join(sign + each.number for sign, each in zip(signs, members, strict=True))
    says = Wording(document, Kind.PARTS, Certainty.LIKELY)
    says.arithmetic = f"{shown} = {plain(possible[0])} ≠ {score.total.number}"
    says.message = (
        f"文中总分为 {score.total.number} 分，按各项计算为 {shown} = {plain(possible[0])} 分。",
        f"The total in the text is {score.total.number}; its parts give {plain(possible[0])}.",
    )
    says.right = (
        f"如各项无误，总分应为 {plain(possible[0])} 分。",
        f"If the parts are right, the total should be {plain(possible[0])}.",
    )
    yield says.found([score.total, *members])


def _possible(document: Document, stated: Sequence[Quantity]) -> list[Decimal]:
    """What a bonus may amount to: as stated, or as its own items add up."""
    if not stated:
        return [Decimal(0)]
    sums = [each.sum for each in divisions_of(document) if each.whole in stated]
    return [stated[0].value, *sums]
