"""A rulebook in words: every rule of it as a line, with where it comes from, for people to read."""

from contracts.figures import Figure
from contracts.vocabulary import Satisfaction


class RuleLine(Figure):
    """One rule: what it is about, what it says, its source, and whether it is assumed."""

    section: str
    key: str
    label: str
    label_en: str
    said: str
    said_en: str
    source: str = ""
    assumed: bool = False


class ClassTitle(Figure):
    """A result class as forms and pages of the place show it."""

    code: str
    label: str
    label_en: str


class LevelTitle(Figure):
    """A level of rating as forms and pages of the place show it."""

    code: Satisfaction
    label: str
    label_en: str
    satisfied: bool
    dissatisfied: bool


class ExplainedRulebook(Figure):
    """A rulebook in words; `position` is that of its adoption in the log, if it was adopted."""

    id: str
    version: int
    title: str
    title_en: str
    sample: bool
    position: int | None = None
    lines: tuple[RuleLine, ...]
    classes: tuple[ClassTitle, ...]
    levels: tuple[LevelTitle, ...]
