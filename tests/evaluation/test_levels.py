"""A rating that was given at the level above is taken over as it was given there."""

from datetime import date
from typing import Any

from contracts.evaluation import RatingOpened, RehandlingOrdered, ReplyRated
from contracts.vocabulary import ActorRole
from evaluation.commands import TakeRating
from evaluation.decisions.rating import AwaitsNextAnswer, NothingToRate
from tests.evaluation.building import NOW, given

PART: dict[str, Any] = {"proposal_id": "p1", "unit": "区教育局"}
RATED_ON = date(2024, 7, 1)


def take(satisfaction: str, *, goes_back: bool = False, on: date = RATED_ON) -> TakeRating:
    told = {**PART, "satisfaction": satisfaction, "rated_on": on, "upper_name": "深圳市"}
    return TakeRating.model_validate({**told, "at": NOW, "goes_back": goes_back})


def opened(handling_round: int = 1, replied_on: date = date(2024, 6, 20)) -> RatingOpened:
    return RatingOpened(**PART, handling_round=handling_round, replied_on=replied_on)


def rated(satisfaction: str, handling_round: int = 1, **more: Any) -> ReplyRated:
    told = {**PART, "satisfaction": satisfaction, "rated_on": RATED_ON, "upper_name": "深圳市"}
    return ReplyRated.model_validate({**told, "handling_round": handling_round, **more})


def ordered(handling_round: int = 2) -> RehandlingOrdered:
    return RehandlingOrdered(**PART, handling_round=handling_round, ordered_on=RATED_ON)


def test_it_names_the_level_above_and_is_neither_by_proxy_nor_scanned() -> None:
    given(opened()).when(take("satisfied")).then(rated("satisfied"))
    assert TakeRating.may == {ActorRole.SERVICE}


def test_the_rating_rules_of_the_level_above_say_whether_the_case_goes_back() -> None:
    given(opened()).when(take("reserved", goes_back=True)).then(
        rated("reserved", again=True), ordered()
    )
    given(opened()).when(take("dissatisfied")).then(rated("dissatisfied", again=False))
    given(opened()).when(take("dissatisfied", goes_back=True)).then(
        rated("dissatisfied"), ordered()
    )


def test_a_level_that_is_not_offered_here_is_kept_as_it_was_given() -> None:
    given(opened()).when(take("very_satisfied")).then(rated("very_satisfied"))


def test_it_is_not_judged_by_the_days_of_the_answer_here() -> None:
    given(opened(replied_on=date(2024, 7, 2))).when(take("satisfied")).then(rated("satisfied"))


def test_the_same_rating_again_is_recorded_once_and_a_changed_one_too() -> None:
    given(opened(), rated("satisfied")).when(take("satisfied")).then()
    given(opened(), rated("dissatisfied"), ordered()).when(
        take("dissatisfied", goes_back=True)
    ).then()
    given(opened(), rated("satisfied")).when(take("basically_satisfied")).then(
        rated("basically_satisfied")
    )


def test_the_round_is_the_one_that_is_counted_here() -> None:
    past = (opened(), rated("dissatisfied"), ordered(), opened(2, RATED_ON))
    given(*past).when(take("dissatisfied", goes_back=True)).then(
        rated("dissatisfied", 2), ordered(3)
    )


def test_without_an_answer_that_waits_for_it_there_is_nothing_to_take_over() -> None:
    given().when(take("satisfied")).refused(NothingToRate)
    past = (opened(), rated("dissatisfied"), ordered())
    given(*past).when(take("satisfied")).refused(AwaitsNextAnswer)
