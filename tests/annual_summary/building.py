"""Summaries for these tests: the sample year, and years made of any figures."""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

from annual_summary import Letterhead, Prose, Summary, YearFacts, compose, write_docx
from annual_summary.styles import style_of_prose
from contracts.figures import Figures
from evaluation.decisions.summarising import facts_of_summary
from evaluation.state import AssignmentFact, ProposalFact
from tests.evaluation.building import a_claim, figures_of, the_sample_year, two_clues

CONSOLE = "http://console.test"
SIGNED_ON = date(2024, 11, 20)


def a_letterhead(signed_on: date | None = SIGNED_ON) -> Letterhead:
    return Letterhead("深圳市龙岗区", signed_on)


def summary_of(facts: list[AssignmentFact], cases: Sequence[ProposalFact] = ()) -> Summary:
    figures = figures_of(facts, two_clues(), [a_claim("bonus", "10"), a_claim("score", "100")])
    return compose(facts_of_summary(a_letterhead(), figures, facts, cases=cases))


def the_sample_summary() -> Summary:
    return summary_of(the_sample_year())


def summary_of_figures(figures: Figures) -> Summary:
    return compose(YearFacts(a_letterhead(), figures, ()))


def with_prose(summary: Summary, key: str, *paragraphs: str) -> Summary:
    blocks = tuple(
        block.model_copy(update={"kept": paragraphs}) if block.key == key else block
        for block in summary.blocks
    )
    return summary.model_copy(update={"blocks": blocks})


def prose(summary: Summary, key: str) -> Prose:
    return next(each for each in summary.prose if each.key == key)


def opened(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def edited(summary: Summary, edit: Callable[[Document], None]) -> bytes:
    """The document of a summary after somebody edited it."""
    document = opened(write_docx(summary, CONSOLE))
    edit(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def paragraphs_of(document: Document, key: str) -> list[Paragraph]:
    name = style_of_prose_named(key)
    return [
        each for each in document.paragraphs if each.style is not None and each.style.name == name
    ]


def style_of_prose_named(key: str) -> str:
    return style_of_prose(prose(the_sample_summary(), key))


def words_of(summary: Summary) -> str:
    """All that the log says, as one text."""
    return "\n".join(each.text for each in summary.said)
