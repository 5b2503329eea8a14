"""Where a text divides a whole into parts: 共33件（主办4件、会办28件）, 其中…, 分别为…, …共计."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from document_check.document import NOWHERE, Document, Sentence
from document_check.families import family_of, name_of
from document_check.quantities import PERCENT, POINTS, Quantity

OPENING = re.compile(
    r"其中|包括|包含|分别(?:为|是|有)|(?<![础本项得总加评减扣部])分(?:为|成)|(?<=[案议件])中(?=[，：])"
)
TOTAL_BEHIND = re.compile(r"(?:总共|共计|合计|总计|一共|累计|共)(?:有|为|达)?$")
NEW_TOPIC = re.compile(
    r"^(?:已|目前|现|截至|均|全部|采纳|涉及|交由|分别交|收到|累计|共|推动|形成|开展|还|并[^案]|同时)"
)
BEHIND_A_WHOLE = re.compile(r"[^，、；。：()\n\d]{0,14}")
FURTHEST_RUN = 8
SENTENCES_BACK = 3


@dataclass(frozen=True)
class Part:
    """One of the parts, under the name the text gives it."""

    quantity: Quantity
    name: str


@dataclass(frozen=True)
class Division:
    """A whole, what the text divides it into, and the other wholes it might mean.

    `firm` is a division the text announces as such (brackets, 分别为, 共计), not a bare 其中.
    """

    whole: Quantity
    parts: tuple[Part, ...]
    firm: bool
    others: tuple[Decimal, ...] = ()

    @property
    def names(self) -> list[str]:
        return [part.name for part in self.parts]

    @property
    def sum(self) -> Decimal:
        return sum((part.quantity.value for part in self.parts), Decimal(0))


@lru_cache(maxsize=2)
def divisions_of(document: Document) -> tuple[Division, ...]:
    """Every division the text announces."""
    return tuple(_divisions_in(document))


def _divisions_in(document: Document) -> Iterator[Division]:
    for number, sentence in enumerate(document.sentences):
        within = document.by_sentence.get(number, [])
        for bracket in sorted({each.bracket for each in within}):
            level = [each for each in within if each.bracket == bracket]
            if bracket != NOWHERE:
                yield from _in_brackets(document, bracket, level)
            yield from _opened(document, sentence, bracket, level)
            yield from _totalled(document, level)


def listed(quantities: Sequence[Quantity], unit: str) -> tuple[Part, ...]:
    """The run of parts at the head of the list: of one unit, of one family, no new topic."""
    parts: list[Part] = []
    for each in quantities:
        if each.unit != unit:
            continue
        name = name_of(each.label, each.tail)
        if each.compared or (parts and NEW_TOPIC.match(name)):
            break
        if parts and name and _leaves_the_family([part.name for part in parts], name):
            break
        parts.append(Part(each, name))
    return tuple(parts)


def _leaves_the_family(names: Sequence[str], name: str) -> bool:
    first = family_of(names[0])
    if first is None or first.overlapping or not all(first.word.search(name) for name in names):
        return False
    return not first.word.search(name) and not name.startswith(("其余", "其他", "另", "剩余"))


def _in_brackets(document: Document, bracket: int, level: list[Quantity]) -> Iterator[Division]:
    """共33件（…）: what the bracket holds are parts of the figure before it."""
    whole = figure_before(document, bracket)
    if whole is not None and whole.unit == PERCENT:
        whole = _counted_before_a_rate(document, whole, level[0].unit)
    if whole is None:
        return
    opening = OPENING.search(document.text, bracket, level[-1].start)
    behind = [each for each in level if not opening or each.start >= opening.start()]
    parts = listed(behind if _none_before(level, opening) else level, whole.unit)
    if parts:
        announced = bool(opening) or whole.unit == POINTS
        yield Division(whole, parts, firm=announced and len(parts) > 1)


def _counted_before_a_rate(document: Document, rate: Quantity, unit: str) -> Quantity | None:
    """提案146件，满意率100%（满意144件…）: the ratings are of the count before the rate."""
    within = document.by_sentence.get(document.sentence_at(rate.start), [])
    counted = [each for each in within if each.end <= rate.start and each.unit == unit]
    return counted[-1] if counted and unit != PERCENT else None


def figure_before(document: Document, bracket: int) -> Quantity | None:
    """The figure a bracket explains: 33件（…）, 33件提案（…）."""
    place = bisect_left(document.ends, bracket + 1)
    if place == 0:
        return None
    before = document.quantities[place - 1]
    between = document.text[before.end : bracket]
    return before if BEHIND_A_WHOLE.fullmatch(between) else None


def _none_before(level: list[Quantity], opening: re.Match[str] | None) -> bool:
    return opening is None or not any(each.end <= opening.start() for each in level)


def _opened(
    document: Document, sentence: Sentence, bracket: int, level: list[Quantity]
) -> Iterator[Division]:
    """其中…, 包括…, 分别为…: parts of the figure before the word."""
    openings = [
        match
        for match in OPENING.finditer(document.text, sentence.start, sentence.end)
        if document.bracket_at(match.start()) == bracket
    ]
    ends = [*(match.start() for match in openings[1:]), sentence.end]
    for opening, end in zip(openings, ends, strict=False):
        behind = [each for each in level if opening.end() <= each.start < end]
        if not behind:
            continue
        before = [each for each in level if each.end <= opening.start()]
        firm = opening[0] not in {"其中", "中"}
        if opening[0] == "中" and not _is_of_the_figure(document, before, opening):
            continue
        if before:
            names = _named_before(document, before[-1].end, opening) if firm else []
            yield from _after_a_figure(before, behind, firm=firm, names=names)
        elif bracket == NOWHERE and opening[0] == "其中":
            yield from _after_a_sentence(document, sentence, behind)


def _is_of_the_figure(document: Document, before: list[Quantity], opening: re.Match[str]) -> bool:
    """Whether 中 belongs to a figure: 801件提案中."""
    return bool(before) and bool(
        BEHIND_A_WHOLE.fullmatch(document.text, before[-1].end, opening.start())
    )


def _named_before(document: Document, start: int, opening: re.Match[str]) -> list[str]:
    """主办、分办、会办分别为…: the names stand before the word."""
    clause = re.split(r"[，；：。]", document.text[start : opening.start()])[-1]
    return [name for name in re.split(r"[、和与及]", clause) if name]


def _after_a_figure(
    before: list[Quantity], behind: list[Quantity], *, firm: bool, names: list[str]
) -> Iterator[Division]:
    unit = next((each.unit for each in behind if each.unit != PERCENT), PERCENT)
    wholes = [each for each in before if each.unit == unit and not each.compared]
    parts = listed(behind, unit)
    if len(names) == len(parts) > 1:
        parts = tuple(Part(each.quantity, name) for each, name in zip(parts, names, strict=True))
    total = sum((part.quantity.value for part in parts), Decimal(0))
    meant = wholes and (len(parts) == 1 or plausible(total, wholes[-1]))
    if meant and parts and unit != PERCENT:
        yield Division(wholes[-1], parts, firm=firm, others=tuple(_counted_together(wholes)))


def _counted_together(wholes: Sequence[Quantity]) -> list[Decimal]:
    """What else the figure before 其中 may mean: a larger one before it, or both together."""
    last = wholes[-1]
    larger = [each.value for each in wholes[:-1] if each.value > last.value]
    runs = [wholes[start:] for start in range(max(0, len(wholes) - FURTHEST_RUN), len(wholes) - 1)]
    return larger + [sum((each.value for each in run), Decimal(0)) for run in runs]


def _after_a_sentence(
    document: Document, sentence: Sentence, behind: list[Quantity]
) -> Iterator[Division]:
    """其中 at the head of a sentence: the whole is somewhere in the sentences before."""
    unit = next((each.unit for each in behind if each.unit != PERCENT), PERCENT)
    number = document.sentence_at(sentence.start)
    earlier = [
        [
            each
            for each in document.by_sentence.get(i, [])
            if each.unit == unit and not each.compared
        ]
        for i in range(number - 1, max(-1, number - 1 - SENTENCES_BACK), -1)
    ]
    wholes = next((each for each in earlier if each), [])
    parts = listed(behind, unit)
    if wholes and parts and unit != PERCENT:
        total = sum((part.quantity.value for part in parts), Decimal(0))
        nearest = min(wholes, key=lambda each: abs(each.value - total))
        others = [value for group in earlier for value in sums_of_runs(group)]
        others += [each.value for group in earlier for each in group]
        if plausible(total, nearest):
            yield Division(nearest, parts, firm=False, others=tuple(others))


def plausible(total: Decimal, whole: Quantity) -> bool:
    """Whether a whole some sentences away may be meant: nobody errs by more than half."""
    return whole.value / 2 < total < whole.value * 2


def _totalled(document: Document, level: list[Quantity]) -> Iterator[Division]:
    """建议12件、提案12件，共24件: the total stands behind its parts."""
    for i, total in enumerate(level):
        if total.unit == PERCENT or not TOTAL_BEHIND.fullmatch(total.label):
            continue
        before = [each for each in level[:i] if each.unit == total.unit and not each.compared]
        if len(before) > 1:
            parts = tuple(Part(each, name_of(each.label, each.tail)) for each in before)
            yield Division(total, parts, firm=True, others=())


def sums_of_runs(quantities: Sequence[Quantity]) -> list[Decimal]:
    """The sums of neighbouring figures: what the text may count together without saying so."""
    values = [each.value for each in quantities[-FURTHEST_RUN:]]
    return [
        sum(values[start:end], Decimal(0))
        for start in range(len(values))
        for end in range(start + 2, len(values) + 1)
    ]
