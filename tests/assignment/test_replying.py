"""Answering the proposer: each guard by itself, and the second round."""

from datetime import timedelta
from typing import Any

import pytest

from assignment.decisions.contents import ReplyIncomplete
from assignment.decisions.dates import DateInFuture, DateTooEarly
from assignment.decisions.replying import NoContactBeforeReply, OpinionsOutstanding
from assignment.decisions.standing import (
    AlreadyAnswered,
    CoUnitsDoNotAnswer,
    NotInThisCase,
    NotSigned,
    ReturnPending,
)
from contracts.vocabulary import ContactManner, Role
from tests.assignment.cases import (
    AT,
    FINANCE,
    HEALTH,
    HOUSING,
    OPINION_ON,
    REOPENED_ON,
    REPLIED_ON,
    SIGNED_ON,
    asked,
    closed,
    contacted,
    declined,
    dispatched,
    given,
    granted,
    on,
    opinion,
    passed_on,
    reopen,
    reopened,
    replied,
    reply,
    signed,
    waived,
)

A_DAY = timedelta(days=1)
HANDLING = (dispatched(), signed(), contacted())
WITH_CO = (*HANDLING, dispatched(FINANCE, Role.CO), dispatched(HEALTH, Role.CO))
GIVEN = (opinion(FINANCE), closed(FINANCE, OPINION_ON))


@pytest.mark.parametrize("role", [Role.SOLE, Role.LEAD, Role.SPLIT])
def test_a_unit_in_each_answering_role_answers(role: Role) -> None:
    given(dispatched(role=role), signed(), contacted()).when(reply()).then(replied(role=role))


def test_a_unit_without_a_part_does_not_answer() -> None:
    given(*HANDLING).when(reply(HEALTH)).refused(NotInThisCase)


def test_a_co_unit_does_not_answer() -> None:
    given(*WITH_CO, signed(FINANCE), contacted(FINANCE)).when(reply(FINANCE)).refused(
        CoUnitsDoNotAnswer
    )


def test_a_unit_that_has_not_signed_does_not_answer() -> None:
    given(dispatched()).when(reply()).refused(NotSigned)


def test_a_unit_that_wants_to_be_released_does_not_answer_until_it_is_kept() -> None:
    given(*HANDLING, asked()).when(reply()).refused(ReturnPending)
    given(*HANDLING, asked(), declined()).when(reply()).then(replied())


@pytest.mark.parametrize(
    ("field", "chinese", "english"),
    [
        ("document_number", "答复缺少：文号。", "The answer lacks: document number."),
        ("result_class", "答复缺少：办理结果类别。", "The answer lacks: result class."),
        ("openness", "答复缺少：公开属性。", "The answer lacks: openness."),
        ("contact_person", "答复缺少：联系人。", "The answer lacks: contact person."),
    ],
)
def test_an_answer_lacks_nothing(field: str, chinese: str, english: str) -> None:
    blank: dict[str, Any] = {field: None if field == "openness" else " "}
    refusal = given(*HANDLING).when(reply(**blank)).refused(ReplyIncomplete)
    assert refusal.chinese.startswith(chinese)
    assert refusal.in_english.startswith(english)


def test_everything_that_an_answer_lacks_is_told_at_once() -> None:
    refusal = (
        given(*HANDLING)
        .when(reply(document_number="", result_class="", openness=None, contact_person=""))
        .refused(ReplyIncomplete)
    )
    assert "文号、办理结果类别、公开属性、联系人" in refusal.chinese


def test_there_is_no_answer_without_a_contact() -> None:
    given(dispatched(), signed()).when(reply()).refused(NoContactBeforeReply)


def test_a_contact_after_the_answer_does_not_stand_for_one_before_it() -> None:
    late = contacted(day=REPLIED_ON + A_DAY)
    given(dispatched(), signed(), late).when(reply()).refused(NoContactBeforeReply)


def test_a_contact_on_the_day_of_the_answer_is_enough() -> None:
    same_day = contacted(day=REPLIED_ON)
    given(dispatched(), signed(), same_day).when(reply()).then(replied())


def test_a_visit_that_the_proposer_did_not_want_is_a_contact() -> None:
    not_wanted = contacted().model_copy(update={"manner": ContactManner.NOT_NEEDED})
    given(dispatched(), signed(), not_wanted).when(reply()).then(replied())


def test_the_contact_of_another_unit_does_not_count() -> None:
    before = (dispatched(role=Role.SPLIT), dispatched(HEALTH, Role.SPLIT), signed())
    given(*before, signed(HEALTH), contacted(HEALTH)).when(reply()).refused(NoContactBeforeReply)


def test_a_lead_waits_for_all_opinions_and_is_told_whose_are_missing() -> None:
    refusal = given(*WITH_CO).when(reply()).refused(OpinionsOutstanding)
    assert "区财政局、区卫生健康局" in refusal.chinese
    refusal = given(*WITH_CO, *GIVEN).when(reply()).refused(OpinionsOutstanding)
    assert refusal.facts == {"units": HEALTH}


def test_a_lead_answers_when_every_opinion_is_given_or_waived_by_name() -> None:
    given(*WITH_CO, *GIVEN, waived(FINANCE)).when(reply()).refused(OpinionsOutstanding)
    given(*WITH_CO, *GIVEN, waived(HEALTH)).when(reply()).then(replied())
    given(*WITH_CO, waived(FINANCE), waived(HEALTH)).when(reply()).then(replied())
    given(*WITH_CO, *GIVEN, opinion(HEALTH)).when(reply()).then(replied())


def test_a_lead_waits_for_the_unit_that_took_a_co_units_place_though_the_first_was_waived() -> None:
    replaced = (waived(HEALTH), asked(HEALTH), granted(HEALTH), passed_on(HOUSING, Role.CO))
    refusal = given(*WITH_CO, *GIVEN, *replaced).when(reply()).refused(OpinionsOutstanding)
    assert refusal.facts == {"units": HOUSING}


def test_split_units_do_not_wait_for_each_other() -> None:
    before = (dispatched(role=Role.SPLIT), dispatched(HEALTH, Role.SPLIT))
    given(*before, signed(), contacted()).when(reply()).then(replied(role=Role.SPLIT))


def test_an_answer_is_not_dated_before_the_signature_or_tomorrow() -> None:
    given(*HANDLING, contacted(day=on(3, 2))).when(reply(day=SIGNED_ON - A_DAY)).refused(
        DateTooEarly
    )
    given(*HANDLING).when(reply(day=AT.date() + A_DAY)).refused(DateInFuture)


def test_a_unit_answers_once_in_a_round() -> None:
    given(*HANDLING, replied()).when(reply(document_number="深龙教函〔2024〕32号")).refused(
        AlreadyAnswered
    )


def test_the_same_answer_once_more_comes_to_nothing_also_when_a_new_round_has_begun() -> None:
    given(*HANDLING, replied()).when(reply()).then()
    given(*HANDLING, replied(), closed()).when(reply()).then()
    given(*HANDLING, replied(), reopened()).when(reply()).then()


def test_in_a_second_round_the_unit_answers_again() -> None:
    second: dict[str, Any] = {"document_number": "深龙教函〔2024〕58号"}
    given(*HANDLING, replied()).when(reopen()).then(reopened()).when(
        reply(day=on(7, 1), **second)
    ).then(replied(day=on(7, 1), handling_round=2, **second)).when(
        reply(day=on(7, 2), document_number="深龙教函〔2024〕59号")
    ).refused(AlreadyAnswered)


def test_the_second_answer_is_not_dated_before_the_second_round() -> None:
    given(*HANDLING, replied(), reopened()).when(
        reply(day=REOPENED_ON - A_DAY, document_number="深龙教函〔2024〕58号")
    ).refused(DateTooEarly)


def test_a_closed_assignment_is_handled_again_when_a_later_rating_is_worse() -> None:
    given(*HANDLING, replied(), closed()).when(reopen()).then(reopened())


def test_a_round_that_has_been_opened_is_not_opened_again() -> None:
    given(*HANDLING, replied(), reopened()).when(reopen()).then()
    answered_twice = (*HANDLING, replied(), reopened(), replied(handling_round=2))
    given(*answered_twice).when(reopen()).then()
    given(*answered_twice).when(reopen(handling_round=3)).then(reopened(handling_round=3))
