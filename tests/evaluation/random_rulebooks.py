"""Random rulebooks: any formula for each rate, and whether basically satisfied counts as satisfied."""

import re
from dataclasses import dataclass
from random import Random

from evaluation.decisions.rates.naming import REQUIRED, RateName
from evaluation.decisions.rates.registry import formulas_of
from tests.evaluation.building import RULEBOOK_TEXT
from tests.evaluation.counting_in_log import THE_SAMPLE_RULEBOOK, WITHOUT_RULEBOOK, Choices

MORE_ITEMS = {
    "late-signing": "late_signings",
    "overdue-signing": "overdue_signings",
    "unvisited": "unvisited_assignments",
    "late-opinion": "late_co_opinions",
}
WITHOUT_ONE, LENIENT_ONES = 0.1, 0.5
SIGNING = "\n[limits.signing]\ndays = 10\nassumed = true\n"
LENIENT = 'label = "基本满意"\nlabel_en = "Basically satisfied"\ncounts_as_satisfied = '


@dataclass(frozen=True)
class RandomRulebook:
    """The text that a district adopts, none for no rulebook, and its choices said once more."""

    text: str
    choices: Choices


def _rulebook(formulas: dict[str, str], *, lenient: bool) -> RandomRulebook:
    required = {rate.value for rate in REQUIRED}
    text = RULEBOOK_TEXT
    for rate in required:
        text = re.sub(rf'(\[formulas\.{rate}\]\nformula = )"[^"]+"', rf'\1"{formulas[rate]}"', text)
    for rate in sorted(formulas.keys() - required):
        text += f'\n[formulas.{rate}]\nformula = "{formulas[rate]}"\nassumed = true\n'
    for id_, counts in MORE_ITEMS.items():
        text += (
            f'\n[[score.deductions]]\nid = "{id_}"\nlabel = "{id_}"\nlabel_en = "{id_}"\n'
            f'counts = "{counts}"\npoints = 0.25\nassumed = true\n'
        )
    text = text.replace(f"{LENIENT}false", f"{LENIENT}{str(lenient).lower()}") + SIGNING
    satisfied = ("satisfied", "basically_satisfied") if lenient else ("satisfied",)
    points = {**THE_SAMPLE_RULEBOOK.points, **dict.fromkeys(MORE_ITEMS, "0.25")}
    return RandomRulebook(text, Choices(formulas, satisfied, points))


def rulebook_of(random: Random) -> RandomRulebook:
    if random.random() < WITHOUT_ONE:
        return RandomRulebook("", WITHOUT_RULEBOOK)
    formulas = {rate.value: random.choice(formulas_of(rate)) for rate in RateName}
    return _rulebook(formulas, lenient=random.random() < LENIENT_ONES)
