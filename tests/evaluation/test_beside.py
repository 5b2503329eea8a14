"""The same facts under another rulebook, beside the adopted one."""

from decimal import Decimal

from evaluation.decisions.beside import side_by_side
from evaluation.decisions.report import compute_figures
from tests.evaluation.building import RULEBOOK, the_sample_year, two_clues
from tests.evaluation.test_any_score import RULEBOOKS


def test_under_its_own_rulebook_nothing_differs() -> None:
    figures = compute_figures("longgang", 2024, 1, the_sample_year(), two_clues(), [], RULEBOOK)
    assert side_by_side(figures, figures).differences == ()


def test_what_differs_under_another_rulebook_is_named_with_both_figures() -> None:
    own, other = (
        compute_figures("longgang", 2024, 1, the_sample_year(), two_clues(), [], each)
        for each in (RULEBOOK, RULEBOOKS["shijiazhuang"])
    )
    both = side_by_side(own, other)
    assert [(each.id, each.label, each.adopted, each.other) for each in both.differences] == [
        ("base", "基础分", Decimal(95), Decimal(100)),
        ("bonus", "加分", Decimal(5), Decimal(33)),
        ("score", "自评得分", Decimal(100), Decimal(133)),
        ("unit.区教育局", "区教育局得分", None, Decimal(133)),
    ]


def test_without_an_adopted_rulebook_the_other_one_still_scores() -> None:
    own, other = (
        compute_figures("longgang", 2024, 1, the_sample_year(), two_clues(), [], each)
        for each in (None, RULEBOOK)
    )
    scores = {each.id: (each.adopted, each.other) for each in side_by_side(own, other).differences}
    assert scores["score"] == (None, Decimal(100))
