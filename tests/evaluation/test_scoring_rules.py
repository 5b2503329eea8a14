"""Rules of the score: thresholds, caps, groups, rates, entries by hand, grades, units, calendar."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from contracts.figures import Figures, ScoreItem, UnitScore
from contracts.rulebook import read_rulebook
from contracts.vocabulary import ContactManner, ContactStage, Role, Satisfaction
from evaluation.commands import ClaimFigure
from evaluation.decisions.comparing import UnknownFigure
from evaluation.decisions.report import compute_figures
from evaluation.state import AssignmentFact, ClaimFact, ContactFact, PromiseFact
from tests.evaluation.building import (
    NOW,
    RULEBOOK_TEXT,
    a_claim,
    an_assignment,
    given,
    item,
    score,
    two_clues,
)

BARE = RULEBOOK_TEXT[: RULEBOOK_TEXT.index("[[score.deductions]]")]


def rule(kind: str, name: str, *lines: str) -> str:
    head = f'id = "{name}"\nlabel = "一项"\nlabel_en = "A rule"\nassumed = true\n'
    return f"[[score.{kind}]]\n{head}" + "\n".join(lines) + "\n"


def figures_under(
    facts: Sequence[AssignmentFact],
    *rules: str,
    claims: Sequence[ClaimFact] = (),
    scoring: str = "",
) -> Figures:
    """Compute the figures of facts under a base of 95 and these rules, and no others."""
    text = BARE.replace("ceiling = 100", f"ceiling = 100\n{scoring}")
    for kind in ("deductions", "bonuses"):
        if not any(f"[[score.{kind}]]" in each for each in rules):
            text = text.replace("ceiling = 100", f"ceiling = 100\n{kind} = []")
    rulebook = read_rulebook(text + "\n".join(rules))
    return compute_figures("longgang", 2024, 1000, facts, two_clues(), claims, rulebook)


def cases(count: int, **changes: object) -> list[AssignmentFact]:
    return [
        replace(an_assignment(f"2024{index:04}"), **changes)  # type: ignore[arg-type]  # fields of facts
        for index in range(count)
    ]


def completed(days_early: int, number: str = "20240104", unit: str = "甲") -> AssignmentFact:
    day = date(2024, 6, 30) - timedelta(days=days_early)
    return replace(an_assignment(number, unit=unit, completed_on=day), replied_on=day)


def came_to(found: ScoreItem) -> tuple[int, str]:
    return found.count, str(found.points)


@pytest.mark.parametrize(("number", "points"), [(4, "0"), (5, "2"), (9, "2"), (10, "3"), (12, "3")])
def test_of_several_thresholds_the_highest_that_is_reached_counts(number: int, points: str) -> None:
    steps = "steps = [{ at_least = 5, points = 2 }, { at_least = 10, points = 3 }]"
    figures = figures_under(
        cases(number), rule("bonuses", "many", 'counts = "answering_cases"', steps)
    )
    assert came_to(item(figures, "many")) == (number, points)
    assert item(figures, "many").rule == "达到 5 件加 2 分，达到 10 件加 3 分，取最高一档"


def test_a_case_is_early_when_all_of_its_units_were() -> None:
    facts = [completed(10, "20240104"), completed(30, "20240105"), completed(9, "20240105", "乙")]
    early = item(
        figures_under(
            facts, rule("bonuses", "early", 'counts = "early_cases"', "days = 10", "points = 1")
        ),
        "early",
    )
    assert came_to(early) == (1, "1")
    assert early.cases[0].why.endswith("提前 10 天")
    assert early.rule == "提前 10 天以上，每件加 1 分"


def test_an_item_stops_at_its_cap_and_says_what_it_held_back() -> None:
    rules = rule("bonuses", "early", 'counts = "early_cases"', "days = 5", "points = 1", "cap = 2")
    early = item(figures_under(cases(5), rules), "early")
    assert came_to(early) == (5, "2")
    assert early.remark == "已到上限，少计 3 分"
    assert early.remark_en == "the cap held back 3"
    assert early.rule.endswith("最多 2 分")


def test_the_items_of_a_group_stop_together_at_its_cap() -> None:
    group = (
        '[[score.groups]]\nid = "time"\nlabel = "时限"\nlabel_en = "Time"\nassumed = true\n'
        "deductions_at_most = 5\n"
    )
    costs = ("points = 2", 'group = "time"')
    figures = figures_under(
        cases(4, completed_on=None, replied_on=None),
        rule("deductions", "open", 'counts = "unanswered_cases"', "points = 1", 'group = "time"'),
        rule("deductions", "again", 'counts = "unanswered_assignments"', *costs),
        rule("deductions", "apart", 'counts = "unanswered_assignments"', "points = 2"),
        group,
    )
    assert [str(item(figures, name).points) for name in ("open", "again", "apart")] == [
        "4",
        "1",
        "8",
    ]
    assert score(figures).deductions == 13


def test_all_bonuses_stop_together_at_the_cap_of_the_sheet() -> None:
    rules = [
        rule("bonuses", name, 'counts = "total_cases"', "points = 1") for name in ("one", "two")
    ]
    figures = figures_under(cases(2), *rules, scoring="bonuses_at_most = 3")
    assert [came_to(item(figures, name)) for name in ("one", "two")] == [(2, "2"), (2, "1")]


@pytest.mark.parametrize(
    ("words", "on_time", "expected"),
    [
        ("below = 100, every = 1", 97, (3, "3")),
        ("below = 100, every = 2", 97, (1, "1")),
        ("below = 95", 97, (0, "0")),
        ("below = 98", 97, (1, "1")),
        ("below = 97", 97, (0, "0")),
    ],
)
def test_a_rate_below_its_target_costs_points_once_or_for_each_full_percent(
    words: str, on_time: int, expected: tuple[int, str]
) -> None:
    facts = [
        completed(1 if index < on_time else -1, f"2024{index:04}", "甲") for index in range(100)
    ]
    rate_rule = f'rate = {{ name = "on_time_completion_rate", {words} }}'
    figures = figures_under(facts, rule("deductions", "slow", rate_rule, "points = 1"))
    slow = item(figures, "slow")
    assert came_to(slow) == expected
    assert len(slow.cases) == 3
    assert slow.remark.startswith("按时办结率 97%（97/100）")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("above = 60", (1, "2")),
        ("above = 66.67", (0, "0")),
        ("at_least = 66.66", (1, "2")),
        ("above = 60, every = 3", (2, "4")),
        ("in_proportion = true", (1, "1.33")),
    ],
)
def test_a_rate_above_its_target_or_in_proportion_gives_points(
    words: str, expected: tuple[int, str]
) -> None:
    facts = [completed(days, f"2024010{index}") for index, days in enumerate((1, 1, -1))]
    rate_rule = f'rate = {{ name = "on_time_completion_rate", {words} }}'
    figures = figures_under(facts, rule("bonuses", "quick", rate_rule, "points = 2"))
    assert came_to(item(figures, "quick")) == expected


def test_a_rate_over_nothing_gives_and_costs_no_points_and_says_so() -> None:
    rate_rule = 'rate = { name = "satisfaction_rate", below = 100 }'
    figures = figures_under(cases(2), rule("deductions", "disliked", rate_rule, "points = 5"))
    assert came_to(item(figures, "disliked")) == (0, "0")
    assert item(figures, "disliked").remark == "满意率无从计算，未计分"


def test_a_rule_by_hand_waits_until_somebody_enters_it() -> None:
    praise = rule("bonuses", "praise", 'counts = "entered_times"', "points = 0.5")
    waiting = figures_under(cases(1), praise)
    assert (item(waiting, "praise").pending, score(waiting).pending) == (True, 1)
    assert item(waiting, "praise").rule == "需人工认定：每次加 0.5 分"
    entered = figures_under(
        cases(1), praise, claims=[a_claim("item.praise", "3", "表扬信", position=77)]
    )
    found = item(entered, "praise")
    assert came_to(found) == (3, "1.5")
    assert (found.pending, found.by_hand, found.cases[0].title) == (False, True, "表扬信")
    assert found.cases[0].positions == (77,)
    assert entered.comparisons == ()


def test_the_latest_entry_counts_and_those_for_units_add_up() -> None:
    claims = [
        a_claim("item.praise", "9", "旧稿", position=1),
        a_claim("item.praise", "1", "新稿", position=2),
        a_claim("item.praise@区教育局", "2", position=3),
    ]
    praise = rule("bonuses", "praise", 'counts = "entered_times"', "points = 1")
    assert came_to(item(figures_under([], praise, claims=claims), "praise")) == (3, "3")


def test_points_that_are_entered_stop_at_their_cap() -> None:
    quality = rule("bonuses", "quality", 'counts = "entered_points"', "cap = 5")
    figures = figures_under([], quality, claims=[a_claim("item.quality", "7.5")])
    assert str(item(figures, "quality").points) == "5"


def test_half_a_time_is_not_entered() -> None:
    praise = rule("bonuses", "praise", 'counts = "entered_times"', "points = 1")
    figures = figures_under([], praise, claims=[a_claim("item.praise", "2.5")])
    assert item(figures, "praise").points == 0
    assert item(figures, "praise").pending
    assert "不是整数" in item(figures, "praise").remark


def test_an_entry_is_claimed_for_the_district_or_for_a_unit_and_nothing_else_is() -> None:
    for figure in ("item.praise", "item.praise@区教育局"):
        command = ClaimFigure(year=2024, figure=figure, claimed=Decimal(1), source="表扬信", at=NOW)
        assert len(given().when(command).decided()) == 1
    for figure in ("item.", "item.@区教育局", "items.praise"):
        command = ClaimFigure(year=2024, figure=figure, claimed=Decimal(1), source="表扬信", at=NOW)
        given().when(command).refused(UnknownFigure)


@pytest.mark.parametrize(
    ("counts", "fact", "points"),
    [
        ("late_assignments", completed(-1), "1"),
        ("late_assignments", completed(0), "0"),
        ("dissatisfied_replies", replace(completed(1), satisfaction=Satisfaction.DISSATISFIED), "1"),
        ("late_co_opinions", an_assignment(role=Role.CO, completed_on=None), "1"),
        ("late_co_opinions", replace(an_assignment(role=Role.CO, completed_on=None), opinion_waived=True), "0"),
        ("unvisited_assignments", replace(completed(1), recorded_live=True), "1"),
        ("unvisited_assignments", completed(1), "0"),
        ("unvisited_assignments", replace(completed(1), contacts=(ContactFact(ContactStage.BEFORE, ContactManner.VISIT, date(2024, 4, 1)),)), "0"),
        ("broken_promises", replace(completed(1), promises=(PromiseFact("建成", date(2024, 9, 1)),)), "1"),
        ("broken_promises", replace(completed(1), promises=(PromiseFact("建成", date(2024, 9, 1), date(2024, 9, 1)),)), "0"),
    ],
)  # fmt: skip
def test_what_a_deduction_counts(counts: str, fact: AssignmentFact, points: str) -> None:
    figures = figures_under(
        [fact], rule("deductions", "rule", f'counts = "{counts}"', "points = 1")
    )
    assert str(item(figures, "rule").points) == points


def test_signing_late_costs_points_and_what_no_ledger_tells_of_is_named_apart() -> None:
    signed_late = replace(completed(1, "20240104"), signed_on=date(2024, 4, 20))
    figures = figures_under(
        [signed_late, completed(1, "20240105")],
        rule("deductions", "signing", 'counts = "late_signings"', "points = 1"),
        "[limits.signing]\ndays = 10\nassumed = true\n",
    )
    assert came_to(item(figures, "signing")) == (1, "1")
    assert item(figures, "signing").remark == "另有 1 件没有记录，未计"


def test_only_who_signs_after_the_day_that_was_told_loses_points_for_it() -> None:
    in_time, late = (
        replace(
            completed(1, number),
            dispatched_on=date(2024, 9, 30),
            sign_by=date(2024, 10, 10),
            signed_on=date(2024, 10, day),
        )
        for number, day in (("20240104", 8), ("20240105", 11))
    )
    figures = figures_under(
        [in_time, late],
        rule("deductions", "signing", 'counts = "overdue_signings"', "points = 1"),
        rule("deductions", "by-weekdays", 'counts = "late_signings"', "points = 1"),
        "[limits.signing]\nworking_days = 3\nassumed = true\n",
    )
    assert came_to(item(figures, "signing")) == (1, "1")
    assert item(figures, "signing").cases[0].number == "20240105"
    assert came_to(item(figures, "by-weekdays")) == (2, "2")


def test_the_unit_behind_an_item_is_named_where_it_is_one_units() -> None:
    open_case = rule("deductions", "open", 'counts = "unanswered_cases"', "points = 1")
    one = figures_under([an_assignment(unit="甲", completed_on=None)], open_case)
    assert item(one, "open").unit == "甲"
    other = an_assignment("20240105", unit="乙", completed_on=None)
    two = figures_under([an_assignment(unit="甲", completed_on=None), other], open_case)
    assert item(two, "open").unit == ""


def of_unit(figures: Figures, unit: str) -> UnitScore:
    return next(each for each in figures.units if each.unit == unit)


def test_every_unit_is_scored_by_its_own_assignments_the_best_first() -> None:
    facts = [
        an_assignment("20240104", unit="甲", completed_on=None),
        an_assignment("20240104", unit="乙"),
        an_assignment("20240105", unit="乙"),
    ]
    figures = figures_under(
        facts,
        rule("deductions", "open", 'counts = "unanswered_cases"', "points = 2"),
        rule("bonuses", "clue", 'counts = "adopted_clues"', "points = 1"),
        rule("bonuses", "praise", 'counts = "entered_times"', "points = 1"),
        claims=[a_claim("item.praise@甲", "1")],
        scoring="units = true",
    )
    assert [(each.unit, each.cases, str(each.score.total)) for each in figures.units] == [
        ("乙", 2, "95"),
        ("甲", 1, "94"),
    ]
    assert {each.id for each in of_unit(figures, "甲").score.items} == {"base", "open", "praise"}
    assert {each.unit for each in of_unit(figures, "甲").score.items} == {"甲"}
    assert of_unit(figures, "乙").score.pending == 1
    assert came_to(item(figures, "clue")) == (2, "2")


def test_a_rate_of_a_unit_is_over_its_own_assignments() -> None:
    rate_rule = 'rate = { name = "on_time_completion_rate", below = 100 }'
    figures = figures_under(
        [completed(1, unit="甲"), completed(-1, unit="乙")],
        rule("deductions", "slow", rate_rule, "points = 5"),
        scoring="units = true",
    )
    assert [(each.unit, str(each.score.total)) for each in figures.units] == [
        ("甲", "95"),
        ("乙", "90"),
    ]


def test_no_unit_is_scored_unless_the_rulebook_says_so() -> None:
    assert figures_under(cases(1)).units == ()


@pytest.mark.parametrize(("open_cases", "grade"), [(0, "优秀"), (5, "优秀"), (6, "良好"), (30, "")])
def test_the_total_has_the_highest_grade_that_it_reaches(open_cases: int, grade: str) -> None:
    grades = "".join(
        f'[[score.grades]]\nlabel = "{label}"\nlabel_en = "G"\nat_least = {least}\nassumed = true\n'
        for label, least in (("优秀", 90), ("良好", 80))
    )
    figures = figures_under(
        cases(open_cases, completed_on=None, replied_on=None),
        rule("deductions", "open", 'counts = "unanswered_cases"', "points = 1"),
        grades,
    )
    assert score(figures).grade == grade
    assert score(figures).grade_assumed == bool(grade)


def test_the_calendar_has_the_days_of_the_year() -> None:
    step = (
        '[[calendar]]\nid = "a"\nlabel = "考核"\nlabel_en = "Assessment"\nassumed = true\n'
        'opens = "11-15"\ncloses = "12-10"\n'
    )
    [day] = score(figures_under([], step)).calendar
    assert (day.opens_on, day.closes_on) == (date(2024, 11, 15), date(2024, 12, 10))
