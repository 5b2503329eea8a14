"""Dispatching a case: who may have which part in it."""

from datetime import timedelta

from assignment.decisions.dates import DateInFuture
from assignment.decisions.dispatching import (
    AlreadyDispatched,
    LeadMissing,
    LimitBeforeDispatch,
    NotOfThisDistrict,
    RolesDoNotMix,
    SoleUnitIsNotAlone,
    TwoLeads,
    UnitNamedTwice,
)
from assignment.decisions.standing import CaseHasEnded
from contracts.vocabulary import Role
from tests.assignment.cases import (
    AT,
    CITY_BUREAU,
    DISPATCHED_ON,
    EDUCATION,
    FINANCE,
    HEALTH,
    HOUSING,
    asked,
    contacted,
    dispatch,
    dispatched,
    end,
    ended,
    given,
    granted,
    part,
    passed_on,
    signed,
)

LEAD_AND_CO = dispatch(part(), part(FINANCE, Role.CO), part(HEALTH, Role.CO))
led = (dispatched(), dispatched(FINANCE, Role.CO), dispatched(HEALTH, Role.CO))


def test_a_case_is_dispatched_to_a_sole_unit() -> None:
    given().when(dispatch(part(role=Role.SOLE))).then(dispatched(role=Role.SOLE))


def test_a_lead_counts_for_the_district_and_its_co_units_do_not() -> None:
    assert [event.reporting for event in led] == [True, False, False]
    given().when(LEAD_AND_CO).then(*led)


def test_split_units_each_count_and_have_a_limit_of_their_own() -> None:
    given().when(dispatch(part(role=Role.SPLIT), part(HEALTH, Role.SPLIT))).then(
        dispatched(role=Role.SPLIT), dispatched(HEALTH, Role.SPLIT)
    )


def test_a_co_unit_under_an_outside_lead_counts_and_knows_whom_to_tell() -> None:
    given().when(dispatch(part(FINANCE, Role.CO), lead_unit=CITY_BUREAU)).then(
        dispatched(FINANCE, Role.CO, reporting=True, lead_unit=CITY_BUREAU)
    )


def test_an_outside_unit_may_help_a_lead_of_ours() -> None:
    given().when(dispatch(part(), part(CITY_BUREAU, Role.CO, own=False))).then(
        dispatched(), dispatched(CITY_BUREAU, Role.CO, own=False)
    )


def test_the_same_dispatch_once_more_comes_to_nothing() -> None:
    given(*led).when(LEAD_AND_CO).then()
    given(*led, signed(), contacted()).when(LEAD_AND_CO).then()


def test_the_same_dispatch_comes_to_nothing_also_after_a_unit_has_been_replaced() -> None:
    given(*led, asked(), granted(), passed_on()).when(LEAD_AND_CO).then()


def test_another_dispatch_of_the_same_case_is_refused_and_told_who_has_it() -> None:
    refusal = given(*led).when(dispatch(part(), part(FINANCE, Role.CO))).refused(AlreadyDispatched)
    assert "区教育局（主办）、区财政局（会办）、区卫生健康局（会办）" in refusal.chinese


def test_a_proposal_that_was_withdrawn_before_its_dispatch_is_not_dispatched() -> None:
    given().when(end).then(ended).when(LEAD_AND_CO).refused(CaseHasEnded)


def test_a_unit_is_not_named_twice() -> None:
    given().when(dispatch(part(), part(EDUCATION, Role.CO))).refused(UnitNamedTwice)
    given().when(dispatch(part(FINANCE, Role.CO), lead_unit=FINANCE)).refused(UnitNamedTwice)


def test_two_units_do_not_lead() -> None:
    refusal = given().when(dispatch(part(), part(HEALTH))).refused(TwoLeads)
    assert "区教育局、区卫生健康局" in refusal.chinese


def test_a_unit_of_ours_does_not_lead_beside_an_outside_lead() -> None:
    given().when(dispatch(part(), lead_unit=CITY_BUREAU)).refused(TwoLeads)


def test_co_units_alone_have_nobody_to_hand_their_opinions_to() -> None:
    given().when(dispatch(part(FINANCE, Role.CO))).refused(LeadMissing)


def test_a_sole_unit_is_alone() -> None:
    sole = part(role=Role.SOLE)
    refusal = given().when(dispatch(sole, part(FINANCE, Role.CO))).refused(SoleUnitIsNotAlone)
    assert refusal.facts == {"units": FINANCE}
    given().when(dispatch(sole, part(HEALTH, Role.SOLE))).refused(SoleUnitIsNotAlone)
    given().when(dispatch(sole, lead_unit=CITY_BUREAU)).refused(SoleUnitIsNotAlone)


def test_a_case_is_led_or_split_but_not_both() -> None:
    given().when(dispatch(part(), part(HEALTH, Role.SPLIT))).refused(RolesDoNotMix)
    given().when(dispatch(part(HEALTH, Role.SPLIT), lead_unit=CITY_BUREAU)).refused(RolesDoNotMix)


def test_split_units_may_have_co_units() -> None:
    given().when(dispatch(part(role=Role.SPLIT), part(FINANCE, Role.CO))).then(
        dispatched(role=Role.SPLIT), dispatched(FINANCE, Role.CO)
    )


def test_an_outside_unit_does_not_answer_for_the_district() -> None:
    for role in (Role.SOLE, Role.LEAD, Role.SPLIT):
        given().when(dispatch(part(CITY_BUREAU, role, own=False))).refused(NotOfThisDistrict)


def test_an_outside_unit_under_an_outside_lead_is_no_concern_of_ours() -> None:
    given().when(dispatch(part(HOUSING, Role.CO, own=False), lead_unit=CITY_BUREAU)).refused(
        NotOfThisDistrict
    )


def test_a_limit_does_not_lie_before_the_dispatch_but_may_be_the_same_day() -> None:
    yesterday = DISPATCHED_ON - timedelta(days=1)
    given().when(dispatch(part(due_on=yesterday))).refused(LimitBeforeDispatch)
    given().when(dispatch(part(due_on=DISPATCHED_ON))).then(dispatched(due_on=DISPATCHED_ON))


def test_a_case_is_not_dispatched_tomorrow() -> None:
    tomorrow = AT.date() + timedelta(days=1)
    given().when(dispatch(part(due_on=tomorrow), dispatched_on=tomorrow)).refused(DateInFuture)
