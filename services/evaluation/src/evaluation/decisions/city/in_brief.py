"""A district's year in brief, out of all its figures."""

from contracts.city import RateTerms, ScoreInBrief, YearInBrief
from contracts.figures import Figures, ScoreSheet
from contracts.rulebook import Rulebook
from contracts.vocabulary import Satisfaction
from evaluation.decisions.rates.formula import WITHOUT_RULEBOOK


def in_brief(figures: Figures, rulebook: Rulebook | None) -> YearInBrief:
    """What stays of the figures when the cases behind them are left out."""
    levels = WITHOUT_RULEBOOK.codes if rulebook is None else rulebook.satisfied_levels
    return YearInBrief(
        year=figures.year,
        total=figures.total,
        satisfied=tuple(level for level in Satisfaction if level in levels),
        rates=tuple(
            RateTerms(rate.id, rate.formula, rate.numerator, rate.denominator)
            for rate in figures.rates
        ),
        score=None if figures.score is None else _score(figures.score),
    )


def _score(sheet: ScoreSheet) -> ScoreInBrief:
    return ScoreInBrief(
        rulebook_id=sheet.rulebook_id,
        rulebook_version=sheet.rulebook_version,
        rulebook_title=sheet.rulebook_title,
        rulebook_title_en=sheet.rulebook_title_en,
        total=sheet.total,
        pending=sheet.pending,
    )
