"""Computes the rates that a rulebook shows, and prints what each of them says."""

from contracts.figures import Rate, RateInFull
from evaluation.decisions.numbers import percent, shown
from evaluation.decisions.rates.formula import Formula, Measured, Tally
from evaluation.decisions.rates.naming import ENGLISH_LABELS
from evaluation.decisions.rates.registry import FORMULAS, chosen_formulas
from evaluation.decisions.wording import Said


def compute_rates(measured: Measured) -> tuple[Rate, ...]:
    chosen = chosen_formulas(measured.rulebook)
    return tuple(compute_rate(FORMULAS[formula], measured) for formula in chosen.values())


def compute_rate(formula: Formula, measured: Measured) -> Rate:
    tally, levels, broad = formula.tally(measured), measured.levels, measured.broad_levels
    value, missing = percent(tally.numerator, tally.denominator), _missing(tally)
    return Rate(
        id=formula.rate.value,
        label=formula.rate.chinese,
        label_en=ENGLISH_LABELS[formula.rate],
        formula=formula.id,
        formula_text=formula.text.format(said=levels.said, broad=broad.said),
        formula_text_en=formula.text_en.format(said_en=levels.said_en, broad_en=broad.said_en),
        counted=formula.counted,
        counted_en=formula.counted_en,
        numerator=tally.numerator,
        denominator=tally.denominator,
        value=value,
        display=shown(value),
        misses=tally.misses,
        unknown=tally.unknown,
        missing=missing.chinese,
        missing_en=missing.english,
        margin=tally.margin,
    )


def rate_in_full(name: str, measured: Measured) -> RateInFull | None:
    """A rate that is shown, with what counts in its numerator too; None where it is not shown."""
    chosen = {rate.value: formula for rate, formula in chosen_formulas(measured.rulebook).items()}
    if name not in chosen:
        return None
    formula = FORMULAS[chosen[name]]
    return RateInFull(rate=compute_rate(formula, measured), met=formula.tally(measured).met)


def _missing(tally: Tally) -> Said:
    if not tally.unknown:
        return tally.absent
    cases = len({note.proposal_id for note in tally.unknown})
    return Said(
        f"另有 {cases} 件没有记录，未计入",
        "1 more case has no record and is not counted"
        if cases == 1
        else f"{cases} more cases have no record and are not counted",
    )
