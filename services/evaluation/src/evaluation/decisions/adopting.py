"""Which rulebook may be adopted for a year."""

import hashlib
from typing import ClassVar

from contracts.evaluation import EvaluationEvent, RulebookAdopted
from contracts.refusal import Refused
from contracts.rulebook import Rulebook, read_rulebook
from evaluation.commands import AdoptRulebook
from evaluation.decisions.rates import RateName, chosen_formula, formulas_of
from evaluation.state import RulebookInForce, State


class UnknownFormula(Refused):
    """规则文件有误：formulas.{rate}.formula：没有公式“{formula}”；可用的有：{known}。"""

    english: ClassVar[str] = (
        "The rulebook is not right: formulas.{rate}.formula: there is no formula '{formula}';"
        " the known ones are: {known}."
    )


class VersionNotHigher(Refused):
    """规则文件 {rulebook_id} 第 {version} 版的内容已变，但该年度已采用第 {in_force} 版；请提高版本号。"""

    english: ClassVar[str] = (
        "Version {version} of rulebook {rulebook_id} differs from version {in_force},"
        " which is in force; give it a higher version."
    )


def adopt_rulebook(command: AdoptRulebook, state: State) -> list[EvaluationEvent]:
    sha256 = hashlib.sha256(command.text.encode()).hexdigest()
    rulebook = read_rulebook(command.text)
    _check_formulas(rulebook)
    if isinstance(state, RulebookInForce):
        if state.sha256 == sha256:
            return []
        if state.rulebook_id == rulebook.id and rulebook.version <= state.version:
            raise VersionNotHigher(
                rulebook_id=rulebook.id, version=rulebook.version, in_force=state.version
            )
    return [
        RulebookAdopted(
            year=command.year,
            rulebook_id=rulebook.id,
            version=rulebook.version,
            sha256=sha256,
            text=command.text,
        )
    ]


def _check_formulas(rulebook: Rulebook) -> None:
    for rate in RateName:
        known, formula = formulas_of(rate), chosen_formula(rate, rulebook)
        if formula not in known:
            raise UnknownFormula(rate=rate.value, formula=formula, known=", ".join(known))
