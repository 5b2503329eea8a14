"""All formulas, and which of them a rulebook chooses."""

from contracts.rulebook import Rulebook
from evaluation.decisions.rates import (
    answering,
    filing,
    meeting,
    on_time,
    outcomes,
    satisfying,
    signing,
)
from evaluation.decisions.rates.formula import Formula
from evaluation.decisions.rates.naming import REQUIRED, RateName

_ALL = (
    *on_time.FORMULAS,
    *answering.FORMULAS,
    *signing.FORMULAS,
    *satisfying.FORMULAS,
    *outcomes.FORMULAS,
    *meeting.FORMULAS,
    *filing.FORMULAS,
)

FORMULAS = {formula.id: formula for formula in _ALL}


def formulas_of(rate: RateName) -> list[str]:
    """The ids of the formulas for a rate; the first is taken where no rulebook is in force."""
    return [formula.id for formula in _ALL if formula.rate is rate]


def chosen_formulas(rulebook: Rulebook | None) -> dict[RateName, str]:
    """The id of the formula for each rate that is shown, in the order of the rates."""
    if rulebook is None:
        return {rate: formulas_of(rate)[0] for rate in REQUIRED}
    chosen = rulebook.formulas.chosen
    return {rate: chosen[rate].formula for rate in RateName if rate in chosen}


def formula_for(rate: RateName, rulebook: Rulebook | None) -> Formula:
    """The formula that a rulebook chooses for a rate that it shows."""
    return FORMULAS[chosen_formulas(rulebook)[rate]]
