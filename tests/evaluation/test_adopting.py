"""Which rulebook may be adopted for a year."""

import hashlib

import pytest

from contracts.evaluation import RulebookAdopted
from contracts.rulebook import BadRulebook
from contracts.vocabulary import ActorRole
from evaluation.commands import AdoptRulebook
from evaluation.decisions.adopting import UnknownFormula, VersionNotHigher
from tests.evaluation.building import NOW, RULEBOOK_TEXT, given

SECOND_VERSION = RULEBOOK_TEXT.replace("version = 1", "version = 2")


def adopt(text: str) -> AdoptRulebook:
    return AdoptRulebook(year=2024, text=text, at=NOW)


def adopted(text: str, rulebook_id: str = "shenzhen-2024", version: int = 1) -> RulebookAdopted:
    return RulebookAdopted(
        year=2024,
        rulebook_id=rulebook_id,
        version=version,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
    )


def test_a_rulebook_is_adopted_with_its_whole_text() -> None:
    given().when(adopt(RULEBOOK_TEXT)).then(adopted(RULEBOOK_TEXT))


def test_the_same_text_is_adopted_once() -> None:
    given(adopted(RULEBOOK_TEXT)).when(adopt(RULEBOOK_TEXT)).then()


def test_a_higher_version_replaces_the_one_in_force() -> None:
    given(adopted(RULEBOOK_TEXT)).when(adopt(SECOND_VERSION)).then(
        adopted(SECOND_VERSION, version=2)
    )


def test_a_rulebook_with_another_id_replaces_the_one_in_force() -> None:
    other = RULEBOOK_TEXT.replace("shenzhen-2024", "guangzhou-2024")
    given(adopted(SECOND_VERSION, version=2)).when(adopt(other)).then(
        adopted(other, rulebook_id="guangzhou-2024")
    )


def test_another_text_under_the_same_version_is_refused() -> None:
    changed = RULEBOOK_TEXT.replace("points = 95", "points = 90")
    said = given(adopted(RULEBOOK_TEXT)).when(adopt(changed)).refused(VersionNotHigher)
    assert "请提高版本号" in said.chinese
    assert "give it a higher version" in said.in_english


def test_a_lower_version_is_refused() -> None:
    given(adopted(SECOND_VERSION, version=2)).when(adopt(RULEBOOK_TEXT)).refused(VersionNotHigher)


def test_a_rulebook_that_is_not_right_is_refused_with_the_key() -> None:
    broken = RULEBOOK_TEXT.replace("points = 95", 'points = "many"')
    assert "score.base.points" in given().when(adopt(broken)).refused(BadRulebook).chinese


@pytest.mark.parametrize("formula", ["reply.by_phone.v1", "satisfaction.by_rated_reply.v1"])
def test_a_formula_that_is_unknown_or_for_another_rate_is_refused_with_those_there_are(
    formula: str,
) -> None:
    text = RULEBOOK_TEXT.replace("reply.by_answering_case.v1", formula)
    said = given().when(adopt(text)).refused(UnknownFormula)
    line = next(n for n, each in enumerate(text.splitlines(), start=1) if f'"{formula}"' in each)
    assert f"第 {line} 行 formulas.reply_rate.formula" in said.chinese
    assert f"line {line}, formulas.reply_rate.formula" in said.in_english
    assert "reply.by_answering_case.v1" in said.in_english


def test_only_the_supervision_office_adopts_a_rulebook() -> None:
    assert AdoptRulebook.may == {ActorRole.SUPERVISION}
