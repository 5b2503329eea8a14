"""Parts that stand beside each other without 其中: 立案5002件，并案262件，转为意见626件."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from document_check.bases import TOTAL_WORD
from document_check.divisions import Division, Part, plausible, sums_of_runs
from document_check.document import NOWHERE, Document
from document_check.families import REVIEW, TOPIC, Family, family_of, name_of
from document_check.quantities import PERCENT, POINTS, Quantity

RECEIVED = re.compile(r"收到|提交|提出|征集|收集|共有提案")
FILED = re.compile(r"(?:^|[查定以])立案(?:提案)?$")
FEWEST_TOPICS = 4
NEAR = Decimal("0.1")
PARAGRAPHS_BACK = 1


def runs_of(document: Document, announced: Sequence[Division]) -> Iterator[Division]:
    """Divisions the text does not announce: neighbours of one family behind a total."""
    taken = {part.quantity for each in announced if len(each.parts) > 1 for part in each.parts}
    last = document.sentences[-1].paragraph if document.sentences else -1
    for paragraph in range(last + 1):
        counted = [
            each
            for each in document.in_paragraph(paragraph)
            if each.unit not in {PERCENT, POINTS} and each.bracket == NOWHERE and not each.compared
        ]
        for family, run in _runs(counted):
            if not taken & set(run):
                yield from _divided(document, family, run)
        for run in _topics(counted):
            if not taken & set(run):
                yield from _by_topic(document, run)


def _runs(counted: Sequence[Quantity]) -> Iterator[tuple[Family, list[Quantity]]]:
    """Neighbours of one unit and one family, each under a name of its own."""
    run: list[Quantity] = []
    family: Family | None = None
    for before, each in pairwise([None, *counted, None]):
        its = _family_after(family, each)
        goes_on = (
            each is not None
            and before is not None
            and its is not None
            and its is family
            and each.unit == before.unit
            and name_of(each.label) not in {name_of(other.label) for other in run}
        )
        if not goes_on:
            if family is not None and run:
                yield family, run
            run, family = [], None if its is None or its.overlapping else its
        if each is not None and family is not None:
            run.append(each)


def _topics(counted: Sequence[Quantity]) -> Iterator[list[Quantity]]:
    """Neighbours named alike: 经济建设方面, 社会建设方面, …"""
    run: list[Quantity] = []
    for each in [*counted, None]:
        if each is not None and TOPIC.search(name_of(each.label)):
            run.append(each)
            continue
        if len(run) >= FEWEST_TOPICS:
            yield run
        run = []


def _by_topic(document: Document, run: list[Quantity]) -> Iterator[Division]:
    """The run under whichever figure before it comes nearest."""
    before = _before(document, run[0])
    parts = tuple(Part(each, name_of(each.label)) for each in run)
    total = sum((each.value for each in run), Decimal(0))
    if before:
        nearest = min(before, key=lambda each: abs(each.value - total))
        if abs(nearest.value - total) <= NEAR * nearest.value:
            others = tuple(each.value for each in document.quantities if each.unit == run[0].unit)
            yield Division(nearest, parts, firm=False, others=others)


def _family_after(family: Family | None, quantity: Quantity | None) -> Family | None:
    """The family of a figure: that of the run it continues, if its name belongs there too."""
    refers_back = quantity is not None and quantity.label.endswith("的") and quantity.tail
    if quantity is None or refers_back:
        return None
    name = name_of(quantity.label)
    return family if family is not None and family.word.search(name) else family_of(name)


def _divided(document: Document, family: Family, run: list[Quantity]) -> Iterator[Division]:
    """The run under the total before it, unless some figure of the text is its sum."""
    parts = tuple(Part(each, name_of(each.label)) for each in run)
    wanted = RECEIVED if family is REVIEW else TOTAL_WORD
    wholes = [each for each in _before(document, run[0]) if wanted.search(each.label)]
    alone = len(run) == 1 and not (family is REVIEW and FILED.search(parts[0].name))
    total = sum((each.value for each in run), Decimal(0))
    if wholes and not alone and plausible(total, wholes[-1]):
        others = [each.value for each in document.quantities if each.unit == run[0].unit]
        others = [*others, *sums_of_runs(wholes)]
        yield Division(wholes[-1], parts, firm=False, others=tuple(others))


def _before(document: Document, first: Quantity) -> list[Quantity]:
    paragraph = document.sentence_of(first).paragraph
    around = [
        each
        for number in range(paragraph - PARAGRAPHS_BACK, paragraph + 1)
        for each in document.in_paragraph(number)
    ]
    return [
        each
        for each in around
        if each.end <= first.start and each.unit == first.unit and not each.compared
    ]
