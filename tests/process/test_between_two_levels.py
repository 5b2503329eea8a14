"""What passes between a city and a district: the rating of an answer, and a case that is taken back."""

from datetime import date

import pytest

from assignment.state import Closed, InHandling
from contracts.assignment import HandlingRoundOpened
from contracts.evaluation import RatingOpened, RehandlingOrdered, ReplyRated
from contracts.vocabulary import Satisfaction
from evaluation.commands import RateReply
from tests.process.levels import (
    ABOVE,
    CITY,
    DISTRICT,
    EDUCATION,
    HEALTH,
    LONGGANG,
    NOW,
    NUMBER,
    TwoLevels,
    answer,
    answered_below,
    answered_on_paper,
    dispatch,
    handed_down,
    work,
)

RATED_ON = date(2024, 6, 1)


def rate(levels: TwoLevels, satisfaction: str, on: date = RATED_ON) -> None:
    told = RateReply(
        at=NOW,
        proposal_id=ABOVE,
        unit=LONGGANG,
        satisfaction=Satisfaction(satisfaction),
        rated_on=on,
    )
    levels.give(CITY, "evaluation", told)


def test_how_an_answer_was_rated_above_is_known_below_and_closes_the_case() -> None:
    levels = answered_below(EDUCATION)
    rate(levels, "satisfied")
    (told,) = levels.events(DISTRICT, ReplyRated)
    assert (told.unit, told.satisfaction, told.rated_on) == (EDUCATION, "satisfied", RATED_ON)
    assert (told.upper_name, told.by_proxy) == ("深圳市", False)
    part = levels.state(DISTRICT, f"case-{NUMBER}").assignment_of(EDUCATION)
    assert part.stage == Closed()
    assert levels.dead_letters == []


def test_a_rating_above_counts_for_every_unit_that_answered_below() -> None:
    levels = answered_below(EDUCATION, HEALTH)
    rate(levels, "basically_satisfied")
    assert {told.unit for told in levels.events(DISTRICT, ReplyRated)} == {EDUCATION, HEALTH}
    rate(levels, "satisfied", date(2024, 6, 8))
    assert len(levels.events(DISTRICT, ReplyRated)) == 4, "a changed rating is told too"


def test_a_rating_that_sends_the_case_back_opens_one_round_below_and_no_second() -> None:
    levels = answered_below(EDUCATION)
    rate(levels, "dissatisfied")
    (opened,) = levels.events(DISTRICT, HandlingRoundOpened)
    assert (opened.unit, opened.handling_round, opened.opened_on) == (EDUCATION, 2, RATED_ON)
    answer(levels, EDUCATION, date(2024, 7, 1), "深龙函〔2024〕9号")
    rate(levels, "satisfied", date(2024, 7, 9))
    rounds = [told.handling_round for told in levels.events(DISTRICT, ReplyRated)]
    assert rounds == [told.handling_round for told in levels.events(CITY, ReplyRated)] == [1, 2]
    assert levels.dead_letters == []


def test_a_district_counts_its_own_rounds_though_the_city_had_an_answer_before() -> None:
    levels = handed_down()
    answered_on_paper(levels, date(2024, 3, 12))
    rate(levels, "dissatisfied", date(2024, 3, 15))
    dispatch(levels, DISTRICT, NUMBER, EDUCATION)
    work(levels, EDUCATION)
    rate(levels, "dissatisfied")
    part = levels.state(DISTRICT, f"case-{NUMBER}").assignment_of(EDUCATION)
    assert (part.stage, part.handling_round) == (InHandling(RATED_ON), 2)
    assert [told.handling_round for told in levels.events(CITY, HandlingRoundOpened)] == [2, 3]
    assert levels.dead_letters == []


def test_a_level_that_only_the_city_offers_is_kept_as_it_was_given() -> None:
    levels = answered_below(EDUCATION, rulebook="hongkou")
    rate(levels, "understanding")
    (told,) = levels.events(DISTRICT, ReplyRated)
    assert told.satisfaction is Satisfaction.UNDERSTANDING
    assert not levels.events(DISTRICT, RehandlingOrdered)


def test_a_rating_that_arrives_before_the_district_opened_its_own_is_not_lost() -> None:
    levels = answered_below(EDUCATION)
    below = levels.logs[DISTRICT]
    stream = f"rating-{NUMBER}-{EDUCATION}"
    below.log[:] = [each for each in below.log if each[1].stream != stream]
    del below.states[stream]
    rate(levels, "satisfied")
    assert len(levels.events(DISTRICT, RatingOpened)) == 1
    assert len(levels.events(DISTRICT, ReplyRated)) == 1


@pytest.mark.parametrize("level", ["satisfied", "dissatisfied"])
def test_the_same_rating_heard_again_is_one_rating(level: str) -> None:
    levels = answered_below(EDUCATION)
    rate(levels, level)
    before = len(levels.logs[DISTRICT].log)
    levels.crossed.clear()
    levels.settle()
    assert len(levels.logs[DISTRICT].log) == before
