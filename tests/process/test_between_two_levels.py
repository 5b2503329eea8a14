"""What passes between a city and a district: the rating of an answer, and a case that is taken back."""

from datetime import date
from typing import Any

import pytest

from assignment.commands import (
    GiveCoOpinion,
    GrantReturn,
    MoveDueDate,
    RequestReturn,
    ResumeHandling,
    SendBackCoOpinion,
    SignAssignment,
    SuspendHandling,
)
from assignment.state import Answered, Closed, Ended, InHandling
from contracts.assignment import CoOpinionGiven, CoOpinionSentBack, HandlingRoundOpened, ReplyIssued
from contracts.evaluation import RatingOpened, RehandlingOrdered, ReplyRated
from contracts.handing_down import HandDownRevoked, ProposalHandedDown
from contracts.vocabulary import ProposalForm, Satisfaction
from evaluation.commands import RateReply
from intake.commands import MergeProposal, ReceiveProposal, UndoMerge, WithdrawProposal
from intake.state import Filed, Withdrawn
from tests.process.levels import (
    ABOVE,
    CITY,
    CITY_BUREAU,
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
    filed_in_the_city,
    handed_down,
    join,
    meet,
    sign,
    work,
)

RATED_ON = date(2024, 6, 1)
AGAIN_DUE_ON = date(2024, 12, 31)


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


def city_part_moves(levels: TwoLevels, unit: str, new_unit: str, on: date, due_on: date) -> None:
    """In the city a unit asks for its return, and another one is given its part."""
    told: dict[str, Any] = {"at": NOW, "proposal_id": ABOVE, "unit": unit}
    asked = RequestReturn(
        **told, reason="不属于本单位职责", suggested_unit=new_unit, requested_on=on
    )
    levels.give(CITY, "assignment", asked)
    limits: dict[str, Any] = {"due_on": due_on, "due_rule": "by-hand"}
    granted = GrantReturn(**told, new_unit=new_unit, granted_on=on, **limits)
    levels.give(CITY, "assignment", granted)


def taken_back_and_handed_down_again(*units: str) -> TwoLevels:
    """The district had the case at work when it was taken back, and gets it again in December."""
    levels = handed_down()
    dispatch(levels, DISTRICT, NUMBER, *units)
    sign(levels, EDUCATION)
    meet(levels, EDUCATION)
    city_part_moves(levels, LONGGANG, CITY_BUREAU, date(2024, 4, 1), date(2024, 6, 30))
    assert isinstance(levels.state(DISTRICT, f"proposal-{NUMBER}"), Withdrawn)
    assert isinstance(levels.state(DISTRICT, f"case-{NUMBER}"), Ended)
    city_part_moves(levels, CITY_BUREAU, LONGGANG, date(2024, 5, 6), AGAIN_DUE_ON)
    return levels


def test_a_case_that_is_handed_down_again_goes_on_with_its_history_under_the_new_limit() -> None:
    levels = taken_back_and_handed_down_again(EDUCATION)
    below = levels.state(DISTRICT, f"proposal-{NUMBER}")
    assert isinstance(below, Filed)
    assert below.proposal.handed_down is not None
    assert below.proposal.handed_down.due_on == AGAIN_DUE_ON
    part = levels.state(DISTRICT, f"case-{NUMBER}").assignment_of(EDUCATION)
    assert (part.signed_on, len(part.contacts)) == (date(2024, 3, 13), 1)
    assert part.due_on == AGAIN_DUE_ON
    assert levels.dead_letters == []


def test_a_part_that_stood_still_meanwhile_gets_no_days_beyond_the_new_limit() -> None:
    levels = handed_down()
    dispatch(levels, DISTRICT, NUMBER, EDUCATION)
    sign(levels, EDUCATION)
    part: dict[str, Any] = {"at": NOW, "proposal_id": NUMBER, "unit": EDUCATION}
    still = SuspendHandling(**part, reason="等待批复", suspended_on=date(2024, 3, 25))
    levels.give(DISTRICT, "assignment", still)
    city_part_moves(levels, LONGGANG, CITY_BUREAU, date(2024, 4, 1), date(2024, 6, 30))
    city_part_moves(levels, CITY_BUREAU, LONGGANG, date(2024, 5, 6), date(2024, 5, 20))
    above = levels.state(DISTRICT, f"proposal-{NUMBER}").proposal.handed_down.due_on
    assert above < levels.state(DISTRICT, f"case-{NUMBER}").assignment_of(EDUCATION).due_on
    resumed = ResumeHandling(**part, resumed_on=date(2024, 5, 8), upper_due_on=above)
    levels.give(DISTRICT, "assignment", resumed)
    assert levels.state(DISTRICT, f"case-{NUMBER}").assignment_of(EDUCATION).due_on == above
    assert levels.dead_letters == []


def test_the_city_learns_again_what_was_done_before_the_case_was_taken_back() -> None:
    levels = taken_back_and_handed_down_again(EDUCATION)
    above = levels.state(CITY, f"case-{ABOVE}").assignment_of(LONGGANG)
    assert above.lower is not None
    assert above.signed_on == date(2024, 5, 6), "not before it was given the part"
    assert len(above.contacts) == 1
    answer(levels, EDUCATION, date(2024, 6, 30))
    assert len(levels.events(CITY, ReplyIssued)) == 1
    assert levels.dead_letters == []


def test_a_case_that_was_not_dispatched_below_before_it_was_taken_back_awaits_it_again() -> None:
    levels = handed_down()
    city_part_moves(levels, LONGGANG, CITY_BUREAU, date(2024, 4, 1), date(2024, 6, 30))
    city_part_moves(levels, CITY_BUREAU, LONGGANG, date(2024, 5, 6), AGAIN_DUE_ON)
    dispatch(levels, DISTRICT, NUMBER, EDUCATION)
    assert levels.state(DISTRICT, f"case-{NUMBER}").assignment_of(EDUCATION) is not None
    assert levels.dead_letters == []


def merge_and_undo(levels: TwoLevels) -> None:
    """The city merges its case into another, and takes that back."""
    other = ReceiveProposal(
        at=NOW,
        proposal_id="p-58",
        year=2024,
        title="另一件",
        form=ProposalForm.JOINT,
        proposers=("乙",),
    )
    levels.give(CITY, "intake", other)
    levels.give(CITY, "intake", MergeProposal(at=NOW, proposal_id=ABOVE, into_proposal_id="p-58"))
    assert isinstance(levels.state(DISTRICT, f"case-{NUMBER}"), Ended)
    levels.give(CITY, "intake", UndoMerge(at=NOW, proposal_id=ABOVE, into_proposal_id="p-58"))


def test_a_merge_that_is_undone_in_the_city_hands_the_case_down_again() -> None:
    levels = answered_below(EDUCATION)
    merge_and_undo(levels)
    part = levels.state(DISTRICT, f"case-{NUMBER}").assignment_of(EDUCATION)
    assert part.stage == Answered()
    rate(levels, "satisfied")
    assert len(levels.events(CITY, ReplyIssued)) == len(levels.events(DISTRICT, ReplyRated)) == 1
    assert levels.dead_letters == []


def test_a_case_that_is_finished_below_stays_as_it_is_when_the_city_ends_its_own() -> None:
    levels = answered_below(EDUCATION, others=(CITY_BUREAU,))
    rate(levels, "satisfied")
    levels.give(CITY, "intake", WithdrawProposal(at=NOW, proposal_id=ABOVE, reason="已另行解决"))
    part = levels.state(DISTRICT, f"case-{NUMBER}").assignment_of(EDUCATION)
    assert part.stage == Closed()
    (noted,) = levels.events(DISTRICT, HandDownRevoked)
    assert noted.reason == "上级收回：撤案：已另行解决"
    assert levels.dead_letters == []


def test_the_answer_of_several_units_is_dated_by_the_last_of_them() -> None:
    levels = handed_down()
    dispatch(levels, DISTRICT, NUMBER, EDUCATION, HEALTH)
    for unit, day in ((EDUCATION, date(2024, 5, 10)), (HEALTH, date(2024, 4, 20))):
        sign(levels, unit)
        meet(levels, unit)
        answer(levels, unit, day)
    (told,) = levels.events(CITY, ReplyIssued)
    assert told.issued_on == date(2024, 5, 10), "as the list for the city says it too"


def test_the_opinion_of_several_units_is_dated_by_the_last_of_them() -> None:
    levels = filed_in_the_city()
    join(levels, EDUCATION, HEALTH)
    for unit, day in ((EDUCATION, date(2024, 4, 10)), (HEALTH, date(2024, 4, 1))):
        sign(levels, unit)
        told: dict[str, Any] = {"at": NOW, "proposal_id": NUMBER, "unit": unit}
        levels.give(DISTRICT, "assignment", GiveCoOpinion(**told, given_on=day, opinion="同意"))
    (opinion,) = levels.events(CITY, CoOpinionGiven)
    assert opinion.given_on == date(2024, 4, 10)
    assert opinion.opinion == f"{EDUCATION}：同意\n{HEALTH}：同意"
    assert levels.dead_letters == []


def test_a_limit_that_moved_in_the_city_is_told_and_still_stands_when_a_merge_is_undone() -> None:
    levels = handed_down()
    was, now = date(2024, 5, 31), date(2024, 6, 28)
    part: dict[str, Any] = {"at": NOW, "proposal_id": ABOVE, "unit": LONGGANG}
    moved = MoveDueDate(**part, was_due_on=was, due_on=now, calendar_version=2)
    levels.give(CITY, "assignment", moved)
    merge_and_undo(levels)
    limits = [each.due_on for each in levels.events(DISTRICT, ProposalHandedDown)]
    assert limits == [was, now, now]
    assert levels.dead_letters == []


def test_an_opinion_that_the_city_sends_back_is_given_again_by_the_district() -> None:
    levels = filed_in_the_city()
    join(levels, EDUCATION)
    sign(levels, EDUCATION)
    below: dict[str, Any] = {"at": NOW, "proposal_id": NUMBER, "unit": EDUCATION}
    opinion = GiveCoOpinion(**below, given_on=date(2024, 4, 1), opinion="同意")
    levels.give(DISTRICT, "assignment", opinion)
    lead: dict[str, Any] = {"at": NOW, "proposal_id": ABOVE, "unit": CITY_BUREAU}
    levels.give(CITY, "assignment", SignAssignment(**lead, signed_on=date(2024, 3, 11)))
    judged = {"co_unit": LONGGANG, "reason": "请说明经费来源", "sent_back_on": date(2024, 4, 8)}
    levels.give(CITY, "assignment", SendBackCoOpinion.model_validate({**lead, **judged}))
    (sent_back,) = levels.events(DISTRICT, CoOpinionSentBack)
    assert (sent_back.unit, sent_back.by_unit) == (EDUCATION, CITY_BUREAU)
    assert sent_back.reason == "请说明经费来源"
    again = {"given_on": date(2024, 4, 12), "opinion": "同意，经费由区里承担"}
    levels.give(DISTRICT, "assignment", opinion.model_copy(update=again))
    assert [told.given_on for told in levels.events(CITY, CoOpinionGiven)] == [
        date(2024, 4, 1),
        date(2024, 4, 12),
    ]
    assert levels.dead_letters == []
