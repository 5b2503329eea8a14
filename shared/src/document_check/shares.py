"""Whether 120件，占47.8% is 47.8 % of anything the text names."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from contracts.checking import Certainty, Finding, Kind
from document_check.bases import WHOLE, bases_for, fits, has_share, is_share, share_of
from document_check.divisions import divisions_of
from document_check.document import NOWHERE, Document
from document_check.findings import Wording
from document_check.quantities import Quantity

SHARE_OF = re.compile(
    r"(?:约|仅|只|均)?占(?P<of>[^，、；。()]*?)(?:比(?:重|例)?)?(?:约|近|超|达|超过|达到|为|的)*$"
)
OF_A_TOTAL = re.compile(r"(?:约|仅)?占")
BETWEEN = re.compile(
    r"(?:[^，、；。：\d()]{0,8}(?:\([^()\d]{1,12}\))?[，、]?\(?(?:[^，、；。：\d()]{0,12})|\))"
)
ELSEWHERE = re.compile(
    r"分别占|各占|委员总数|总人数|代表总数|人数|全市|全省|全国|GDP|面积|上年|去年"
)
ALL_OF = Decimal(100)


def contradictions_in_shares(document: Document) -> Iterator[Finding]:
    divisions = list(divisions_of(document))
    pairs = list(_pairs(document))
    for part, share in pairs:
        siblings = [each for each in pairs if each != (part, share)]
        bases = bases_for(document, part, share, divisions)
        confirmed, sure = _base_of_the_others(document, part, siblings)
        among = (
            [*bases.near, *_not_shared(document, part), confirmed] if confirmed and sure else None
        )
        if not part.exact or bases.explain(part.value, share, among=among):
            continue
        parts = {each for each, _ in siblings}
        base = confirmed or next((each for each in bases.near if each not in parts), None)
        if base is not None:
            yield _finding(document, part, share, base, sure=sure)
    yield from _of_a_named_base(document)
    yield from _too_full(document)


def _of_a_named_base(document: Document) -> Iterator[Finding]:
    """533件，占立案总数565件的94.3%."""
    for part, base, share in zip(
        document.quantities, document.quantities[1:], document.quantities[2:], strict=False
    ):
        named = is_share(share) and share.label == "的" and OF_A_TOTAL.match(base.label)
        if not named or base.unit != part.unit or not (part.exact and base.exact):
            continue
        if not fits(part.value, base.value, share):
            yield _finding(document, part, share, base, sure=True)


def _not_shared(document: Document, part: Quantity) -> list[Quantity]:
    """The figures before a part that open a clause of its paragraph: 8件建议所提问题……"""
    within = document.in_paragraph(document.sentence_of(part).paragraph)
    return [
        each
        for each in within
        if each.unit == part.unit and each.end <= part.start and not each.label
    ]


def _pairs(document: Document) -> Iterator[tuple[Quantity, Quantity]]:
    """A count and the share the text says it is."""
    for i, share in enumerate(document.quantities):
        if not is_share(share) or i == 0:
            continue
        part = _counted_before(document, i)
        says = SHARE_OF.fullmatch(share.label)
        if part is None or share.value > WHOLE or share.compared:
            continue
        bare = document.text[part.end : share.start] == "("
        if (says and not ELSEWHERE.search(share.label)) or bare:
            yield part, share


def _counted_before(document: Document, place: int) -> Quantity | None:
    """The count directly before a share, in the same clause or the one before."""
    share, before = document.quantities[place], document.quantities[place - 1]
    if is_share(before) or before.compared:
        return None
    if document.sentence_at(before.start) != document.sentence_at(share.start):
        return None
    if before.bracket not in {share.bracket, NOWHERE} and share.bracket != NOWHERE:
        return None
    between = document.text[before.end : share.start - len(share.label)]
    return before if BETWEEN.fullmatch(between) else None


def _base_of_the_others(
    document: Document, part: Quantity, siblings: Sequence[tuple[Quantity, Quantity]]
) -> tuple[Quantity | None, bool]:
    """The base that the other shares of the paragraph are shares of; sure if it is of several."""
    paragraph = document.sentence_of(part).paragraph
    around = [
        each
        for each in siblings
        if each[0].unit == part.unit and document.sentence_of(each[0]).paragraph == paragraph
    ]
    best: tuple[Quantity | None, int] = (None, 0)
    for base in document.quantities:
        if base.unit != part.unit or base.end > part.start or has_share(document, base):
            continue
        fitting = [
            one
            for one, share in around
            if one.value < base.value and fits(one.value, base.value, share)
        ]
        if len(fitting) > best[1]:
            best = base, len(fitting)
    return best[0], best[1] > 1


def _finding(
    document: Document, part: Quantity, share: Quantity, base: Quantity, *, sure: bool
) -> Finding:
    right = share_of(part.value, base.value, max(share.decimals, 1))
    says = Wording(document, Kind.SHARE, Certainty.CERTAIN if sure else Certainty.LIKELY)
    says.arithmetic = f"{part.number} ÷ {base.number} = {right}% ≠ {share.number}%"
    says.message = (
        f"文中 {part.number} {part.unit}占 {share.number}%，按 {base.number} {base.unit}计算为 {right}%。",
        f"The text says {part.number} are {share.number} %; of {base.number} they are {right} %.",
    )
    says.right = (
        f"如两个件数无误，应为 {share_of(part.value, base.value, share.decimals)}%。",
        f"If both counts are right: {share_of(part.value, base.value, share.decimals)} %.",
    )
    return says.found([share, part, base])


def _too_full(document: Document) -> Iterator[Finding]:
    """A share of more than the whole."""
    for share in document.quantities:
        if is_share(share) and share.value > ALL_OF and SHARE_OF.search(share.label):
            says = Wording(document, Kind.SHARE, Certainty.CERTAIN)
            says.arithmetic = f"{share.number}% > 100%"
            says.message = (
                f"文中占比为 {share.number}%，超过 100%。",
                f"The share is {share.number} %, more than 100 %.",
            )
            says.right = ("占比不应超过 100%。", "A share cannot exceed 100 %.")
            yield says.found([share])
