"""Returning an assignment: ask, be kept, or hand the part on to another unit."""

from datetime import timedelta

from assignment.decisions.dates import DateInFuture, DateTooEarly
from assignment.decisions.dispatching import LimitBeforeDispatch, NotOfThisDistrict
from assignment.decisions.returning import (
    ReturnIncomplete,
    ReturnNotAsked,
    SuggestsItself,
    UnitIsInTheCase,
)
from assignment.decisions.standing import ReasonMissing, ReturnPending
from contracts.assignment import AssignmentDispatched, ReturnGranted
from contracts.vocabulary import Role
from tests.assignment.cases import (
    ASKED_ON,
    AT,
    CITY_BUREAU,
    DISPATCHED_ON,
    EDUCATION,
    FINANCE,
    HOUSING,
    RELEASED_ON,
    ask,
    asked,
    contact,
    contacted,
    decline,
    declined,
    dispatched,
    given,
    grant,
    granted,
    passed_on,
    sign,
    signed,
)

A_DAY = timedelta(days=1)
LED = (dispatched(), dispatched(FINANCE, Role.CO))


def test_a_unit_asks_to_be_released_before_or_after_signing() -> None:
    given(*LED).when(ask()).then(asked())
    given(*LED, signed(), contacted()).when(ask()).then(asked())


def test_a_request_names_its_reason_and_the_unit_that_would_be_right() -> None:
    given(*LED).when(ask(reason=" ")).refused(ReturnIncomplete)
    given(*LED).when(ask(suggested_unit="")).refused(ReturnIncomplete)
    given(*LED).when(ask(suggested_unit=EDUCATION)).refused(SuggestsItself)


def test_a_request_once_more_comes_to_nothing_and_another_one_has_to_wait() -> None:
    given(*LED, asked()).when(ask()).then()
    given(*LED, asked()).when(ask(reason="机构职能已调整")).refused(ReturnPending)


def test_a_unit_goes_on_handling_while_it_waits_to_be_released() -> None:
    given(*LED, asked()).when(sign()).then(signed()).when(contact()).then(contacted())


def test_a_unit_that_was_kept_may_ask_again_with_another_reason() -> None:
    given(*LED, asked()).when(decline()).then(declined()).when(ask()).then()
    given(*LED, asked(), declined()).when(ask(reason="机构职能已调整")).then(
        asked().model_copy(update={"reason": "机构职能已调整"})
    )


def test_to_keep_a_unit_takes_a_reason() -> None:
    given(*LED, asked()).when(decline(reason=" ")).refused(ReasonMissing)


def test_a_ruling_once_more_comes_to_nothing_and_another_one_comes_too_late() -> None:
    given(*LED, asked(), declined()).when(decline()).then()
    given(*LED, asked(), declined()).when(decline(reason="另一理由")).refused(ReturnNotAsked)
    given(*LED, asked(), declined()).when(grant()).refused(ReturnNotAsked)


def test_a_part_is_handed_on_in_the_same_role_with_a_limit_of_its_own() -> None:
    given(*LED, asked()).when(grant()).then(granted(), passed_on())
    given(*LED, asked(FINANCE)).when(grant(FINANCE)).then(
        granted(FINANCE), passed_on(HOUSING, Role.CO)
    )


def test_a_grant_once_more_comes_to_nothing() -> None:
    after = (*LED, asked(), granted(), passed_on())
    given(*after).when(grant()).then()
    given(*after, signed(HOUSING), asked(HOUSING)).when(grant()).then()


def test_a_unit_that_takes_over_begins_anew() -> None:
    after = given(*LED, signed(), contacted(), asked()).when(grant()).then(granted(), passed_on())
    after.when(sign(HOUSING, RELEASED_ON)).then(signed(HOUSING, RELEASED_ON))


def test_after_return_grant_and_redispatch_there_is_exactly_one_lead() -> None:
    after = given(*LED, asked()).when(grant()).accepted()
    leads = {
        event.unit
        for event in after.events
        if isinstance(event, AssignmentDispatched) and event.role is Role.LEAD
    }
    gone = {event.unit for event in after.events if isinstance(event, ReturnGranted)}
    assert leads - gone == {HOUSING}


def test_a_part_may_come_back_to_the_unit_that_gave_it_up() -> None:
    back = grant(HOUSING, EDUCATION)
    given(*LED, asked(), granted(), passed_on(), asked(HOUSING, EDUCATION)).when(back).then(
        granted(HOUSING), passed_on(EDUCATION)
    ).when(sign(EDUCATION, RELEASED_ON)).then(signed(EDUCATION, RELEASED_ON))


def test_a_part_is_not_handed_to_a_unit_that_has_one() -> None:
    given(*LED, asked()).when(grant(new_unit=FINANCE)).refused(UnitIsInTheCase)
    given(*LED, asked()).when(grant(new_unit=EDUCATION)).refused(UnitIsInTheCase)


OUTSIDE_LED = (dispatched(FINANCE, Role.CO, reporting=True, lead_unit=CITY_BUREAU), asked(FINANCE))


def test_a_co_part_is_not_handed_to_the_outside_lead() -> None:
    given(*OUTSIDE_LED).when(grant(FINANCE, CITY_BUREAU)).refused(UnitIsInTheCase)


def test_a_part_that_counts_for_the_district_stays_in_the_district() -> None:
    given(*LED, asked()).when(grant(own=False)).refused(NotOfThisDistrict)
    given(*OUTSIDE_LED).when(grant(FINANCE, own=False)).refused(NotOfThisDistrict)
    given(*OUTSIDE_LED).when(grant(FINANCE)).then(
        granted(FINANCE), passed_on(HOUSING, Role.CO, reporting=True, lead_unit=CITY_BUREAU)
    )


def test_a_co_part_under_a_lead_of_ours_may_go_outside() -> None:
    given(*LED, asked(FINANCE)).when(grant(FINANCE, CITY_BUREAU, own=False)).then(
        granted(FINANCE), passed_on(CITY_BUREAU, Role.CO, own=False)
    )


def test_the_new_limit_does_not_lie_before_the_release() -> None:
    given(*LED, asked()).when(grant(due_on=RELEASED_ON - A_DAY)).refused(LimitBeforeDispatch)
    given(*LED, asked()).when(grant(due_on=RELEASED_ON)).accepted()


def test_request_and_release_come_in_their_order_and_not_tomorrow() -> None:
    tomorrow = AT.date() + A_DAY
    given(*LED).when(ask(requested_on=tomorrow)).refused(DateInFuture)
    given(*LED).when(ask(requested_on=DISPATCHED_ON - A_DAY)).refused(DateTooEarly)
    given(*LED, asked()).when(grant(granted_on=tomorrow, due_on=tomorrow)).refused(DateInFuture)
    given(*LED, asked()).when(grant(granted_on=ASKED_ON - A_DAY)).refused(DateTooEarly)
