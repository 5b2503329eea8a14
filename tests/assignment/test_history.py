"""Taking over what a ledger tells of a case."""

from datetime import date
from typing import Any

from assignment.decisions.dates import DateTooEarly
from assignment.decisions.dispatching import SoleUnitIsNotAlone, TwoLeads, UnitNamedTwice
from assignment.decisions.history import HistoryWithoutUnits
from assignment.decisions.replying import OpinionsOutstanding
from assignment.decisions.standing import AlreadyAnswered, AlreadyClosed, CaseHasEnded
from contracts.vocabulary import ContactStage, Openness, Role
from tests.assignment.cases import (
    CITY_BUREAU,
    CONTACTED_ON,
    DUE_ON,
    EDUCATION,
    FINANCE,
    HEALTH,
    OPINION_ON,
    REPLIED_ON,
    SIGNED_ON,
    close,
    closed,
    dispatched,
    ended,
    given,
    on,
    opinion,
    reopen,
    reopened,
    replied,
    reply,
    sign,
    signed,
    told_contact,
)
from tests.assignment.ledgers import history

DONE: dict[str, Any] = {
    "signed_on": SIGNED_ON,
    "contacted_before_on": CONTACTED_ON,
    "contacted_during_on": on(4, 10),
    "contacted_after_on": on(5, 28),
    "replied_on": REPLIED_ON,
    "document_number": "深龙教函〔2024〕31号",
    "result_class": "A",
    "openness": Openness.PUBLIC,
}
UNTOLD: dict[str, Any] = {
    "document_number": "",
    "result_class": "",
    "openness": None,
    "contact_person": "",
}
three_contacts = (
    told_contact(),
    told_contact(day=on(4, 10), stage=ContactStage.DURING),
    told_contact(day=on(5, 28), stage=ContactStage.AFTER),
)


def test_a_lead_with_co_units_is_taken_over_whole() -> None:
    given().when(history(co_units=(FINANCE, CITY_BUREAU), co_opinions_on=OPINION_ON, **DONE)).then(
        dispatched(),
        dispatched(FINANCE, Role.CO),
        dispatched(CITY_BUREAU, Role.CO, own=False),
        signed(),
        *three_contacts,
        opinion(FINANCE),
        closed(FINANCE, OPINION_ON),
        opinion(CITY_BUREAU),
        closed(CITY_BUREAU, OPINION_ON),
        replied(contact_person=""),
    )


def test_two_split_units_both_signed_and_both_answered() -> None:
    row = history(
        role=Role.SPLIT,
        own_units=(EDUCATION, HEALTH),
        split_units=(EDUCATION, HEALTH, CITY_BUREAU),
        signed_on=SIGNED_ON,
        contacted_before_on=CONTACTED_ON,
        replied_on=REPLIED_ON,
    )
    given().when(row).then(
        dispatched(role=Role.SPLIT),
        dispatched(HEALTH, Role.SPLIT),
        signed(),
        told_contact(),
        signed(HEALTH),
        told_contact(HEALTH),
        replied(role=Role.SPLIT, **UNTOLD),
        replied(HEALTH, Role.SPLIT, **UNTOLD),
    )


def test_a_co_unit_under_an_outside_lead_hands_over_its_opinion_and_is_done() -> None:
    row = history(
        role=Role.CO,
        lead_unit=CITY_BUREAU,
        own_units=(EDUCATION,),
        co_units=(EDUCATION, "市财政局"),
        signed_on=SIGNED_ON,
        contacted_before_on=CONTACTED_ON,
        replied_on=OPINION_ON,
    )
    given().when(row).then(
        dispatched(role=Role.CO, reporting=True, lead_unit=CITY_BUREAU, due_on=DUE_ON),
        signed(),
        told_contact(),
        opinion(EDUCATION),
        closed(EDUCATION, OPINION_ON),
    )


def test_two_co_units_of_the_district_each_hand_over_an_opinion() -> None:
    row = history(
        role=Role.CO,
        lead_unit=CITY_BUREAU,
        own_units=(EDUCATION, HEALTH),
        replied_on=OPINION_ON,
    )
    after = given().when(row).accepted()
    assert after.events[2:] == (
        opinion(EDUCATION),
        closed(EDUCATION, OPINION_ON),
        opinion(HEALTH),
        closed(HEALTH, OPINION_ON),
    )


def test_a_sole_unit_that_has_only_been_given_the_case_is_only_dispatched() -> None:
    given().when(history(role=Role.SOLE)).then(dispatched(role=Role.SOLE))


def test_a_limit_that_the_ledger_names_goes_before_the_rulebook_but_not_for_co_units() -> None:
    given().when(history(due_on=on(8, 31), co_units=(FINANCE,))).then(
        dispatched(due_on=on(8, 31), due_rule="ledger"), dispatched(FINANCE, Role.CO)
    )


def test_without_a_limit_of_their_own_co_units_have_that_of_the_lead() -> None:
    row = history(co_units=(FINANCE,)).model_copy(update={"co_due_on": None, "co_due_rule": None})
    given().when(row).then(dispatched(), dispatched(FINANCE, Role.CO, due_on=DUE_ON))


def test_the_lead_unit_of_a_ledger_is_not_an_outside_lead_where_the_district_leads() -> None:
    given().when(history(lead_unit=EDUCATION)).then(dispatched())
    given().when(history(lead_unit="龙岗区人民政府")).then(dispatched())


def test_the_guards_of_today_do_not_bind_the_past() -> None:
    given().when(history(co_units=(FINANCE,), replied_on=REPLIED_ON)).then(
        dispatched(), dispatched(FINANCE, Role.CO), replied(**UNTOLD)
    )


def test_a_case_that_was_taken_over_goes_on_under_the_rules_of_today() -> None:
    after = given().when(history(co_units=(FINANCE,), **DONE)).accepted()
    after.when(close()).then(closed())
    after.when(reopen()).then(reopened()).when(
        reply(day=on(7, 1), document_number="深龙教函〔2024〕58号")
    ).refused(OpinionsOutstanding)


def test_a_unit_does_not_sign_for_what_a_ledger_says_it_has_done() -> None:
    answered = given().when(history(replied_on=REPLIED_ON)).accepted()
    answered.when(sign()).refused(AlreadyAnswered)
    answered.when(reopen()).then(reopened()).when(sign()).refused(AlreadyAnswered)
    with_opinion = given().when(history(co_units=(FINANCE,), co_opinions_on=OPINION_ON)).accepted()
    with_opinion.when(sign(FINANCE)).refused(AlreadyClosed)


def test_a_case_that_is_known_is_not_taken_over_again() -> None:
    row = history(**DONE)
    given().when(row).accepted().when(row).then()
    given(dispatched()).when(history()).then()
    given(dispatched(), ended).when(history()).then()


def test_a_proposal_that_was_withdrawn_before_is_not_taken_over() -> None:
    given(ended).when(history()).refused(CaseHasEnded)


def test_facts_that_cannot_all_be_true_are_refused() -> None:
    def refused(**changes: date) -> None:
        given().when(history(**changes)).refused(DateTooEarly)

    refused(replied_on=on(2, 1))
    refused(signed_on=on(2, 1))
    refused(co_opinions_on=on(2, 1))
    refused(signed_on=on(5, 21), replied_on=REPLIED_ON)


def test_a_ledger_that_gives_a_case_to_nobody_or_to_too_many_is_refused() -> None:
    given().when(history(own_units=())).refused(HistoryWithoutUnits)
    given().when(history(own_units=(EDUCATION, HEALTH))).refused(TwoLeads)
    given().when(history(co_units=(EDUCATION,))).refused(UnitNamedTwice)
    given().when(history(role=Role.SOLE, co_units=(FINANCE,))).refused(SoleUnitIsNotAlone)
