"""What a city sees of its districts: a year of each in brief, side by side, ranked, and over the years."""

from dataclasses import dataclass
from decimal import Decimal

from contracts.figures import Figure
from contracts.vocabulary import Satisfaction


@dataclass(frozen=True, slots=True)
class RateTerms:
    """Both terms of a rate, and the formula that gave them.

    `levels` are those that the formula asks for besides the satisfied ones, in the order of
    `Satisfaction`.
    """

    id: str
    formula: str
    numerator: int
    denominator: int
    levels: tuple[Satisfaction, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreInBrief:
    """A score and the rulebook that it was given under; `pending` items wait for somebody's decision."""

    rulebook_id: str
    rulebook_version: int
    rulebook_title: str
    rulebook_title_en: str
    total: Decimal
    pending: int = 0


@dataclass(frozen=True, slots=True)
class YearInBrief:
    """A district's year in brief: what its figures come to, without the cases behind them.

    `satisfied` are the levels of rating that the year's rulebook counts as satisfied, in the order
    of `Satisfaction`: a formula that asks for them means something else where they differ.
    """

    year: int
    total: int
    satisfied: tuple[Satisfaction, ...]
    rates: tuple[RateTerms, ...]
    score: ScoreInBrief | None = None


class Standing(Figure):
    """A rate or score of one district's year, and its place among those it can be compared with.

    `group` names the rates that can be compared: one formula with one meaning, or one version of a
    rulebook. `rank` is 1 for the highest, `tied` how many share it; where nothing is counted there
    is no rank, and `display` is «—». For a score, `numerator` and `denominator` are 0.
    """

    group: str
    numerator: int
    denominator: int
    display: str
    rank: int | None = None
    tied: int = 1


class DistrictLine(Figure):
    """One district's year. It is as of `position`; `behind` events came later and are not counted."""

    district: str
    name: str
    name_en: str
    total: int
    standings: dict[str, Standing]
    position: int
    behind: int = 0


class Compared(Figure):
    """A group of rates or scores that can be compared, with the sum of their terms.

    The group that most districts are in `is_main`; of the others `why_apart` says why they are not
    compared with it. `districts` are those that are in the group, `ranked` those with a place.
    """

    figure: str
    label: str
    label_en: str
    group: str
    rule: str
    rule_text: str
    rule_text_en: str
    districts: int
    ranked: int
    numerator: int
    denominator: int
    display: str
    is_main: bool
    why_apart: str = ""
    why_apart_en: str = ""


class PlaceWithoutFigures(Figure):
    """A district that has no line, and why: no cases in the year, or nothing computed yet."""

    district: str
    name: str
    name_en: str
    why: str
    why_en: str
    behind: int = 0


class CityOverview(Figure):
    """A year of many districts side by side.

    `behind` sums the events that are in the districts' logs and in no figure here yet.
    """

    year: int
    total: int
    lines: tuple[DistrictLine, ...]
    compared: tuple[Compared, ...]
    without: tuple[PlaceWithoutFigures, ...]
    behind: int


class RankedPlace(Figure):
    """A district's place in a ranking; nobody's where nothing is counted."""

    rank: int | None
    tied: int
    district: str
    name: str
    name_en: str
    numerator: int
    denominator: int
    display: str
    position: int
    behind: int = 0


class RankedGroup(Figure):
    """Districts that can be compared, the highest first; those without a place come last."""

    compared: Compared
    places: tuple[RankedPlace, ...]


class CityRanking(Figure):
    """The districts of a city by one rate or by the score; the largest group first."""

    year: int
    figure: str
    label: str
    label_en: str
    groups: tuple[RankedGroup, ...]
    without: tuple[PlaceWithoutFigures, ...]
    behind: int


class TrendPoint(Figure):
    """A rate or score in one year; `change` is the difference to the year before it, in points.

    A year that `why_apart` speaks of is computed in another way and is not compared.
    """

    year: int
    group: str
    numerator: int
    denominator: int
    value: Decimal | None
    display: str
    change: Decimal | None = None
    why_apart: str = ""
    why_apart_en: str = ""


class Trend(Figure):
    """One rate, or the score, over the years, by the rule of the latest year."""

    figure: str
    label: str
    label_en: str
    group: str
    rule: str
    rule_text: str
    rule_text_en: str
    points: tuple[TrendPoint, ...]
    apart: tuple[TrendPoint, ...]


class DistrictTrends(Figure):
    """A district's figures over the years, all as of one position of its log."""

    district: str
    position: int
    behind: int
    years: tuple[int, ...]
    totals: tuple[int, ...]
    trends: tuple[Trend, ...]
