"""The score sheet: every rule, how often it applied, and its points."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from contracts.figures import Figures
from contracts.vocabulary import Role, Satisfaction
from tests.evaluation.building import (
    an_assignment,
    figures_of,
    item,
    score,
    the_sample_year,
    two_clues,
)


def points(figures: Figures) -> dict[str, tuple[int, str]]:
    return {each.id: (each.count, str(each.points)) for each in score(figures).items}


def test_the_sample_year_scores_95_and_5_which_is_100() -> None:
    figures = figures_of(the_sample_year(), two_clues())
    assert points(figures) == {
        "base": (1, "95"),
        "late-case": (0, "0"),
        "unanswered-case": (0, "0"),
        "dissatisfied-case": (0, "0"),
        "total-cases": (33, "2"),
        "key-case-answered": (1, "2"),
        "adopted-clue": (2, "1"),
    }
    sheet = score(figures)
    assert (str(sheet.base), str(sheet.deductions), str(sheet.bonus)) == ("95", "0", "5")
    assert str(sheet.total) == "100"


def test_the_sheet_names_its_rulebook_and_that_it_is_a_sample() -> None:
    sheet = score(figures_of([]))
    assert (sheet.rulebook_id, sheet.rulebook_version, sheet.sample) == ("shenzhen-2024", 1, True)


def test_an_assumed_rule_is_marked_on_the_sheet_and_a_sourced_one_names_its_source() -> None:
    figures = figures_of(the_sample_year())
    assert item(figures, "late-case").assumed
    assert not item(figures, "key-case-answered").assumed
    assert "1件加2分" in item(figures, "key-case-answered").source


def test_a_rule_is_printed_with_its_points_in_both_languages() -> None:
    figures = figures_of([])
    assert item(figures, "adopted-clue").rule == "每条加 0.5 分"
    assert item(figures, "adopted-clue").rule_en == "0.5 points for each"
    assert item(figures, "total-cases").rule == "达到 30 件，加 2 分"
    assert item(figures, "late-case").rule_en == "1 point off for each case"


def test_the_bonus_for_many_cases_needs_thirty_of_them() -> None:
    year = the_sample_year()
    assert points(figures_of(year[:30]))["total-cases"] == (30, "2")
    assert points(figures_of(year[:29]))["total-cases"] == (29, "0")


def test_a_key_case_counts_once_it_is_answered_and_only_for_those_who_answer() -> None:
    key_case = replace(an_assignment(), key=True)
    assert points(figures_of([key_case]))["key-case-answered"] == (1, "2")
    open_case = replace(key_case, completed_on=None, replied_on=None)
    assert points(figures_of([open_case]))["key-case-answered"] == (0, "0")
    co_case = replace(an_assignment(role=Role.CO), key=True)
    assert points(figures_of([co_case]))["key-case-answered"] == (0, "0")


def test_one_clue_gives_half_a_point_and_is_named_with_its_position() -> None:
    adopted = item(figures_of([], two_clues()[:1]), "adopted-clue")
    assert adopted.points == Decimal("0.5")
    assert [(each.number, each.positions) for each in adopted.cases] == [("线索1", (901,))]


def test_a_late_case_costs_one_point_and_is_named() -> None:
    figures = figures_of([an_assignment(completed_on=date(2024, 7, 4))])
    late = item(figures, "late-case")
    assert (late.count, late.points) == (1, Decimal(1))
    assert late.cases[0].why == "答复 2024-07-04，期限 2024-06-30，晚 4 天"
    assert score(figures).total == 94


def test_a_case_that_is_not_completed_costs_two_points_and_not_a_third_for_being_late() -> None:
    figures = figures_of([an_assignment(completed_on=None)])
    assert points(figures)["unanswered-case"] == (1, "2")
    assert points(figures)["late-case"] == (0, "0")
    assert score(figures).total == 93


def test_a_case_that_displeased_two_units_proposers_costs_one_point() -> None:
    displeased = Satisfaction.DISSATISFIED
    figures = figures_of(
        [
            an_assignment(role=Role.SPLIT, unit="区水务局", satisfaction=displeased),
            an_assignment(role=Role.SPLIT, unit="区科创局", satisfaction=displeased),
        ]
    )
    disliked = item(figures, "dissatisfied-case")
    assert (disliked.count, disliked.points) == (1, Decimal(1))
    assert disliked.cases[0].why == "区水务局：评价为“不满意”；区科创局：评价为“不满意”"


def test_basic_satisfaction_costs_nothing() -> None:
    figures = figures_of([an_assignment(satisfaction=Satisfaction.BASICALLY_SATISFIED)])
    assert score(figures).deductions == 0


def test_the_total_stops_at_the_ceiling() -> None:
    key_cases = [replace(each, key=True) for each in the_sample_year()]
    sheet = score(figures_of(key_cases, two_clues()))
    assert (str(sheet.bonus), str(sheet.total)) == ("13", "100")


def test_deductions_stop_at_the_floor_of_the_base_and_bonuses_come_on_top() -> None:
    open_cases = [an_assignment(f"2024{index:04}", completed_on=None) for index in range(60)]
    sheet = score(figures_of(open_cases))
    assert [str(each) for each in (sheet.deductions, sheet.bonus, sheet.total)] == ["120", "2", "2"]


def test_a_case_that_ended_is_no_case_of_the_score() -> None:
    ended = replace(an_assignment(completed_on=None), ended=True)
    assert score(figures_of([ended])).total == 95
