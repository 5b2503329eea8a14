"""What holds of every score, whatever the facts are and whichever rulebook they are put under."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.figures import Figures, ScoreSheet
from contracts.rulebook import Rulebook, read_rulebook
from contracts.vocabulary import Role
from evaluation.decisions.report import compute_figures
from evaluation.state import AssignmentFact, ClaimFact, ClueFact
from tests.evaluation.building import DUE_ON, an_assignment, the_sample_year, two_clues
from tests.evaluation.facts import clues, years

unhurried = settings(max_examples=25)

RULEBOOKS = {
    file.stem: read_rulebook(file.read_text("utf-8"))
    for file in sorted((Path(__file__).parents[2] / "deploy" / "rulebooks").glob("*.toml"))
}
# Bounds so close that random years meet them.
TIGHT = read_rulebook(
    (Path(__file__).parents[2] / "deploy" / "rulebooks" / "shenzhen-2024.toml")
    .read_text("utf-8")
    .replace("ceiling = 100", "ceiling = 5\nbonuses_at_most = 1")
    .replace("points = 95\nfloor = 0", "points = 5\nfloor = 4")
)
VOLUME = ("total-cases", "many-cases")

entries = st.lists(
    st.builds(
        ClaimFact,
        st.sampled_from(
            [
                f"item.{item.id}{unit}"
                for rulebook in RULEBOOKS.values()
                for item in rulebook.score.items
                if item.is_entered
                for unit in ("", "@甲")
            ]
        ),
        st.integers(0, 9).map(Decimal),
        st.just("认定表"),
        st.integers(1, 99),
    ),
    max_size=6,
    unique_by=lambda claim: claim.position,
)


def figures_under(
    rulebook: Rulebook,
    facts: Sequence[AssignmentFact],
    adopted: Sequence[ClueFact] = (),
    entered: Sequence[ClaimFact] = (),
) -> Figures:
    return compute_figures("longgang", 2024, 1000, facts, adopted, entered, rulebook)


def sheets_of(figures: Figures) -> list[ScoreSheet]:
    assert figures.score is not None
    return [figures.score, *(each.score for each in figures.units)]


def total(figures: Figures, *without: str) -> Decimal:
    """The total, less the points of items that reward many cases."""
    assert figures.score is not None
    rewarded = [item.points for item in figures.score.items if item.id in without]
    return figures.score.total - sum(rewarded, Decimal(0))


@unhurried
@given(years(most=6), clues, entries)
def test_a_total_is_base_less_deductions_plus_bonuses_within_floor_and_ceiling(
    facts: list[AssignmentFact], adopted: list[ClueFact], entered: list[ClaimFact]
) -> None:
    for rulebook in (*RULEBOOKS.values(), TIGHT):
        rules = rulebook.score
        for sheet in sheets_of(figures_under(rulebook, facts, adopted, entered)):
            points: dict[str, Decimal] = defaultdict(Decimal)
            for item in sheet.items:
                points[item.kind] += item.points
                assert item.points >= 0
            left = points["base"] - points["deduction"]
            reached = (max(left, rules.base.floor)) + points["bonus"]
            assert sheet.total == (min(reached, rules.ceiling))
            assert 0 <= sheet.total <= rules.ceiling
            assert rules.bonuses_at_most is None or points["bonus"] <= rules.bonuses_at_most
            assert sheet.pending == len([item for item in sheet.items if item.pending])


@unhurried
@given(years(most=6), clues, entries)
def test_no_item_and_no_group_comes_to_more_than_its_cap(
    facts: list[AssignmentFact], adopted: list[ClueFact], entered: list[ClaimFact]
) -> None:
    for rulebook in RULEBOOKS.values():
        caps = {item.id: item.cap for item in rulebook.score.items}
        for sheet in sheets_of(figures_under(rulebook, facts, adopted, entered)):
            by_group: dict[str, Decimal] = defaultdict(Decimal)
            for item in sheet.items:
                cap = caps.get(item.id)
                assert cap is None or item.points <= cap
                if item.kind == "deduction":
                    by_group[item.group] += item.points
            for group in rulebook.score.groups:
                assert group.deductions_at_most is not None
                assert by_group[group.id] <= group.deductions_at_most


@unhurried
@given(st.data(), years(most=6), clues, entries)
def test_the_order_of_the_facts_changes_no_score(
    data: st.DataObject,
    facts: list[AssignmentFact],
    adopted: list[ClueFact],
    entered: list[ClaimFact],
) -> None:
    rulebook = RULEBOOKS["shijiazhuang"]
    shuffled = figures_under(
        rulebook,
        data.draw(st.permutations(facts)),
        data.draw(st.permutations(adopted)),
        data.draw(st.permutations(entered)),
    )
    in_order = figures_under(rulebook, facts, adopted, entered)
    assert shuffled.model_dump_json() == in_order.model_dump_json()


@unhurried
@given(years(most=6), st.integers(1, 200), st.sampled_from(Role))
def test_one_more_late_case_never_raises_the_score_but_for_what_rewards_many_cases(
    facts: list[AssignmentFact], days: int, role: Role
) -> None:
    late = replace(
        an_assignment("20249999", role=role, completed_on=DUE_ON + timedelta(days=days)),
        unit="戊",
    )
    for rulebook in RULEBOOKS.values():
        before, after = figures_under(rulebook, facts), figures_under(rulebook, [*facts, late])
        assert total(after, *VOLUME) <= total(before, *VOLUME)


@unhurried
@given(years(most=6), st.data())
def test_a_case_that_becomes_late_never_raises_the_score(
    facts: list[AssignmentFact], data: st.DataObject
) -> None:
    in_time = [
        index
        for index, fact in enumerate(facts)
        if fact.completed_on is not None and fact.completed_on <= fact.due_on
    ]
    if not in_time:
        return
    index = data.draw(st.sampled_from(in_time))
    later = list(facts)
    later[index] = replace(facts[index], completed_on=DUE_ON + timedelta(days=1))
    for rulebook in RULEBOOKS.values():
        assert total(figures_under(rulebook, later)) <= total(figures_under(rulebook, facts))


def test_the_same_facts_under_three_rulebooks_give_three_sheets_and_again_the_same() -> None:
    late = {"completed_on": date(2024, 7, 2), "replied_on": date(2024, 7, 2)}
    first, *others = the_sample_year()
    facts = [replace(first, **late), *others]  # type: ignore[arg-type]  # days
    names = ("shenzhen-2024", "shijiazhuang", "baoji")
    once = [figures_under(RULEBOOKS[name], facts, two_clues()) for name in names]
    again = [figures_under(RULEBOOKS[name], facts, two_clues()) for name in names]
    assert [str(total(each)) for each in once] == ["99", "131", "100"]
    assert [each.model_dump_json() for each in once] == [each.model_dump_json() for each in again]


@pytest.mark.parametrize("name", RULEBOOKS)
def test_a_year_in_which_nothing_happened_has_a_score_under_every_rulebook(name: str) -> None:
    rulebook = RULEBOOKS[name]
    assert total(figures_under(rulebook, [])) == rulebook.score.base.points


def test_in_hainan_the_marks_for_speed_are_twenty_times_the_rate() -> None:
    answers = [an_assignment(f"2024000{index}") for index in range(3)]
    late = an_assignment("20240009", completed_on=date(2024, 7, 9))
    figures = figures_under(
        RULEBOOKS["hainan-2002"],
        [*answers, late, an_assignment("20240010", role=Role.CO)],
        entered=[ClaimFact("item.quality", Decimal(45), "评分表", 7)],
    )
    assert total(figures) == Decimal(60)
    assert figures.score is not None
    assert [item.pending for item in figures.score.items] == [False, False, False, True]
