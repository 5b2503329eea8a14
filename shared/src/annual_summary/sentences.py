"""Sentences with figures in them, and the figures themselves."""

from collections.abc import Iterable
from decimal import Decimal
from string import Formatter
from urllib.parse import quote

from annual_summary.facts import YearCase
from annual_summary.model import Piece, Said, Style, SummaryField, Words
from annual_summary.numerals import plain
from contracts.figures import CaseNote, Figures


def say(key: str, template: str, style: Style = Style.BODY, /, **fields: SummaryField) -> Said:
    """A paragraph from a template whose braces name the fields."""
    pieces: list[Piece] = []
    for text, name, _, _ in Formatter().parse(template):
        if text:
            pieces.append(Words(text=text))
        if name:
            pieces.append(fields[name])
    return Said(key=key, style=style, pieces=tuple(pieces))


def literal(text: str) -> str:
    """Words from elsewhere, so that a brace in them stays a brace."""
    return text.replace("{", "{{").replace("}", "}}")


def join(key: str, sentences: Iterable[Said]) -> Said:
    """Several sentences in one paragraph."""
    pieces = tuple(piece for sentence in sentences for piece in sentence.pieces)
    return Said(key=key, style=Style.BODY, pieces=pieces)


class Pages:
    """The pages of the console that show what is behind a figure."""

    def __init__(self, figures: Figures) -> None:
        self.year = f"/districts/{quote(figures.district, safe='')}/years/{figures.year}"
        self._district = f"/districts/{quote(figures.district, safe='')}"

    def cases(self, role: str = "") -> str:
        return f"{self.year}/cases" + (f"?role={quote(role, safe='')}" if role else "")

    def case(self, proposal_id: str) -> str:
        return f"{self._district}/cases/{quote(proposal_id, safe='')}"

    def behind(self, notes: Iterable[CaseNote], otherwise: str) -> str:
        """The case, where it is one; otherwise the part of the overview that names them all."""
        found = {note.proposal_id for note in notes}
        only = found.pop() if len(found) == 1 else ""
        return self.case(only) if only else f"{self.year}#{otherwise}"


def field(  # noqa: PLR0913  what a figure has to say for itself
    key: str,
    value: Decimal | int | None,
    label: tuple[str, str],
    formula: str,
    *,
    text: str | None = None,
    cases: Iterable[str] = (),
    path: str = "",
) -> SummaryField:
    number = None if value is None else Decimal(value)
    printed = text if text is not None else plain(number or Decimal(0))
    return SummaryField(
        key=key,
        text=printed,
        value=number,
        label=label[0],
        label_en=label[1],
        formula=formula,
        cases=tuple(cases),
        path=path,
    )


def numbers_of(cases: Iterable[YearCase | CaseNote]) -> tuple[str, ...]:
    return tuple(case.number for case in cases)
