"""What holds of the figures whatever the facts are."""

from collections import Counter
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.vocabulary import Role, Satisfaction
from evaluation.state import AssignmentFact, ClaimFact, ClueFact
from tests.evaluation.building import (
    RULEBOOK,
    an_assignment,
    figures_of,
    item,
    rate,
    score,
)
from tests.evaluation.facts import clues, years

unhurried = settings(max_examples=50)

claims = st.lists(
    st.builds(
        ClaimFact,
        st.sampled_from(["total", "bonus", "reply_rate"]),
        st.decimals(0, 100, places=2),
        st.sampled_from(["总结", "新闻稿"]),
        st.integers(1, 99),
    ),
    max_size=4,
    unique_by=lambda claim: claim.position,
)


def counted(facts: list[AssignmentFact]) -> list[AssignmentFact]:
    return [fact for fact in facts if fact.reporting and not fact.ended]


@unhurried
@given(years())
def test_no_numerator_is_larger_than_its_denominator(facts: list[AssignmentFact]) -> None:
    for each in figures_of(facts).rates:
        assert 0 <= each.numerator <= each.denominator
        assert (each.display == "100%") == (0 < each.denominator == each.numerator)
        assert (each.display == "—") == (each.denominator == 0) == (each.value is None)


@unhurried
@given(years())
def test_every_case_that_is_not_on_time_is_named_exactly_once(facts: list[AssignmentFact]) -> None:
    on_time = rate(figures_of(facts), "on_time_completion_rate")
    late = {
        fact.number
        for fact in counted(facts)
        if fact.completed_on is None or fact.completed_on > fact.due_on
    }
    assert Counter(miss.number for miss in on_time.misses) == Counter(late)
    assert on_time.denominator - on_time.numerator == len(late)
    assert on_time.denominator == len({fact.number for fact in counted(facts)})


@unhurried
@given(years())
def test_every_case_that_is_not_answered_is_named_exactly_once(facts: list[AssignmentFact]) -> None:
    reply = rate(figures_of(facts), "reply_rate")
    answering = [fact for fact in counted(facts) if fact.role is not Role.CO]
    unanswered = {fact.number for fact in answering if fact.replied_on is None}
    assert Counter(miss.number for miss in reply.misses) == Counter(unanswered)
    assert reply.denominator - reply.numerator == len(unanswered)
    assert reply.denominator == len({fact.number for fact in answering})


@unhurried
@given(years())
def test_every_answer_that_did_not_satisfy_is_named_exactly_once(
    facts: list[AssignmentFact],
) -> None:
    satisfaction = rate(figures_of(facts), "satisfaction_rate")
    rated = [fact for fact in counted(facts) if fact.satisfaction]
    others = [fact.number for fact in rated if fact.satisfaction is not Satisfaction.SATISFIED]
    assert Counter(miss.number for miss in satisfaction.misses) == Counter(others)
    assert len({(miss.number, miss.why) for miss in satisfaction.misses}) == len(others)
    assert (satisfaction.numerator, satisfaction.denominator) == (
        len(rated) - len(others),
        len(rated),
    )


@unhurried
@given(years())
def test_every_miss_says_why_in_both_languages_and_leads_back_to_the_log(
    facts: list[AssignmentFact],
) -> None:
    for each in figures_of(facts).rates:
        for miss in each.misses:
            assert miss.why
            assert miss.why_en
            assert miss.positions


@unhurried
@given(years())
def test_the_counts_by_role_add_up_to_the_total(facts: list[AssignmentFact]) -> None:
    figures = figures_of(facts)
    assert sum(each.count for each in figures.by_role) == figures.total
    assert figures.total == len({fact.number for fact in counted(facts)})


@unhurried
@given(st.data(), years(), clues, claims)
def test_the_order_of_the_facts_changes_nothing(
    data: st.DataObject,
    facts: list[AssignmentFact],
    adopted: list[ClueFact],
    claimed: list[ClaimFact],
) -> None:
    shuffled = figures_of(
        data.draw(st.permutations(facts)),
        data.draw(st.permutations(adopted)),
        data.draw(st.permutations(claimed)),
    )
    assert shuffled.model_dump_json() == figures_of(facts, adopted, claimed).model_dump_json()


@unhurried
@given(years(), clues)
def test_the_total_is_base_less_deductions_plus_bonus_up_to_the_ceiling(
    facts: list[AssignmentFact], adopted: list[ClueFact]
) -> None:
    sheet = score(figures_of(facts, adopted))
    by_kind = {
        kind: sum((each.points for each in sheet.items if each.kind == kind), Decimal(0))
        for kind in ("base", "deduction", "bonus")
    }
    assert (sheet.base, sheet.deductions, sheet.bonus) == tuple(by_kind.values())
    remaining = max(Decimal(0), by_kind["base"] - by_kind["deduction"])
    assert sheet.total == min(sheet.ceiling, remaining + by_kind["bonus"])


@unhurried
@given(years(), clues)
def test_the_points_of_every_item_follow_from_its_count_and_its_rule(
    facts: list[AssignmentFact], adopted: list[ClueFact]
) -> None:
    figures = figures_of(facts, adopted)
    for deduction in RULEBOOK.score.deductions:
        line = item(figures, deduction.id)
        assert line.points == line.count * (deduction.points or 0)
        assert line.count == len(line.cases)
    for bonus in RULEBOOK.score.bonuses:
        line = item(figures, bonus.id)
        times = line.count if bonus.at_least is None else int(line.count >= bonus.at_least)
        assert line.points == times * (bonus.points or 0)


@unhurried
@given(years())
def test_no_case_is_both_late_and_unanswered_and_each_that_missed_its_limit_is_one_of_them(
    facts: list[AssignmentFact],
) -> None:
    figures = figures_of(facts)
    late = {each.number for each in item(figures, "late-case").cases}
    unanswered = {each.number for each in item(figures, "unanswered-case").cases}
    assert not late & unanswered
    assert late | unanswered == {
        each.number for each in rate(figures, "on_time_completion_rate").misses
    }


@unhurried
@given(years())
def test_exactly_the_cases_beyond_their_first_round_are_listed_as_handled_again(
    facts: list[AssignmentFact],
) -> None:
    again = {fact.number for fact in counted(facts) if fact.handling_round > 1}
    assert Counter(each.number for each in figures_of(facts).rehandled) == Counter(again)


def test_no_number_is_written_with_trailing_zeros_or_an_exponent() -> None:
    facts = [an_assignment(completed_on=date(2024, 6, 1))]
    written = figures_of(
        facts, [ClueFact("线索1", "题", 1), ClueFact("线索2", "题", 2)]
    ).model_dump_json()
    assert '"100"' in written
    assert "E+" not in written
    assert '.0"' not in written
