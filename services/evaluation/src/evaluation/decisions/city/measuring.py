"""What can be compared: rates of one formula with one meaning, scores under one rulebook."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from contracts.city import RateTerms, ScoreInBrief, YearInBrief
from contracts.rating_levels import USUAL_IN_ENGLISH
from contracts.vocabulary import Satisfaction
from evaluation.decisions.numbers import percent, printed, shown, tidy
from evaluation.decisions.rates.naming import ENGLISH_LABELS, RateName
from evaluation.decisions.rates.registry import FORMULAS
from evaluation.decisions.wording import Said

SCORE = "score"
MEASURES_KEPT = 50_000
Levels = tuple[Satisfaction, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The rule by which figures were computed that can be compared with each other."""

    figure: str
    key: str
    rule: str
    text: Said
    version: int = 0

    @property
    def named(self) -> Said:
        """The rulebook of a score, with its version."""
        return Said(
            f"《{self.text.chinese}》第 {self.version} 版",
            f"“{self.text.english}”, version {self.version}",
        )


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """One figure of one year: its group, its terms, its exact value for putting in order, its print.

    There is one object for the same terms, so that it is itself a key of what follows from it.
    """

    group: Group
    numerator: int
    denominator: int
    exact: Fraction | None
    display: str

    @property
    def value(self) -> Decimal | None:
        return None if self.exact is None else as_decimal(self.exact)


def as_decimal(exact: Fraction) -> Decimal:
    return tidy(Decimal(exact.numerator) / Decimal(exact.denominator))


def label_of(figure: str) -> Said:
    """What a rate, or the score, is called."""
    if figure == SCORE:
        return Said("自评得分", "Score")
    rate = RateName(figure)
    return Said(rate.chinese, ENGLISH_LABELS[rate])


def figures_in_order() -> list[str]:
    return [*(rate.value for rate in RateName), SCORE]


def measures_of(brief: YearInBrief) -> Iterator[Measure]:
    """Every figure of a year that can be compared."""
    for terms in brief.rates:
        yield _rate(terms, brief.satisfied)
    if brief.score is not None:
        yield _score(brief.score)


@lru_cache(MEASURES_KEPT)
def _rate(terms: RateTerms, satisfied: Levels) -> Measure:
    """Many districts have the same terms, and the same district has them again the next time."""
    counts = terms.denominator > 0
    exact = Fraction(100 * terms.numerator, terms.denominator) if counts else None
    group = _group_of(terms.id, terms.formula, satisfied, terms.levels)
    display = shown(percent(terms.numerator, terms.denominator))
    return Measure(group, terms.numerator, terms.denominator, exact, display)


@lru_cache(MEASURES_KEPT)
def _score(score: ScoreInBrief) -> Measure:
    version = f"{score.rulebook_id} v{score.rulebook_version}"
    text = Said(score.rulebook_title, score.rulebook_title_en or score.rulebook_title)
    group = Group(SCORE, version, version, text, score.rulebook_version)
    return Measure(group, 0, 0, Fraction(score.total), printed(score.total))


@cache
def _group_of(rate: str, formula_id: str, satisfied: Levels, broad: Levels) -> Group:
    """A formula that asks for "satisfied" means what the rulebook counts as such."""
    formula = FORMULAS[formula_id]
    asked = satisfied if "{said}" in formula.text else broad
    text = Said(
        formula.text.format(said=_named(satisfied), broad=_named(broad)),
        formula.text_en.format(
            said_en="” or “".join(USUAL_IN_ENGLISH[each] for each in satisfied),
            broad_en=" or ".join(USUAL_IN_ENGLISH[each].lower() for each in broad),
        ),
    )
    key = f"{formula_id}/{'+'.join(asked)}" if asked else formula_id
    return Group(rate, key, formula_id, text)


def _named(levels: Levels) -> str:
    return "”或“".join(each.chinese for each in levels)
