"""What a percentage may be a percentage of: the wholes near it, and everything else it could mean."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from document_check.divisions import Division, sums_of_runs
from document_check.document import Document
from document_check.quantities import PERCENT, Quantity

TOTAL_WORD = re.compile(r"共|总|收到|立案|承办|受理|交办|提交|提出|办理")
OF_A_FIGURE = re.compile(r"[^，、；。：()\n\d]{0,14}中")
WHOLE = 100
LONGEST_SUM = 3
LOOSE = Decimal(3)
"""How many percentage points 约, 近 and 超过 may be off."""


@dataclass(frozen=True)
class Bases:
    """`near` holds the wholes the text itself points at; `any` all that could explain the figure."""

    near: tuple[Quantity, ...]
    any: tuple[Decimal, ...]

    def explain(
        self, part: Decimal, share: Quantity, among: Sequence[Quantity] | None = None
    ) -> bool:
        """Whether some base makes the share right; `among` leaves only those."""
        bases = self.any if among is None else tuple(each.value for each in among)
        return any(fits(part, base, share) for base in bases)


def fits(part: Decimal, base: Decimal, share: Quantity) -> bool:
    """Whether part ÷ base is the printed percentage, rounded, cut off or rounded up."""
    if base <= 0:
        return False
    off = abs(part / base * WHOLE - share.value)
    return off < share.step if share.exact else off <= max(LOOSE, share.step)


def share_of(part: Decimal, base: Decimal, decimals: int) -> Decimal:
    """The percentage as the text would print it."""
    return (part / base * WHOLE).quantize(Decimal(1).scaleb(-decimals))


def bases_for(
    document: Document, part: Quantity, share: Quantity, divisions: Sequence[Division]
) -> Bases:
    """The bases of a part's share, nearest first."""
    counted = [each for each in document.quantities if each.unit == part.unit]
    owners = [
        each.whole for each in divisions if any(member.quantity == part for member in each.parts)
    ]
    number = document.sentence_at(part.start)
    paragraph = document.sentences[number].paragraph
    before = [each for each in counted if each.end <= part.start and each.value >= part.value]
    here = [each for each in before if document.sentence_at(each.start) == number]
    announced = [
        each
        for each in before
        if document.sentence_of(each).paragraph in {paragraph, paragraph - 1}
        and (TOTAL_WORD.search(each.label) or OF_A_FIGURE.match(document.text, each.end))
    ]
    near = [*owners, *(each for each in here if each.unit == part.unit), *announced[::-1]]
    near = [each for each in near if each.exact and not each.compared]
    return Bases(tuple(dict.fromkeys(near)), tuple(_possible(document, part, share, counted)))


def _possible(
    document: Document, part: Quantity, share: Quantity, counted: Sequence[Quantity]
) -> Iterable[Decimal]:
    """Every figure of the unit that could be the base; for whole percents only those around."""
    paragraph = document.sentence_of(part).paragraph
    for each in counted:
        close = document.sentence_of(each).paragraph == paragraph
        if each is not part and (share.decimals or close or TOTAL_WORD.search(each.label)):
            yield each.value
    without = [each for each in counted if each.end <= part.start and not has_share(document, each)]
    for start in range(len(without) - 1):
        neighbours = without[start : start + LONGEST_SUM]
        if document.sentence_of(neighbours[-1]).paragraph >= paragraph - 1:
            yield from sums_of_runs(neighbours)


def has_share(document: Document, quantity: Quantity) -> bool:
    """Whether the figure is itself given as a share of something."""
    return (
        re.match(r"[，、(]?(?:约|仅)?占", document.text[quantity.end : quantity.end + 4])
        is not None
    )


def is_share(quantity: Quantity) -> bool:
    return quantity.unit == PERCENT
