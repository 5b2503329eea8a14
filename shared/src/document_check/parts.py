"""Whether the parts of a whole come to the whole."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from contracts.checking import Certainty, Finding, Kind
from document_check.bases import WHOLE
from document_check.divisions import Division, divisions_of
from document_check.document import Document
from document_check.families import RATINGS, REST, REVIEW, alike, family_of_all
from document_check.findings import Wording, sum_of
from document_check.points import score_in
from document_check.quantities import PERCENT, POINTS, Quantity, plain
from document_check.runs import runs_of

NEARLY = Decimal("0.9")
SEVERAL = 3
FEWEST_IN_BRACKETS = Decimal("0.8")
OPEN_LIST = re.compile(r"等(?:方面|领域|类|$|\d|各)|主要(?:有|为|包括|涉及)|重点(?:有|包括)|既.*又")
SET_ALONG = re.compile(r"重点|优秀|主要|涉及|公开")
DEDUCTED = re.compile(r"扣|减")
TOTAL_POINTS = re.compile(
    r"(?:自评|总分|总得分|合计|得分|总计)(?:总分|得分|分数)?(?:为|得|共|计|达)*$"
)
BASE_POINTS = re.compile(r"基[础本](?:分|得分)")


def contradictions_in_sums(document: Document) -> Iterator[Finding]:
    announced = list(divisions_of(document))
    for division in [*announced, *runs_of(document, announced)]:
        certainty = certainty_of(document, division)
        if certainty is not None:
            yield _finding(document, division, certainty)


def certainty_of(document: Document, division: Division) -> Certainty | None:
    """How sure it is that the parts contradict the whole; None where they may agree."""
    whole, parts = division.whole, division.parts
    if not whole.exact or not all(part.quantity.exact for part in parts):
        return None
    if _explained(division):
        return None
    if division.sum > whole.value:
        return _too_many(division)
    return _too_few(document, division)


def _explained(division: Division) -> bool:
    values = [part.quantity.value for part in division.parts]
    if division.whole.unit == POINTS:
        signed = [
            -value if DEDUCTED.search(part.name) else value
            for value, part in zip(values, division.parts, strict=True)
        ]
        if division.whole.value in {sum(signed), sum(values)}:
            return True
    wanted = {division.whole.value, *division.others}
    return any(total in wanted for total in list(accumulate(values))[_fewest(division) - 1 :])


def _fewest(division: Division) -> int:
    """How many parts a list has at least: one word of a longer family is not yet the list."""
    return 2 if len(division.parts) > 1 else 1


def _too_many(division: Division) -> Certainty | None:
    names = division.names
    largest = max(part.quantity.value for part in division.parts)
    wholes = [division.whole.value, *division.others]
    if largest > max(wholes):
        return Certainty.CERTAIN if len(names) > 1 or not division.others else Certainty.LIKELY
    along = any(SET_ALONG.search(name) for name in names)
    near = division.sum * NEARLY <= division.whole.value and len(names) > SEVERAL
    if len(names) == 1 or (along and not near):
        return None
    if any(REST.match(name) for name in names):
        return Certainty.CERTAIN
    family = family_of_all(names)
    if family is not None and len(set(names)) == len(names):
        return Certainty.CERTAIN if division.firm or family.closed_by(names) else Certainty.LIKELY
    if division.firm or (near and alike(names)):
        return Certainty.LIKELY
    return None


def _too_few(document: Document, division: Division) -> Certainty | None:
    names = division.names
    if len(names) == 1 or _open(document, division):
        return None
    family = family_of_all(names)
    ends_with_rest = any(REST.match(name) for name in names)
    if ends_with_rest or (division.firm and division.whole.unit == POINTS):
        return Certainty.CERTAIN
    nearly = division.sum >= NEARLY * division.whole.value
    closed = family is not None and family.closed_by(names)
    if family is RATINGS:
        return Certainty.LIKELY if nearly and closed else None
    if closed or _shares_are_full(document, division):
        return Certainty.CERTAIN if division.firm else Certainty.LIKELY
    if division.firm and division.sum >= FEWEST_IN_BRACKETS * division.whole.value:
        return Certainty.LIKELY
    if nearly and len(names) >= SEVERAL and family is REVIEW:
        return Certainty.LIKELY
    if nearly and len(names) > SEVERAL and (family is not None or alike(names)):
        return Certainty.LIKELY
    return None


def _open(document: Document, division: Division) -> bool:
    """Whether the text says that these are not all."""
    first, last = division.parts[0].quantity, division.parts[-1].quantity
    stretch = document.text[division.whole.start : last.end] + last.tail
    return bool(OPEN_LIST.search(stretch)) or first.bracket != last.bracket


def _shares_are_full(document: Document, division: Division) -> bool:
    """Whether every part is followed by its percentage and these come to 100."""
    shares: list[Decimal] = []
    following = [each for each in document.quantities if each.start > division.whole.end]
    for part in division.parts:
        behind = next((each for each in following if each.start > part.quantity.start), None)
        if behind is None or behind.unit != PERCENT:
            return False
        shares.append(behind.value)
    return abs(sum(shares, Decimal(0)) - WHOLE) <= Decimal("0.1") * len(shares)


def _finding(document: Document, division: Division, certainty: Certainty) -> Finding:
    whole = division.whole
    values = [part.quantity.value for part in division.parts]
    unit, total = whole.unit, plain(division.sum)
    says = Wording(document, Kind.PARTS, certainty)
    says.support = _support(document, division)
    if len(values) == 1:
        part = division.parts[0]
        says.arithmetic = f"{total} > {whole.number}"
        says.message = (
            f"文中总数为 {whole.number} {unit}，其中的一部分（{part.name}）却为 {total} {unit}。",
            f"The text has {whole.number} in all, but {total} for one part of them ({part.name}).",
        )
        says.right = (
            f"部分不应多于总数，请核对 {whole.number} 和 {total}。",
            f"A part cannot exceed its whole: please check {whole.number} and {total}.",
        )
    else:
        says.arithmetic = f"{sum_of(values)} ≠ {whole.number}"
        says.message = (
            f"文中{_called(whole)}合计为 {whole.number} {unit}，逐项相加为 {sum_of(values)} {unit}。",
            f"The text gives {whole.number} in all; its parts add up to {sum_of(values)}.",
        )
        says.right = (
            f"如各分项无误，合计应为 {total} {unit}；如合计无误，请核对各分项。",
            f"If the parts are right, the total should be {total}; if the total is, check the parts.",
        )
    return says.found([whole, *(part.quantity for part in division.parts)])


def _called(whole: Quantity) -> str:
    return "加分" if whole.unit == POINTS and "加分" in whole.label else ""


def _support(document: Document, division: Division) -> tuple[str, str]:
    """Points only: base and bonus against the total score the same paragraph states."""
    score = score_in(document, document.sentence_of(division.whole).paragraph)
    if division.whole.unit != POINTS or score is None:
        return "", ""
    if score.base.value + division.sum != score.total.value:
        return "", ""
    shown = sum_of([score.base.value, division.sum])
    return (
        f"文中总分 {score.total.number} 分与此相符：{shown}。",
        f"The total of {score.total.number} in the text agrees with this: {shown}.",
    )
