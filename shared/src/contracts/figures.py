"""The figures of a district's year, as evaluation computes them and everybody else shows them."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from contracts.shown import Shown


class Figure(BaseModel):
    """A frozen part of the report; unknown fields are an error, so a rename cannot go unseen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseNote(Figure):
    """A case behind a figure, why it stands there, and the log positions that say so."""

    proposal_id: str
    number: str
    title: str
    why: str
    why_en: str
    positions: tuple[int, ...] = ()


class RoleCount(Figure):
    """How many cases the district had in one role."""

    role: str
    label: str
    count: int


class Rate(Figure):
    """A rate with its formula, both its terms, and the cases that keep it from being full.

    `value` is in percent, unrounded; it is None, shown as «—», where nothing is counted.
    """

    id: str
    label: str
    label_en: str
    formula: str
    formula_text: str
    formula_text_en: str
    counted: str
    counted_en: str
    numerator: int
    denominator: int
    value: Decimal | None
    display: str
    misses: tuple[CaseNote, ...] = ()


class ScoreItem(Figure):
    """One line of the score sheet: a rule of the rulebook, how often it applied, and its points."""

    id: str
    kind: Literal["base", "deduction", "bonus"]
    label: str
    label_en: str
    rule: str
    rule_en: str
    count: int
    points: Decimal
    cases: tuple[CaseNote, ...] = ()
    assumed: bool = False
    source: str = ""


class ScoreSheet(Figure):
    """The score a district gives itself (自评), item by item, under one rulebook."""

    rulebook_id: str
    rulebook_version: int
    rulebook_title: str
    sample: bool
    base: Decimal
    deductions: Decimal
    bonus: Decimal
    total: Decimal
    ceiling: Decimal
    items: tuple[ScoreItem, ...]


class Comparison(Figure):
    """A claimed figure beside the computed one."""

    figure: str
    label: str
    label_en: str
    claimed: Decimal
    computed: Decimal | None
    differs: bool
    source: str


class Figures(Figure):
    """Everything that evaluation says of one district's year, as of a position of the log."""

    district: str
    year: int
    position: int
    total: int
    by_role: tuple[RoleCount, ...]
    rates: tuple[Rate, ...]
    score: ScoreSheet | None
    comparisons: tuple[Comparison, ...]
    rehandled: tuple[CaseNote, ...]
    shown: Shown | None = None
