"""Who may rate an answer, when, and what follows from it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts.evaluation import RatingOpened, RehandlingOrdered, ReplyRated
from contracts.vocabulary import ActorRole, Satisfaction
from evaluation.commands import OpenRating, RateReply
from evaluation.decisions.rating import (
    AwaitsNextAnswer,
    NothingToRate,
    ProxyWithoutScan,
    RatedBeforeAnswer,
    RatedInFuture,
)
from tests.evaluation.building import NOW, given

UNIT = "区教育局"


def open_rating(handling_round: int = 1, replied_on: date = date(2024, 6, 20)) -> OpenRating:
    return OpenRating(
        proposal_id="p1",
        unit=UNIT,
        handling_round=handling_round,
        replied_on=replied_on,
        at=NOW,
    )


def opened(handling_round: int = 1, replied_on: date = date(2024, 6, 20)) -> RatingOpened:
    return RatingOpened(
        proposal_id="p1", unit=UNIT, handling_round=handling_round, replied_on=replied_on
    )


def rate_reply(satisfaction: str, rated_on: date = date(2024, 7, 1), **more: Any) -> RateReply:
    asked = {"proposal_id": "p1", "unit": UNIT, "rated_on": rated_on, "at": NOW, **more}
    return RateReply.model_validate({"satisfaction": satisfaction, **asked})


def rated(
    satisfaction: str, handling_round: int = 1, rated_on: date = date(2024, 7, 1), **more: Any
) -> ReplyRated:
    told = {"proposal_id": "p1", "unit": UNIT, "handling_round": handling_round, **more}
    return ReplyRated.model_validate({"satisfaction": satisfaction, "rated_on": rated_on, **told})


def ordered(handling_round: int = 2, ordered_on: date = date(2024, 7, 1)) -> RehandlingOrdered:
    return RehandlingOrdered(
        proposal_id="p1", unit=UNIT, handling_round=handling_round, ordered_on=ordered_on
    )


def test_an_answer_opens_a_rating() -> None:
    given().when(open_rating()).then(opened())


def test_an_answer_opens_its_rating_once() -> None:
    given(opened()).when(open_rating()).then()
    given(opened(), rated("satisfied")).when(open_rating()).then()
    given(opened(), rated("dissatisfied"), ordered()).when(open_rating()).then()


def test_the_answer_of_the_next_round_opens_the_next_rating() -> None:
    past = (opened(), rated("dissatisfied"), ordered())
    given(*past).when(open_rating(2, date(2024, 8, 1))).then(opened(2, date(2024, 8, 1)))


def test_a_late_message_about_an_earlier_round_changes_nothing() -> None:
    past = (opened(), rated("dissatisfied"), ordered(), opened(2, date(2024, 8, 1)))
    given(*past).when(open_rating(1)).then()


@pytest.mark.parametrize("satisfaction", ["satisfied", "basically_satisfied"])
def test_the_proposer_rates_the_answer(satisfaction: str) -> None:
    given(opened()).when(rate_reply(satisfaction)).then(rated(satisfaction))


def test_a_dissatisfied_proposer_orders_another_round() -> None:
    given(opened()).when(rate_reply("dissatisfied")).then(rated("dissatisfied"), ordered(2))


def test_the_same_rating_again_is_recorded_once() -> None:
    given(opened(), rated("satisfied")).when(rate_reply("satisfied")).then()


def test_the_same_dissatisfied_rating_again_orders_no_further_round() -> None:
    given(opened(), rated("dissatisfied"), ordered()).when(rate_reply("dissatisfied")).then()


def test_a_second_dissatisfied_rating_on_the_day_of_the_first_orders_a_third_round() -> None:
    past = (opened(), rated("dissatisfied"), ordered(), opened(2, replied_on=date(2024, 7, 1)))
    given(*past).when(rate_reply("dissatisfied")).then(rated("dissatisfied", 2), ordered(3))


def test_another_rating_of_the_same_round_supersedes_the_first() -> None:
    later = date(2024, 7, 5)
    given(opened(), rated("satisfied")).when(rate_reply("basically_satisfied", later)).then(
        rated("basically_satisfied", rated_on=later)
    )


def test_a_rating_that_turns_dissatisfied_orders_another_round() -> None:
    later = date(2024, 7, 5)
    given(opened(), rated("satisfied")).when(rate_reply("dissatisfied", later)).then(
        rated("dissatisfied", rated_on=later), ordered(2, later)
    )


def test_the_answer_of_the_second_round_is_rated_in_the_second_round() -> None:
    past = (opened(), rated("dissatisfied"), ordered(), opened(2, date(2024, 8, 1)))
    given(*past).when(rate_reply("satisfied", date(2024, 8, 9))).then(
        rated("satisfied", 2, date(2024, 8, 9))
    )


def test_dissatisfaction_with_the_second_answer_orders_a_third_round() -> None:
    past = (opened(), rated("dissatisfied"), ordered(), opened(2, date(2024, 8, 1)))
    day = date(2024, 8, 9)
    given(*past).when(rate_reply("dissatisfied", day)).then(
        rated("dissatisfied", 2, day), ordered(3, day)
    )


def test_a_unit_that_never_answered_is_not_rated() -> None:
    said = given().when(rate_reply("satisfied")).refused(NothingToRate)
    assert said.chinese == "区教育局对提案 p1 还没有答复；请在答复之后评价。"
    assert "rate the answer when it is there" in said.in_english


def test_after_an_order_to_handle_again_a_rating_waits_for_the_next_answer() -> None:
    past = (opened(), rated("dissatisfied"), ordered())
    said = given(*past).when(rate_reply("satisfied", date(2024, 7, 9))).refused(AwaitsNextAnswer)
    assert "第 2 轮答复" in said.chinese
    assert "round 2" in said.in_english


def test_a_rating_is_not_older_than_the_answer() -> None:
    said = (
        given(opened()).when(rate_reply("satisfied", date(2024, 6, 19))).refused(RatedBeforeAnswer)
    )
    assert "2024-06-19 早于答复日期 2024-06-20" in said.chinese
    given(opened()).when(rate_reply("satisfied", date(2024, 6, 20))).then(
        rated("satisfied", rated_on=date(2024, 6, 20))
    )


def test_a_changed_rating_is_not_older_than_the_answer_either() -> None:
    past = (opened(), rated("satisfied"))
    given(*past).when(rate_reply("dissatisfied", date(2024, 6, 19))).refused(RatedBeforeAnswer)


def test_a_rating_of_tomorrow_is_refused() -> None:
    given(opened()).when(rate_reply("satisfied", date(2042, 7, 1))).refused(RatedInFuture)


def test_today_is_the_day_it_is_in_china() -> None:
    late_evening_in_greenwich = datetime(2024, 7, 1, 22, 0, tzinfo=UTC)
    given(opened()).when(
        rate_reply("satisfied", date(2024, 7, 2), at=late_evening_in_greenwich)
    ).then(rated("satisfied", rated_on=date(2024, 7, 2)))


def test_the_committee_enters_a_rating_with_the_scan_of_the_form() -> None:
    given(opened()).when(rate_reply("satisfied", by_proxy=True, scan="反馈表.pdf")).then(
        rated("satisfied", by_proxy=True, scan="反馈表.pdf")
    )


@pytest.mark.parametrize("scan", ["", "  "])
def test_a_rating_by_proxy_without_a_scan_is_refused(scan: str) -> None:
    said = given(opened()).when(rate_reply("satisfied", by_proxy=True, scan=scan))
    assert "扫描件" in said.refused(ProxyWithoutScan).chinese


def test_a_rating_from_a_ledger_needs_no_scan() -> None:
    given(opened()).when(rate_reply("satisfied", by_proxy=True, imported=True)).then(
        rated("satisfied", by_proxy=True)
    )


def test_no_unit_and_no_supervision_office_may_rate() -> None:
    assert RateReply.may == {ActorRole.PROPOSER, ActorRole.COMMITTEE, ActorRole.SERVICE}
    assert OpenRating.may == {ActorRole.SERVICE}


def test_ratings_of_two_units_do_not_touch() -> None:
    other = rate_reply("satisfied", unit="区科技创新局")
    assert other.satisfaction is Satisfaction.SATISFIED
    assert other.stream != rate_reply("satisfied").stream
