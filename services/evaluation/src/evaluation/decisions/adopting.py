"""Which rulebook may be adopted for a year."""

import hashlib
from typing import ClassVar

from contracts.evaluation import EvaluationEvent, RulebookAdopted
from contracts.lines import line_of
from contracts.reading import at_line
from contracts.refusal import Refused
from contracts.rulebook import Rulebook, read_rulebook
from evaluation.commands import AdoptRulebook
from evaluation.decisions.rates.registry import chosen_formulas, formulas_of
from evaluation.state import RulebookInForce, State


class UnknownFormula(Refused):
    """规则文件有误：{line}formulas.{rate}.formula：没有公式“{formula}”；可用的有：{known}。"""

    english: ClassVar[str] = (
        "The rulebook is not right: {line_en}formulas.{rate}.formula: there is no formula '{formula}';"
        " the known ones are: {known}."
    )


class VersionNotHigher(Refused):
    """规则文件 {rulebook_id} 第 {version} 版的内容已变，但该年度已采用第 {in_force} 版；请提高版本号。"""

    english: ClassVar[str] = (
        "Version {version} of rulebook {rulebook_id} differs from version {in_force},"
        " which is in force; give it a higher version."
    )


class LevelsIncomplete(Refused):
    """规则文件有误：{line}satisfaction_levels：没有一档算作{missing}；应至少有一档。"""

    english: ClassVar[str] = (
        "The rulebook is not right: {line_en}satisfaction_levels: no level counts as {missing_en};"
        " there has to be one."
    )


def adopt_rulebook(command: AdoptRulebook, state: State) -> list[EvaluationEvent]:
    sha256 = hashlib.sha256(command.text.encode()).hexdigest()
    rulebook = read_with_formulas(command.text)
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


def read_with_formulas(text: str) -> Rulebook:
    """Read a rulebook that figures can be computed with.

    Raises BadRulebook, UnknownFormula or LevelsIncomplete.
    """
    rulebook = read_rulebook(text)
    _has_levels_of_both_kinds(rulebook, text)
    for rate, formula in chosen_formulas(rulebook).items():
        known = formulas_of(rate)
        if formula not in known:
            line, line_en = at_line(line_of(text, ("formulas", rate.value, "formula")))
            raise UnknownFormula(
                line=line,
                line_en=line_en,
                rate=rate.value,
                formula=formula,
                known=", ".join(known),
            )
    return rulebook


def _has_levels_of_both_kinds(rulebook: Rulebook, text: str) -> None:
    for levels, missing, missing_en in (
        (rulebook.satisfied_levels, "满意", "satisfied"),
        (rulebook.dissatisfied_levels, "不满意", "dissatisfied"),
    ):
        if not levels:
            line, line_en = at_line(line_of(text, ("satisfaction_levels", 0)))
            raise LevelsIncomplete(
                line=line, line_en=line_en, missing=missing, missing_en=missing_en
            )
