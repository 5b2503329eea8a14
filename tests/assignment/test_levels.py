"""What a district reports of the part a city gave it: taken over once, as it happened."""

from datetime import date
from typing import Any

from assignment.commands import AnswerReported, ContactReported, OpinionReported, ReopenCase
from assignment.decisions.handling import OnlyCoUnitsGiveOpinions
from assignment.decisions.standing import AssignmentReturned, CoUnitsDoNotAnswer, NotInThisCase
from contracts.assignment import (
    CaseReopened,
    CoOpinionGiven,
    CoOpinionSentBack,
    HandlingResumed,
    LowerCaseOpened,
    ReplyIssued,
)
from contracts.vocabulary import ContactManner, ContactStage, Openness, Role
from tests.assignment.cases import (
    AT,
    CASE,
    CITY_BUREAU,
    CONTACTED_ON,
    DUE_ON,
    EDUCATION,
    FINANCE,
    HEALTH,
    OPINION_ON,
    REOPENED_ON,
    REPLIED_ON,
    SIGNED_ON,
    asked,
    closed,
    contacted,
    dispatched,
    end,
    ended,
    given,
    granted,
    on,
    opinion,
    passed_on,
    reopened,
    replied,
    signed,
)
from tests.assignment.later_cases import RESUMED_ON, go_on, stood_still, take_back, take_on

OPENED = LowerCaseOpened(
    proposal_id=CASE, unit=EDUCATION, lower_district="longgang", lower_proposal_id=CASE
)
ANSWER: dict[str, Any] = {
    "document_number": "深龙函〔2024〕7号",
    "result_class": "A",
    "openness": Openness.PUBLIC,
    "contact_person": "李工",
    "issued_on": REPLIED_ON,
}
answered = ReplyIssued(proposal_id=CASE, unit=EDUCATION, handling_round=1, role=Role.LEAD, **ANSWER)
OPINION = OpinionReported(given_on=OPINION_ON, opinion="区教育局：同意")
LED = (dispatched(), dispatched(FINANCE, Role.CO))


def test_the_city_learns_where_its_part_is_handled_and_learns_it_once() -> None:
    given(*LED).when(take_on()).then(OPENED)
    given(*LED, OPENED).when(take_on()).then()


def test_a_district_that_dispatches_has_signed_for_its_part() -> None:
    given(*LED, OPENED).when(take_on(signed_on=SIGNED_ON)).then(signed())
    given(*LED, OPENED, signed()).when(take_on(signed_on=on(3, 20))).then()


def test_a_contact_that_the_district_had_counts_at_the_city() -> None:
    told = contacted()
    contact = ContactReported(
        stage=ContactStage.BEFORE,
        manner=ContactManner.VISIT,
        contacted_on=CONTACTED_ON,
        note=told.note,
    )
    given(*LED, OPENED, signed()).when(take_on(contact=contact)).then(told)
    given(*LED, OPENED, signed(), told).when(take_on(contact=contact)).then()


def test_an_answer_that_was_given_is_taken_over_whatever_should_have_come_before_it() -> None:
    report = take_on(answer=AnswerReported(**ANSWER))
    given(*LED, OPENED, signed()).when(report).then(answered)
    given(*LED, OPENED, signed(), answered).when(report).then()
    given(*LED, OPENED, signed(), answered, closed()).when(report).then()


def test_an_answer_of_another_round_is_an_answer_of_that_round() -> None:
    again = AnswerReported(**ANSWER | {"issued_on": on(7, 1), "document_number": "9号"})
    history = (*LED, OPENED, signed(), answered, reopened())
    later = answered.model_copy(
        update={"handling_round": 2, "issued_on": on(7, 1), "document_number": "9号"}
    )
    assert on(7, 1) > REOPENED_ON
    given(*history).when(take_on(answer=again)).then(later)


def test_an_opinion_closes_the_part_of_a_district_that_joins() -> None:
    opened = OPENED.model_copy(update={"unit": FINANCE})
    report = take_on(FINANCE, opinion=OPINION)
    told = CoOpinionGiven(
        proposal_id=CASE, unit=FINANCE, given_on=OPINION_ON, opinion="区教育局：同意"
    )
    history = (*LED, opened, signed(FINANCE))
    given(*history).when(report).then(told, closed(FINANCE, OPINION_ON))
    given(*history, told, closed(FINANCE, OPINION_ON)).when(report).then()


def test_a_district_reports_in_its_role_and_only_while_it_has_the_part() -> None:
    given(*LED).when(take_on(FINANCE, answer=AnswerReported(**ANSWER))).refused(CoUnitsDoNotAnswer)
    given(*LED).when(take_on(opinion=OPINION)).refused(OnlyCoUnitsGiveOpinions)
    given(*LED).when(take_on(HEALTH)).refused(NotInThisCase)
    released = (*LED, asked(), granted(), passed_on())
    given(*released).when(take_on()).refused(AssignmentReturned)


AGAIN = ReopenCase(at=AT, proposal_id=CASE, reason="深圳市再次交办", due_on=on(10, 31))
GOES_ON = CaseReopened(proposal_id=CASE, reason="深圳市再次交办")


def resumed(unit: str, due_on: date) -> HandlingResumed:
    return HandlingResumed(proposal_id=CASE, unit=unit, resumed_on=on(9, 30), due_on=due_on)


def test_a_case_that_is_handed_down_again_goes_on_under_the_limit_from_above() -> None:
    given(dispatched(), signed(), ended).when(AGAIN).then(GOES_ON, resumed(EDUCATION, on(10, 31)))
    given(dispatched(due_on=on(12, 1)), ended).when(AGAIN).then(
        GOES_ON, resumed(EDUCATION, on(10, 31))
    )
    given(dispatched(due_on=on(10, 31)), ended).when(AGAIN).then(GOES_ON)


def test_its_co_units_stay_as_far_before_the_others_as_they_were() -> None:
    days = DUE_ON - on(5, 25)
    others = dispatched(FINANCE, Role.CO, due_on=on(5, 25))
    given(dispatched(), others, ended).when(AGAIN).then(
        GOES_ON, resumed(EDUCATION, on(10, 31)), resumed(FINANCE, on(10, 31) - days)
    )
    long_before = dispatched(FINANCE, Role.CO)
    given(dispatched(), long_before, ended).when(AGAIN).then(
        GOES_ON, resumed(EDUCATION, on(10, 31)), resumed(FINANCE, on(9, 30))
    )


def test_what_is_answered_or_stands_still_gets_no_other_limit() -> None:
    given(dispatched(), signed(), replied(), ended).when(AGAIN).then(GOES_ON)
    given(dispatched(), signed(), stood_still(), ended).when(AGAIN).then(GOES_ON)


def test_the_same_limit_from_above_gives_nobody_more_days() -> None:
    one = dispatched(due_on=on(10, 20))
    answered_by = (dispatched(FINANCE, Role.SPLIT, due_on=on(10, 31)), signed(FINANCE))
    stands = stood_still(FINANCE)
    given(one, *answered_by, replied(FINANCE), ended).when(AGAIN).then(GOES_ON)
    given(one, *answered_by, stands, ended).when(AGAIN).then(GOES_ON)


def test_a_first_answer_keeps_its_limit_also_when_a_second_round_goes_on() -> None:
    again = (dispatched(), signed(), replied(), reopened())
    given(*again, ended).when(AGAIN).then(GOES_ON)


def test_a_part_that_stands_still_goes_on_under_the_limit_from_above() -> None:
    still = (dispatched(), signed(), stood_still(), ended)
    earlier = AGAIN.model_copy(update={"at": AT.replace(month=4, day=10), "due_on": on(5, 10)})
    resumed = HandlingResumed(
        proposal_id=CASE, unit=EDUCATION, resumed_on=RESUMED_ON, due_on=on(5, 10)
    )
    assert on(5, 10) < DUE_ON
    story = given(*still).when(earlier).then(GOES_ON)
    story.when(go_on(above=on(5, 10))).then(resumed)


def test_a_limit_from_above_that_has_run_out_moves_nothing() -> None:
    given(dispatched(), ended).when(AGAIN.model_copy(update={"due_on": on(9, 29)})).then(GOES_ON)


def test_a_case_that_never_ended_is_left_as_it_is_when_it_is_handed_down_once_more() -> None:
    given(dispatched(), signed()).when(AGAIN).then()
    given().when(AGAIN).then()
    given(ended).when(AGAIN).then(GOES_ON)


def test_a_finished_case_is_spared_when_the_level_above_takes_it_back() -> None:
    taken_back = end.model_copy(update={"spares_finished": True})
    given(dispatched(), signed(), replied(), closed()).when(taken_back).then()
    given(dispatched(), signed(), replied()).when(taken_back).then(ended)


def test_an_opinion_that_is_sent_back_from_above_is_owed_again_by_all_who_gave_it() -> None:
    outside: dict[str, Any] = {"reporting": True, "lead_unit": CITY_BUREAU}
    joined = [dispatched(unit, Role.CO, **outside) for unit in (FINANCE, HEALTH, EDUCATION)]
    gave = (opinion(), closed(FINANCE, OPINION_ON))
    sent_back = CoOpinionSentBack(
        proposal_id=CASE,
        unit=FINANCE,
        by_unit=CITY_BUREAU,
        reason=take_back.reason,
        sent_back_on=take_back.sent_back_on,
    )
    given(*joined, *gave, opinion(HEALTH)).when(take_back).then(
        sent_back, sent_back.model_copy(update={"unit": HEALTH})
    )
    given(*joined, *gave, sent_back).when(take_back).then()
    given(*LED, opinion()).when(take_back).then()
