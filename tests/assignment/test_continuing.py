"""A ledger that tells more of a case: what is new is recorded once, what does not fit is refused."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given as whenever
from hypothesis import settings
from hypothesis import strategies as st

from assignment.commands import RecordHandlingHistory
from assignment.decisions import decide
from assignment.decisions.continuing import LedgerToldOtherwise
from assignment.decisions.dates import DateTooEarly
from assignment.decisions.standing import (
    AlreadyClosed,
    AssignmentReturned,
    CaseHasEnded,
    NotInThisCase,
    ReturnPending,
)
from assignment.decisions.timing import StandsStill
from assignment.state import INITIAL, Answered, Dispatched, State, evolve
from contracts.assignment import (
    AssignmentServiceEvent,
    ReplyParticularsAdded,
    ResultClassChanged,
    RoleChanged,
)
from contracts.vocabulary import ContactStage, Openness, Role
from tests.assignment.cases import (
    CASE,
    CITY_BUREAU,
    CONTACTED_ON,
    EDUCATION,
    FINANCE,
    HEALTH,
    HOUSING,
    OPINION_ON,
    REPLIED_ON,
    SIGNED_ON,
    asked,
    closed,
    contacted,
    dispatched,
    ended,
    given,
    granted,
    on,
    opinion,
    passed_on,
    reopened,
    replied,
    signed,
    waived,
)
from tests.assignment.later_cases import stood_still
from tests.assignment.ledgers import history
from tests.assignment.test_history import DONE, three_contacts

BLANK_LETTER: dict[str, Any] = {"document_number": "", "result_class": "", "openness": None}
LATER = on(5, 2)
lead_and_co = (dispatched(), dispatched(FINANCE, Role.CO))


def told_later(**changes: Any) -> ReplyParticularsAdded:
    letter = {"document_number": "", "result_class": "", "openness": None}
    return ReplyParticularsAdded(
        proposal_id=CASE,
        unit=EDUCATION,
        handling_round=1,
        issued_on=REPLIED_ON,
        **letter | changes,
    )


def test_what_a_later_ledger_tells_is_recorded_in_the_order_of_a_whole_one() -> None:
    row = history(co_units=(FINANCE,), co_opinions_on=OPINION_ON, **DONE)
    given(*lead_and_co, signed()).when(row).then(
        *three_contacts,
        opinion(FINANCE),
        closed(FINANCE, OPINION_ON),
        replied(contact_person=""),
    ).when(row).then()


def test_a_signature_that_is_told_after_the_answer_does_not_open_the_case_again() -> None:
    told = given().when(history(replied_on=REPLIED_ON)).accepted()
    after = told.when(history(replied_on=REPLIED_ON, signed_on=SIGNED_ON)).then(signed())
    state: Any = INITIAL
    for event in after.events:
        state = evolve(state, event)
    assert state.assignments[0].stage == Answered()
    after.when(history(**DONE)).then(*three_contacts, told_later(**letter_of(DONE)))


def letter_of(told: dict[str, Any]) -> dict[str, Any]:
    return {field: told[field] for field in BLANK_LETTER}


def test_what_an_answer_says_of_itself_may_be_told_after_it() -> None:
    known = given(dispatched(), replied(**BLANK_LETTER))
    number = {"document_number": "深龙教函〔2024〕31号"}
    known.when(history(replied_on=REPLIED_ON, **number)).then(told_later(**number)).when(
        history(replied_on=REPLIED_ON, result_class="A", **number)
    ).then(told_later(result_class="A"))


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("document_number", "深龙教函〔2024〕32号"),
        ("result_class", "B"),
        ("openness", Openness.WITHHELD),
    ],
)
def test_an_answer_is_not_said_to_say_something_else(field: str, other: Any) -> None:
    known = given(dispatched(), signed(), *three_contacts, replied())
    known.when(history(**DONE)).then()
    refusal = known.when(history(**DONE | {field: other})).refused(LedgerToldOtherwise)
    assert refusal.facts["unit"] == EDUCATION


def test_a_class_that_was_changed_here_is_no_contradiction_to_the_answer() -> None:
    changed = ResultClassChanged(
        proposal_id=CASE, unit=EDUCATION, was="", result_class="B", reason="复核", changed_on=LATER
    )
    known = given(dispatched(), replied(), changed)
    known.when(history(replied_on=REPLIED_ON, result_class="A")).then()
    blank = given(dispatched(), replied(**BLANK_LETTER), changed)
    blank.when(history(replied_on=REPLIED_ON, result_class="B")).then()
    blank.when(history(replied_on=REPLIED_ON, result_class="A")).refused(LedgerToldOtherwise)


def test_what_people_recorded_here_meanwhile_is_no_news_on_the_same_days() -> None:
    live = given(dispatched(), signed(), contacted(), replied())
    live.when(
        history(signed_on=SIGNED_ON, contacted_before_on=CONTACTED_ON, replied_on=REPLIED_ON)
    ).then()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"signed_on": on(3, 5)}, ("签收日期", "2024-03-04", "2024-03-05")),
        ({"contacted_before_on": on(3, 13)}, ("办前联系日期", "2024-03-12", "2024-03-13")),
        ({"replied_on": on(5, 22)}, ("答复日期", "2024-05-20", "2024-05-22")),
    ],
)
def test_another_day_than_the_one_in_the_log_is_refused_and_both_are_named(
    told: dict[str, date], said: tuple[str, str, str]
) -> None:
    live = given(dispatched(), signed(), contacted(), replied())
    refusal = live.when(history(**told)).refused(LedgerToldOtherwise)
    assert tuple(refusal.facts[name] for name in ("what", "logged", "told")) == said


def test_one_of_several_contacts_of_a_kind_is_no_news() -> None:
    twice = (contacted(), contacted(day=on(3, 20)))
    live = given(dispatched(), signed(), *twice)
    live.when(history(contacted_before_on=on(3, 20))).then()
    refusal = live.when(history(contacted_before_on=on(3, 21))).refused(LedgerToldOtherwise)
    assert refusal.facts["logged"] == "2024-03-12、2024-03-20"


def test_opinions_are_in_when_the_last_one_is() -> None:
    both = {"co_units": (FINANCE, HEALTH)}
    case = (dispatched(), dispatched(FINANCE, Role.CO), dispatched(HEALTH, Role.CO))
    early = (opinion(FINANCE, on(3, 15)), closed(FINANCE, on(3, 15)))
    rest = (opinion(HEALTH), closed(HEALTH, OPINION_ON))
    row = history(co_opinions_on=OPINION_ON, **both)
    given(*case, *early).when(row).then(*rest).when(row).then()
    too_late = (opinion(FINANCE, LATER), closed(FINANCE, LATER))
    given(*case, *too_late).when(row).refused(LedgerToldOtherwise)
    for day in (on(3, 16), on(3, 26)):
        other = history(co_opinions_on=day, **both)
        given(*case, *early, *rest).when(other).refused(LedgerToldOtherwise)

    given(*case, *early, waived(HEALTH)).when(row).then()


def test_an_opinion_under_an_outside_lead_is_taken_over_once() -> None:
    outside = {"role": Role.CO, "lead_unit": CITY_BUREAU}
    case = given(dispatched(role=Role.CO, reporting=True, lead_unit=CITY_BUREAU))
    row = history(replied_on=OPINION_ON, **outside)
    case.when(row).then(opinion(EDUCATION), closed(EDUCATION, OPINION_ON)).when(row).then()
    other = history(replied_on=LATER, **outside)
    case.when(row).accepted().when(other).refused(LedgerToldOtherwise)
    case.when(row).accepted().when(
        history(replied_on=OPINION_ON, signed_on=SIGNED_ON, **outside)
    ).then(signed())


def test_what_no_longer_fits_because_people_went_on_is_refused() -> None:
    answered = history(replied_on=REPLIED_ON)
    given(dispatched(), signed(), asked()).when(answered).refused(ReturnPending)
    given(dispatched(), signed(), stood_still()).when(answered).refused(StandsStill)
    moved = given(dispatched(), granted(), passed_on(HOUSING))
    moved.when(answered).refused(AssignmentReturned)
    moved.when(history(signed_on=SIGNED_ON)).refused(AssignmentReturned)
    moved.when(history()).then()
    given(dispatched(HOUSING)).when(answered).refused(NotInThisCase)
    given(dispatched(), signed(day=on(5, 21))).when(answered).refused(DateTooEarly)
    given(dispatched(), ended).when(answered).refused(CaseHasEnded)
    excused = (dispatched(role=Role.CO), waived(EDUCATION), closed())
    given(*excused).when(history(role=Role.CO, replied_on=OPINION_ON)).refused(AlreadyClosed)


def test_a_unit_that_was_given_another_role_is_not_told_of_in_its_old_one() -> None:
    row = history(role=Role.CO, lead_unit=CITY_BUREAU, signed_on=SIGNED_ON)
    now_leads = RoleChanged(proposal_id=CASE, unit=EDUCATION, role=Role.LEAD)
    case = (dispatched(role=Role.CO), now_leads)
    given(*case).when(row).refused(LedgerToldOtherwise)
    given(*case, signed()).when(row).then()


def test_what_a_ledger_tells_of_the_first_round_is_known_in_the_second() -> None:
    again = given(dispatched(), signed(), *three_contacts, replied(**BLANK_LETTER), reopened())
    after = again.when(history(**DONE)).then(told_later(**letter_of(DONE)))
    after.when(history(**DONE)).then()


ROLES = st.sampled_from(
    [
        {"role": Role.LEAD, "co_units": (FINANCE, CITY_BUREAU)},
        {"role": Role.SPLIT, "own_units": (EDUCATION, HEALTH), "co_units": (FINANCE,)},
        {"role": Role.CO, "lead_unit": CITY_BUREAU},
        {"role": Role.SOLE},
    ]
)
FULL = {**DONE, "co_opinions_on": OPINION_ON}
cuts = st.lists(st.lists(st.sampled_from(sorted(FULL))), max_size=5)


def played(rows: list[RecordHandlingHistory]) -> tuple[State, list[AssignmentServiceEvent]]:
    state, events = INITIAL, []
    for each in rows:
        for event in decide(each, state):
            state = evolve(state, event)
            events.append(event)
    return state, events


def in_order_of_days(state: State) -> Dispatched:
    assert isinstance(state, Dispatched)
    parts = (
        replace(part, contacts=tuple(sorted(part.contacts, key=lambda each: each.contacted_on)))
        for part in state.assignments
    )
    return replace(state, assignments=tuple(parts))


@settings(max_examples=200, deadline=None)
@whenever(ROLES, cuts)
def test_a_row_cut_into_any_chain_comes_to_the_same_case_as_the_row_at_once(
    who: dict[str, Any], cut: list[list[str]]
) -> None:
    known: set[str] = set()
    chain = []
    for cells in cut:
        known = known | set(cells)
        chain.append(history(**who, **{field: FULL[field] for field in FULL if field in known}))
    full = history(**who, **FULL)
    grown, told_in_parts = played([*chain, full])
    at_once, told_at_once = played([full])
    assert in_order_of_days(grown) == in_order_of_days(at_once)
    once = Counter(map(_what, told_at_once))
    assert Counter(map(_what, filter(_is_no_addition, told_in_parts))) == once


def _is_no_addition(event: AssignmentServiceEvent) -> bool:
    return not isinstance(event, ReplyParticularsAdded)


def _what(event: AssignmentServiceEvent) -> tuple[type, str, ContactStage | None]:
    return type(event), getattr(event, "unit", ""), getattr(event, "stage", None)
