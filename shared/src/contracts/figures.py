"""The figures of a district's year, as evaluation computes them and everybody else shows them."""

from datetime import date
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


class Margin(Figure):
    """How close the limits were kept: the case with the fewest days left, 0 on the last day."""

    days: int
    case: CaseNote


class Rate(Figure):
    """A rate with its formula, both its terms, and the cases that keep it from being full.

    `value` is in percent, unrounded; it is None, shown as «—», where nothing is counted. Cases of
    which the log does not say what the rate asks are `unknown` and in neither term; `missing` says
    so in words.
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
    unknown: tuple[CaseNote, ...] = ()
    missing: str = ""
    missing_en: str = ""
    margin: Margin | None = None


class RateInFull(Figure):
    """A rate with everything behind both of its terms: `met` counts above the line as well."""

    rate: Rate
    met: tuple[CaseNote, ...]
    shown: Shown | None = None


class ScoreItem(Figure):
    """One line of the score sheet: a rule of the rulebook, how often it applied, and its points.

    `unit` is named where everything counted is one unit's. What is decided `by_hand` is `pending`
    until somebody enters it. `remark` says what else there is to know, such as a cap that held.
    """

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
    unit: str = ""
    group: str = ""
    measure: str = "件"
    measure_en: str = "cases"
    by_hand: bool = False
    pending: bool = False
    remark: str = ""
    remark_en: str = ""


class CalendarDay(Figure):
    """A step of the yearly assessment with its days."""

    label: str
    label_en: str
    opens_on: date | None
    closes_on: date
    assumed: bool = False
    source: str = ""


class ScoreSheet(Figure):
    """The score a district gives itself (自评), item by item, under one rulebook.

    `pending` items wait for somebody's decision: the total stands without them.
    """

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
    rulebook_title_en: str = ""
    grade: str = ""
    grade_en: str = ""
    grade_assumed: bool = False
    pending: int = 0
    calendar: tuple[CalendarDay, ...] = ()


class UnitScore(Figure):
    """The score of one handling unit, by its own assignments, under the district's rulebook."""

    unit: str
    cases: int
    score: ScoreSheet


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
    units: tuple[UnitScore, ...] = ()


class Difference(Figure):
    """A figure under two rulebooks; None where one of them does not give it."""

    id: str
    label: str
    label_en: str
    adopted: Decimal | None
    other: Decimal | None


class RulebookEntry(Figure):
    """A rulebook that figures can be asked under."""

    id: str
    title: str
    title_en: str
    sample: bool


class RulebookList(Figure):
    """The rulebooks that this installation ships."""

    rulebooks: tuple[RulebookEntry, ...]


class SideBySide(Figure):
    """The same facts under the adopted rulebook and under another one, and what differs."""

    adopted: Figures
    other: Figures
    differences: tuple[Difference, ...]
