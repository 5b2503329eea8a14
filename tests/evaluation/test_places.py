"""Places differ in classes and levels: each rulebook is adopted, and a year is played under it."""

from datetime import date
from functools import reduce
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.evaluation import EvaluationEvent, RehandlingOrdered, ReplyRated
from contracts.event import Event
from contracts.rating_levels import USUAL_OFFER, offered
from contracts.rulebook import Rulebook, read_rulebook
from contracts.vocabulary import ContactStage, Satisfaction
from evaluation.commands import AdoptRulebook, OpenRating, RateReply
from evaluation.decisions import decide
from evaluation.decisions.adopting import LevelsIncomplete, read_with_formulas
from evaluation.decisions.rating import LevelNotOffered
from evaluation.decisions.report import compute_figures
from evaluation.state import INITIAL, State, evolve
from tests.evaluation import building
from tests.evaluation.building import NOW, RULEBOOK_TEXT
from tests.evaluation.happening import (
    EDUCATION,
    answered,
    contacted,
    dispatched,
    facts_after,
    filed,
    signed,
)

SHIPPED = sorted((Path(__file__).parents[2] / "deploy" / "rulebooks").glob("*.toml"))
PLACES = {file.stem: read_rulebook(file.read_text("utf-8")) for file in SHIPPED}


def opening(rulebook: Rulebook, number: str = "1", handling_round: int = 1) -> OpenRating:
    return OpenRating(
        at=NOW,
        proposal_id=number,
        unit=EDUCATION,
        handling_round=handling_round,
        replied_on=date(2024, 6, 20),
        levels=offered(rulebook.satisfaction_levels),
    )


def rating(level: Satisfaction, number: str = "1", day: date = date(2024, 7, 1)) -> RateReply:
    return RateReply(at=NOW, proposal_id=number, unit=EDUCATION, satisfaction=level, rated_on=day)


def after(state: State, *events: EvaluationEvent) -> State:
    return reduce(evolve, events, state)


def given_opened(rulebook: Rulebook, number: str = "1") -> State:
    return after(INITIAL, *decide(opening(rulebook, number), INITIAL))


def rated(rulebook: Rulebook, level: Satisfaction) -> list[EvaluationEvent]:
    return decide(rating(level), given_opened(rulebook))


def a_case(random: Random, rulebook: Rulebook, number: str) -> list[Event]:
    """One case with everything on record, its answer classed and rated in the words of the place."""
    level = random.choice(rulebook.satisfaction_levels).code
    letter = random.choice(rulebook.result_classes).code
    opened = decide(opening(rulebook, number), INITIAL)
    told = decide(rating(level, number), after(INITIAL, *opened))
    return [
        *filed(number),
        dispatched(number),
        signed(number),
        *(contacted(number, stage) for stage in ContactStage),
        answered(number, letter),
        *opened,
        *told,
    ]


@pytest.mark.parametrize("place", PLACES)
def test_every_rulebook_that_is_shipped_can_be_adopted(place: str) -> None:
    text = next(file for file in SHIPPED if file.stem == place).read_text("utf-8")
    [adopted] = decide(AdoptRulebook(year=2024, text=text, at=NOW), INITIAL)
    assert adopted.model_dump()["rulebook_id"] == place


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=10, derandomize=True)
@given(seed=st.integers(0, 2**32))
async def test_a_year_under_any_shipped_rulebook_gives_rates_without_anything_unknown(
    place: str, seed: int
) -> None:
    random, rulebook = Random(seed), PLACES[place]
    numbers = [f"2024{nth:04}" for nth in range(1, random.randint(2, 12))]
    cases = [a_case(random, rulebook, number) for number in numbers]
    facts = await facts_after(*(event for case in cases for event in case))
    figures = compute_figures(
        "d", 2024, 1, facts.assignments, facts.clues, facts.claims, rulebook, facts.proposals
    )
    for rate in figures.rates:
        assert (rate.id, rate.unknown, rate.missing) == (rate.id, (), "")
    of_place = {rate.id: rate.numerator for rate in figures.rates}
    ratings = [each.satisfaction for each in facts.assignments]
    satisfied = sum(each in rulebook.satisfied_levels for each in ratings)
    assert of_place["satisfaction_rate"] == satisfied
    titles = [each.label for each in rulebook.satisfaction_levels if not each.counts_as_satisfied]
    misses = next(rate for rate in figures.rates if rate.id == "satisfaction_rate").misses
    assert all(any(f"“{title}”" in miss.why for title in titles) for miss in misses)


def test_a_level_that_the_place_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(LevelNotOffered) as refused:
        rated(PLACES["hongkou"], Satisfaction.BASICALLY_SATISFIED)
    assert "同意（satisfied）、理解（understanding）、保留（reserved）" in refused.value.chinese
    assert "Agreed (satisfied), Understood (understanding)" in refused.value.in_english
    with pytest.raises(LevelNotOffered) as refused:
        rated(PLACES["shenzhen-2024"], Satisfaction.RESERVED)
    assert "应为满意（satisfied）、基本满意（basically_satisfied）" in refused.value.chinese


def test_what_sends_a_case_back_is_said_by_the_place_and_written_into_the_event() -> None:
    [told, ordered] = rated(PLACES["jingxian"], Satisfaction.BASICALLY_SATISFIED)
    assert isinstance(told, ReplyRated)
    assert (told.again, told.goes_back) == (True, True)
    assert isinstance(ordered, RehandlingOrdered)
    [told] = rated(PLACES["shenzhen-2024"], Satisfaction.BASICALLY_SATISFIED)
    assert isinstance(told, ReplyRated)
    assert (told.again, told.goes_back) == (None, False)


def test_a_rating_is_held_to_the_levels_of_its_opening_also_when_it_is_changed() -> None:
    state = given_opened(PLACES["hongkou"])
    state = after(state, *decide(rating(Satisfaction.SATISFIED), state))
    with pytest.raises(LevelNotOffered):
        decide(rating(Satisfaction.BASICALLY_SATISFIED), state)


def test_the_usual_levels_leave_no_trace_in_the_opening_so_that_old_and_new_are_alike() -> None:
    [opened] = decide(opening(PLACES["shenzhen-2024"]), INITIAL)
    assert opened.model_dump()["levels"] == ()
    assert [each.code for each in USUAL_OFFER if each.goes_back] == [Satisfaction.DISSATISFIED]


def test_points_go_by_the_levels_that_count_as_dissatisfied() -> None:
    displeased = [building.an_assignment(satisfaction=Satisfaction.RESERVED)]
    figures = compute_figures("d", 2024, 1, displeased, (), (), PLACES["hongkou"])
    assert building.item(figures, "not-agreed").count == 0
    displeased = [building.an_assignment(satisfaction=Satisfaction.DISSATISFIED)]
    figures = compute_figures("d", 2024, 1, displeased, (), (), PLACES["hongkou"])
    item = building.item(figures, "not-agreed")
    assert (item.count, item.cases[0].why) == (1, "评价为“不同意”")


def test_a_rulebook_under_which_nobody_could_be_satisfied_is_not_adopted() -> None:
    text = RULEBOOK_TEXT.replace("counts_as_satisfied = true", "counts_as_satisfied = false")
    with pytest.raises(LevelsIncomplete) as refused:
        read_with_formulas(text)
    line = text.splitlines().index("[[satisfaction_levels]]") + 1
    assert f"第 {line} 行 satisfaction_levels：没有一档算作满意" in refused.value.chinese
