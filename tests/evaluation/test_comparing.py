"""Claimed figures stand beside the computed ones, and every difference shows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from contracts.evaluation import FigureClaimed
from contracts.rulebook import read_rulebook
from contracts.vocabulary import ActorRole, Openness
from evaluation.commands import ClaimFigure
from evaluation.decisions.comparing import CLAIMABLE, UnknownFigure, differs
from evaluation.decisions.rates.naming import REQUIRED, RateName
from evaluation.decisions.rates.registry import formulas_of
from evaluation.decisions.report import compute_figures
from evaluation.state import PromiseFact, ProposalFact
from tests.evaluation.building import (
    NOW,
    RULEBOOK_TEXT,
    a_claim,
    figures_of,
    given,
    the_sample_year,
    two_clues,
)


def claim(figure: str, claimed: str, source: str = "办理工作总结") -> ClaimFigure:
    return ClaimFigure(year=2024, figure=figure, claimed=Decimal(claimed), source=source, at=NOW)


def claimed(figure: str, value: str, source: str = "办理工作总结") -> FigureClaimed:
    return FigureClaimed(year=2024, figure=figure, claimed=Decimal(value), source=source)


def test_a_figure_is_claimed() -> None:
    given().when(claim("bonus", "10")).then(claimed("bonus", "10"))


def test_the_same_claim_again_is_recorded_once() -> None:
    given(claimed("bonus", "10"), claimed("score", "100")).when(claim("bonus", "10")).then()


def test_a_corrected_claim_is_recorded_as_well() -> None:
    given(claimed("bonus", "10")).when(claim("bonus", "5")).then(claimed("bonus", "5"))


def test_a_claim_that_was_corrected_and_returns_is_recorded_again() -> None:
    past = (claimed("bonus", "10"), claimed("bonus", "5"))
    given(*past).when(claim("bonus", "10")).then(claimed("bonus", "10"))


def test_the_same_figure_of_another_source_is_another_claim() -> None:
    given(claimed("bonus", "10")).when(claim("bonus", "10", "新闻稿")).then(
        claimed("bonus", "10", "新闻稿")
    )


def test_a_claim_printed_to_more_places_is_another_claim() -> None:
    given(claimed("reply_rate", "97")).when(claim("reply_rate", "97.0")).then(
        claimed("reply_rate", "97.0")
    )


def test_a_claim_is_recorded_in_plain_digits() -> None:
    [event] = given().when(claim("score", "1E+2")).decided()
    assert '"claimed":"100"' in event.model_dump_json()


def test_an_unknown_figure_is_refused_with_those_there_are() -> None:
    said = given().when(claim("bonuses", "10")).refused(UnknownFigure)
    assert "“bonuses”" in said.chinese
    assert "on_time_completion_rate" in said.chinese
    assert "total, sole, lead, split, co, " in said.in_english


def test_only_the_supervision_office_claims_figures() -> None:
    assert ClaimFigure.may == {ActorRole.SUPERVISION}


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity", "1E+20"])
def test_a_claim_that_no_report_could_print_is_not_a_command(value: str) -> None:
    with pytest.raises(ValidationError):
        claim("score", value)


@pytest.mark.parametrize(
    ("stated", "computed", "verdict"),
    [
        ("33", "33", "agrees"),
        ("33", "32", "differs"),
        ("96.97", "96.969696969", "agrees"),
        ("97.0", "96.969696969", "agrees"),
        ("97", "96.969696969", "agrees"),
        ("96.96", "96.969696969", "differs"),
        ("100", "99.7", "differs"),
        ("100.00", "99.9999", "differs"),
        ("1E+2", "100", "agrees"),
        ("100", "100.0", "agrees"),
    ],
)
def test_a_claim_is_compared_to_the_places_it_was_printed_with_but_short_of_full_is_never_full(
    stated: str, computed: str, verdict: str
) -> None:
    assert differs(Decimal(stated), Decimal(computed)) is (verdict == "differs")


def test_a_claim_of_something_that_cannot_be_computed_differs() -> None:
    [comparison] = figures_of([], claims=[a_claim("satisfaction_rate", "100")]).comparisons
    assert comparison.computed is None
    assert comparison.differs


def test_the_claimed_bonus_of_the_sample_differs_and_the_claimed_score_does_not() -> None:
    claims = [a_claim("score", "100"), a_claim("bonus", "10"), a_claim("total", "33")]
    comparisons = figures_of(the_sample_year(), two_clues(), claims).comparisons
    assert [(each.figure, each.computed, each.differs) for each in comparisons] == [
        ("total", Decimal(33), False),
        ("bonus", Decimal(5), True),
        ("score", Decimal(100), False),
    ]


def test_the_latest_claim_of_each_source_counts() -> None:
    claims = [
        a_claim("bonus", "5", position=12),
        a_claim("bonus", "10", position=11),
        a_claim("bonus", "10", source="新闻稿", position=10),
    ]
    comparisons = figures_of(the_sample_year(), two_clues(), claims).comparisons
    assert [(each.source, each.claimed) for each in comparisons] == [
        ("办理工作总结", Decimal(5)),
        ("新闻稿", Decimal(10)),
    ]


@pytest.mark.parametrize("figure", CLAIMABLE)
def test_every_figure_that_can_be_claimed_is_computed_where_the_rulebook_shows_it(
    figure: str,
) -> None:
    everything = read_rulebook(
        RULEBOOK_TEXT
        + "".join(
            f'\n[formulas.{rate}]\nformula = "{formulas_of(rate)[0]}"\nassumed = true\n'
            for rate in RateName
            if rate not in REQUIRED
        )
    )
    promise = PromiseFact("建成", date(2024, 12, 31))
    facts = [
        replace(
            each,
            recorded_live=True,
            result_class="A",
            openness=Openness.PUBLIC,
            promises=(promise,),
        )
        for each in the_sample_year()
    ]
    figures = compute_figures(
        "longgang",
        2024,
        1,
        facts,
        two_clues(),
        [a_claim(figure, "1")],
        everything,
        [ProposalFact(2024, "p1", "题", "20240101")],
    )
    [comparison] = figures.comparisons
    assert comparison.computed is not None


def test_a_claimed_rate_that_the_rulebook_does_not_show_has_nothing_to_agree_with() -> None:
    [comparison] = figures_of(the_sample_year(), claims=[a_claim("visit_rate", "100")]).comparisons
    assert (comparison.computed, comparison.differs) == (None, True)


def test_without_a_rulebook_a_claimed_score_has_nothing_to_agree_with() -> None:
    figures = compute_figures(
        "longgang", 2024, 1, the_sample_year(), [], [a_claim("score", "100")], None
    )
    assert figures.score is None
    assert figures.comparisons[0].differs
