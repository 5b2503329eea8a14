"""How a finding is put: courteous, factual, in both languages."""

from collections.abc import Sequence
from decimal import Decimal

from contracts.checking import Certainty, Finding, Kind, Place
from document_check.document import Document
from document_check.quantities import Quantity, plain


def sum_of(values: Sequence[Decimal]) -> str:
    """2 + 2 + 1 = 5."""
    return f"{' + '.join(plain(each) for each in values)} = {plain(sum(values, Decimal(0)))}"


class Wording:
    """Collects what is said of one contradiction; `found` makes the finding of it."""

    def __init__(self, document: Document, kind: Kind, certainty: Certainty) -> None:
        self._document = document
        self._kind = kind
        self._certainty = certainty
        self.arithmetic = ""
        self.message = ("", "")
        self.right = ("", "")
        self.support = ("", "")

    def found(self, quantities: Sequence[Quantity]) -> Finding:
        return self.found_at([(each.start, each.end) for each in quantities])

    def found_at(self, places: Sequence[tuple[int, int]]) -> Finding:
        document = self._document
        sentence = document.sentences[document.sentence_at(places[0][0])]
        return Finding(
            kind=self._kind,
            certainty=self._certainty,
            sentence=document.as_given(sentence),
            places=tuple(place_in(document, *each) for each in places),
            arithmetic=self.arithmetic,
            message=self.message[0],
            message_en=self.message[1],
            right=self.right[0],
            right_en=self.right[1],
            support=self.support[0],
            support_en=self.support[1],
        )


def place_in(document: Document, start: int, end: int) -> Place:
    given = document.compact.span(start, end)
    return Place(start=given[0], end=given[1])
