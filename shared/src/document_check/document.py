"""A document as the rules see it: paragraphs, sentences, brackets, and the figures in them."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from document_check.compacting import FULL_STOPS, Compact, Line, compact, lines_of
from document_check.limits import MOST_FIGURES, TooLarge
from document_check.quantities import Quantity, quantities_in

CLAUSE_ENDS = re.compile(r"[，；。：\n(]|(?<=\d)[件项条]")
LONGEST_BRACKET = 400
NOWHERE = -1


@dataclass(frozen=True)
class Sentence:
    """A stretch of the compact text; `paragraph` counts from 0."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, eq=False)
class Document:
    """A text, read. Places in it are places in the compact text unless they say otherwise."""

    given: str
    lines: tuple[Line, ...]
    compact: Compact
    brackets: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    quantities: tuple[Quantity, ...]

    @property
    def text(self) -> str:
        return self.compact.text

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def ends(self) -> list[int]:
        """Where the figures end, in order."""
        return [quantity.end for quantity in self.quantities]

    def sentence_at(self, place: int) -> int:
        """The number of the sentence a place lies in."""
        return max(bisect_right(self._starts, place) - 1, 0)

    def sentence_of(self, quantity: Quantity) -> Sentence:
        return self.sentences[self.sentence_at(quantity.start)]

    def bracket_at(self, place: int) -> int:
        return self.brackets[place]

    def as_given(self, sentence: Sentence) -> str:
        """The sentence as the author typed it, without line breaks."""
        start, end = self.compact.span(sentence.start, sentence.end)
        return "".join(self.given[start:end].split())

    def clause_before(self, quantity: Quantity) -> str:
        """What leads up to a figure since the last comma; 、 does not end a clause."""
        sentence = self.sentence_of(quantity)
        before = self.text[sentence.start : quantity.start]
        return CLAUSE_ENDS.split(before)[-1]

    @cached_property
    def by_sentence(self) -> dict[int, list[Quantity]]:
        found: dict[int, list[Quantity]] = {}
        for quantity in self.quantities:
            found.setdefault(self.sentence_at(quantity.start), []).append(quantity)
        return found

    @cached_property
    def _by_paragraph(self) -> dict[int, list[Quantity]]:
        found: dict[int, list[Quantity]] = {}
        for quantity in self.quantities:
            found.setdefault(self.sentence_of(quantity).paragraph, []).append(quantity)
        return found

    def in_paragraph(self, paragraph: int) -> list[Quantity]:
        return self._by_paragraph.get(paragraph, [])


def read(text: str) -> Document:
    """Read a text: find its sentences and the figures in them. Raises TooLarge."""
    lines = lines_of(text)
    whole = compact(lines)
    brackets = brackets_in(whole.text)
    quantities = tuple(quantities_in(whole.text, brackets))
    if len(quantities) > MOST_FIGURES:
        raise TooLarge
    return Document(
        text,
        tuple(lines),
        whole,
        tuple(brackets),
        tuple(_sentences(whole.text, brackets)),
        quantities,
    )


def brackets_in(text: str) -> list[int]:
    """For every place the opening bracket it lies behind, or NOWHERE."""
    inside: list[int] = []
    stack: list[int] = []
    for place, character in enumerate(text):
        if character == ")" and stack:
            stack.pop()
        if character == "\n" or (stack and place - stack[-1] > LONGEST_BRACKET):
            stack.clear()
        inside.append(stack[-1] if stack else NOWHERE)
        if character == "(" and _closes(text, place):
            stack.append(place)
    return inside


def _closes(text: str, opening: int) -> bool:
    closing = text.find(")", opening, opening + LONGEST_BRACKET)
    return closing > 0 and "\n" not in text[opening:closing]


def _sentences(text: str, brackets: list[int]) -> list[Sentence]:
    found: list[Sentence] = []
    start = paragraph = 0
    for place, character in enumerate(text):
        stops = character in FULL_STOPS and brackets[place] == NOWHERE
        if stops or character == "\n":
            if text[start:place].strip():
                found.append(Sentence(start, place + 1, paragraph))
            start = place + 1
        if character == "\n":
            paragraph += 1
    if text[start:].strip():
        found.append(Sentence(start, len(text), paragraph))
    return found
