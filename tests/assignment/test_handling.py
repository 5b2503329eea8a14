"""Handling a case: sign, be in contact, give or waive an opinion, close, end."""

from datetime import UTC, datetime, timedelta

import pytest

from assignment.commands import AssignmentCommand
from assignment.decisions.closing import CaseIsFinished
from assignment.decisions.dates import DateInFuture, DateTooEarly
from assignment.decisions.handling import LeadIsOutside
from assignment.decisions.standing import NotSigned, ReasonMissing, ReturnPending
from contracts.assignment import AssignmentServiceEvent
from contracts.vocabulary import ContactStage, Role
from tests.assignment.cases import (
    AT,
    CITY_BUREAU,
    CLOSED_ON,
    CONTACTED_ON,
    DISPATCHED_ON,
    FINANCE,
    HEALTH,
    OPINION_ON,
    SIGNED_ON,
    asked,
    close,
    closed,
    contact,
    contacted,
    dispatched,
    end,
    ended,
    give_opinion,
    given,
    on,
    opinion,
    replied,
    sign,
    signed,
    waive,
    waived,
)

A_DAY = timedelta(days=1)
TOMORROW = AT.date() + A_DAY
CO_HANDLING = (dispatched(), dispatched(FINANCE, Role.CO), signed(FINANCE))


def test_a_unit_signs() -> None:
    given(dispatched()).when(sign()).then(signed())


def test_today_is_what_the_calendar_says_in_china() -> None:
    late_in_london = datetime(2024, 3, 3, 16, 30, tzinfo=UTC)
    given(dispatched()).when(sign(day=on(3, 4), at=late_in_london)).then(signed())
    given(dispatched()).when(sign(day=on(3, 5), at=late_in_london)).refused(DateInFuture)


def test_a_contact_is_recorded_also_after_the_answer() -> None:
    given(dispatched(), signed()).when(contact()).then(contacted())
    given(dispatched(), signed(), replied(), closed()).when(
        contact(day=on(7, 1), stage=ContactStage.AFTER)
    ).then(contacted(day=on(7, 1), stage=ContactStage.AFTER))


def test_two_contacts_on_one_day_are_two_if_they_differ() -> None:
    given(dispatched(), signed(), contacted()).when(contact(stage=ContactStage.DURING)).then(
        contacted(stage=ContactStage.DURING)
    )


def test_the_opinion_of_a_co_unit_also_closes_its_assignment() -> None:
    given(*CO_HANDLING).when(give_opinion()).then(opinion(), closed(FINANCE, OPINION_ON))


def test_an_opinion_is_waived_by_name_before_or_after_the_signature() -> None:
    given(dispatched(), dispatched(FINANCE, Role.CO)).when(waive()).then(waived())
    given(*CO_HANDLING).when(waive()).then(waived())


def test_a_waived_opinion_may_still_be_given() -> None:
    given(*CO_HANDLING, waived()).when(give_opinion()).then(opinion(), closed(FINANCE, OPINION_ON))


def test_nobody_here_waives_an_opinion_for_an_outside_lead() -> None:
    helping = dispatched(FINANCE, Role.CO, reporting=True, lead_unit=CITY_BUREAU)
    refusal = given(helping).when(waive()).refused(LeadIsOutside)
    assert refusal.facts["lead_unit"] == CITY_BUREAU


def test_a_waiver_needs_a_reason() -> None:
    given(*CO_HANDLING).when(waive(reason=" ")).refused(ReasonMissing)


def test_an_answered_assignment_is_closed() -> None:
    given(dispatched(), signed(), replied()).when(close()).then(closed())


def test_a_waived_co_assignment_is_not_closed_while_its_return_is_open() -> None:
    given(*CO_HANDLING, asked(FINANCE), waived()).when(close(FINANCE)).refused(ReturnPending)


def test_a_case_ends_with_a_reason() -> None:
    given(dispatched(), signed()).when(end).then(ended)
    given(dispatched()).when(end.model_copy(update={"reason": ""})).refused(ReasonMissing)


def test_a_case_ends_while_one_of_its_units_is_still_at_work() -> None:
    at_work = (dispatched(), dispatched(FINANCE, Role.CO), opinion(), closed(FINANCE, OPINION_ON))
    given(*at_work).when(end).then(ended)
    given(*at_work, signed(), replied(), closed()).when(end).refused(CaseIsFinished)


SOLE = dispatched(role=Role.SOLE)


@pytest.mark.parametrize(
    ("before", "repeated"),
    [
        ((SOLE, signed()), sign()),
        ((SOLE, signed(), replied(role=Role.SOLE), closed()), sign()),
        ((SOLE, signed(), contacted()), contact()),
        ((*CO_HANDLING, opinion(), closed(FINANCE, OPINION_ON)), give_opinion()),
        ((*CO_HANDLING, waived()), waive()),
        ((*CO_HANDLING, waived(), opinion(), closed(FINANCE, OPINION_ON)), waive()),
        ((SOLE, signed(), replied(role=Role.SOLE), closed()), close()),
        ((SOLE, signed(), replied(role=Role.SOLE), closed(day=CLOSED_ON + A_DAY)), close()),
        ((SOLE, ended), end),
        ((ended,), end),
    ],
)
def test_a_repeated_command_comes_to_nothing(
    before: tuple[AssignmentServiceEvent, ...], repeated: AssignmentCommand
) -> None:
    given(*before).when(repeated).then()


@pytest.mark.parametrize(
    ("before", "command"),
    [
        ((SOLE,), sign(day=TOMORROW)),
        ((SOLE, signed()), contact(day=TOMORROW)),
        (CO_HANDLING, give_opinion(day=TOMORROW)),
    ],
)
def test_what_has_happened_did_not_happen_tomorrow(
    before: tuple[AssignmentServiceEvent, ...], command: AssignmentCommand
) -> None:
    given(*before).when(command).refused(DateInFuture)


@pytest.mark.parametrize(
    ("before", "command"),
    [
        ((SOLE,), sign(day=DISPATCHED_ON - A_DAY)),
        ((SOLE, signed()), contact(day=DISPATCHED_ON - A_DAY)),
        (CO_HANDLING, give_opinion(day=SIGNED_ON - A_DAY)),
    ],
)
def test_nothing_happens_before_what_it_follows(
    before: tuple[AssignmentServiceEvent, ...], command: AssignmentCommand
) -> None:
    given(*before).when(command).refused(DateTooEarly)


def test_what_follows_may_happen_on_the_same_day() -> None:
    given(SOLE).when(sign(day=DISPATCHED_ON)).then(signed(day=DISPATCHED_ON))
    given(SOLE, signed()).when(contact(day=DISPATCHED_ON)).then(contacted(day=DISPATCHED_ON))
    given(*CO_HANDLING).when(give_opinion(day=SIGNED_ON)).accepted()


def test_an_order_that_is_wrong_is_told_with_both_days() -> None:
    refusal = given(SOLE).when(sign(day=DISPATCHED_ON - A_DAY)).refused(DateTooEarly)
    assert refusal.chinese == "签收日期2024-02-29早于交办日期2024-03-01。请核对两个日期。"
    assert refusal.in_english == (
        "The signature on 2024-02-29 lies before the dispatch on 2024-03-01. Check both days."
    )


def test_one_unit_acts_and_the_others_stay_as_they_are() -> None:
    given(dispatched(), dispatched(FINANCE, Role.CO), dispatched(HEALTH, Role.CO)).when(
        sign(FINANCE)
    ).then(signed(FINANCE)).when(contact(HEALTH, CONTACTED_ON)).refused(NotSigned)
