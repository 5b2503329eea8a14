"""A district's year in brief, out of all its figures."""

from collections.abc import Collection

from contracts.city import RateTerms, ScoreInBrief, YearInBrief
from contracts.figures import Figures, ScoreSheet
from contracts.rulebook import Rulebook
from contracts.vocabulary import Satisfaction
from evaluation.decisions.rates.formula import broadly_satisfied, satisfied
from evaluation.decisions.rates.registry import FORMULAS


def in_brief(figures: Figures, rulebook: Rulebook | None) -> YearInBrief:
    """What stays of the figures when the cases behind them are left out."""
    broad = _in_order(broadly_satisfied(rulebook).codes)
    return YearInBrief(
        year=figures.year,
        total=figures.total,
        satisfied=_in_order(satisfied(rulebook).codes),
        rates=tuple(
            RateTerms(
                rate.id,
                rate.formula,
                rate.numerator,
                rate.denominator,
                broad if "{broad}" in FORMULAS[rate.formula].text else (),
            )
            for rate in figures.rates
        ),
        score=None if figures.score is None else _score(figures.score),
    )


def _in_order(levels: Collection[Satisfaction]) -> tuple[Satisfaction, ...]:
    return tuple(level for level in Satisfaction if level in levels)


def _score(sheet: ScoreSheet) -> ScoreInBrief:
    return ScoreInBrief(
        rulebook_id=sheet.rulebook_id,
        rulebook_version=sheet.rulebook_version,
        rulebook_title=sheet.rulebook_title,
        rulebook_title_en=sheet.rulebook_title_en,
        total=sheet.total,
        pending=sheet.pending,
    )
