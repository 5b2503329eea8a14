"""What a summary consists of: blocks that the log says, and blocks that people write."""

import re
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

NOT_IN_XML = re.compile(r"[^\t\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


class SummaryPart(BaseModel):
    """A frozen part of the summary; unknown fields are an error, so a rename cannot go unseen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Style(StrEnum):
    """The elements of an official document (公文格式各要素) that a summary uses."""

    MARK = "mark"
    NUMBER = "number"
    TITLE = "title"
    ADDRESSEE = "addressee"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    SIGNATURE = "signature"
    DATE = "date"
    NOTE = "note"
    COPIES = "copies"
    PRINTED = "printed"


class Words(SummaryPart):
    """Fixed words between figures."""

    kind: Literal["words"] = "words"
    text: str


class SummaryField(SummaryPart):
    """A figure in a sentence: as it is printed, how it was counted, and the cases behind it.

    `path` is the page of the console that shows them, without the console's address.
    """

    kind: Literal["field"] = "field"
    key: str
    text: str
    value: Decimal | None
    label: str
    label_en: str
    formula: str
    cases: tuple[str, ...] = ()
    path: str = ""


Piece = Annotated[Words | SummaryField, Field(discriminator="kind")]


class Said(SummaryPart):
    """A paragraph that the log says. It is written anew each time, and nobody edits it."""

    kind: Literal["said"] = "said"
    key: str
    style: Style
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def fields(self) -> tuple[SummaryField, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, SummaryField))


class Prose(SummaryPart):
    """Paragraphs that people write. What they wrote is kept; until then there is a suggestion.

    `to_fill` says that the suggestion is only a hint, which has to be replaced or deleted.
    """

    kind: Literal["prose"] = "prose"
    key: str
    label: str
    label_en: str
    style: Style
    suggestion: tuple[str, ...]
    to_fill: bool = False
    kept: tuple[str, ...] | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return self.suggestion if self.kept is None else self.kept

    @property
    def is_unfilled(self) -> bool:
        return self.to_fill and self.kept is None


Block = Annotated[Said | Prose, Field(discriminator="kind")]


class Summary(SummaryPart):
    """One district's annual summary as of a position of its log."""

    district: str
    issuer: str
    year: int
    position: int
    title: str
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()
    warnings_en: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[Said, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Said))

    @property
    def prose(self) -> tuple[Prose, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Prose))

    @property
    def fields(self) -> tuple[SummaryField, ...]:
        return tuple(field for said in self.said for field in said.fields)

    @property
    def unfilled(self) -> tuple[Prose, ...]:
        return tuple(prose for prose in self.prose if prose.is_unfilled)


def fingerprint(paragraphs: tuple[str, ...]) -> str:
    """Tells whether words are still those that the system wrote."""
    return sha256("\n".join(map(printable, paragraphs)).encode()).hexdigest()[:16]


def printable(words: str) -> str:
    """The words without what no XML document may hold; of white space only tabs and blanks."""
    return NOT_IN_XML.sub("", words)
