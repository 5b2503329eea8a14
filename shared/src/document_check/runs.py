"""Parts that stand beside each other without 其中: 立案5002件，并案262件，转为意见626件."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from document_check.bases import TOTAL_WORD
from document_check.divisions import Division, Part, sums_of_runs
from document_check.document import NOWHERE, Document
from document_check.families import REVIEW, Family, family_of, name_of
from document_check.quantities import PERCENT, POINTS, Quantity

RECEIVED = re.compile(r"收到|提交|提出|征集|收集|共有提案")
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
            if not taken & set(run) and len(run) > 1:
                yield from _divided(document, family, run)


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


def _family_after(family: Family | None, quantity: Quantity | None) -> Family | None:
    """The family of a figure: that of the run it continues, if its name belongs there too."""
    if quantity is None:
        return None
    name = name_of(quantity.label)
    return family if family is not None and family.word.search(name) else family_of(name)


def _divided(document: Document, family: Family, run: list[Quantity]) -> Iterator[Division]:
    """The run under the total before it, unless some figure of the text is its sum."""
    parts = tuple(Part(each, name_of(each.label)) for each in run)
    paragraph = document.sentence_of(run[0]).paragraph
    before = [
        each
        for each in document.quantities
        if each.end <= run[0].start
        and each.unit == run[0].unit
        and not each.compared
        and document.sentence_of(each).paragraph >= paragraph - PARAGRAPHS_BACK
    ]
    wanted = RECEIVED if family is REVIEW else TOTAL_WORD
    wholes = [each for each in before if wanted.search(each.label)]
    if wholes:
        others = [each.value for each in document.quantities if each.unit == run[0].unit]
        others = [*others, *sums_of_runs(wholes)]
        yield Division(wholes[-1], parts, firm=False, others=tuple(others))
