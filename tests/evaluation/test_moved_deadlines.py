"""Whether a case was on time goes by the deadline that held, after whatever had moved it."""

from datetime import date
from typing import Any

from contracts.assignment import (
    AssignmentDispatched,
    DueDateMoved,
    EarlyLimitsMoved,
    ExtensionGranted,
    HandlingResumed,
    RoleChanged,
)
from contracts.event import Event
from contracts.vocabulary import Role
from evaluation.projections.facts import ASSIGNMENTS, AssignmentRow
from evaluation.projections.scores import SCORES
from eventlog.readmodels import Origin, Rows

PART: dict[str, Any] = {"proposal_id": "1", "unit": "教育局"}
GIVEN = AssignmentDispatched(
    **PART,
    year=2024,
    number="1",
    role=Role.SOLE,
    own=True,
    reporting=True,
    dispatched_on=date(2024, 3, 1),
    due_on=date(2024, 6, 1),
    due_rule="r",
)


def after(*events: Event) -> AssignmentRow:
    rows = Rows()
    for position, event in enumerate((GIVEN, *events), start=1):
        SCORES.rules[type(event)].apply(event, Origin(position, b"{}"), rows)
    row = rows.find(ASSIGNMENTS, "1", "教育局")
    assert row is not None
    return row


def test_an_extension_moves_the_deadline() -> None:
    later = date(2024, 7, 1)
    granted = ExtensionGranted(**PART, due_on=later, granted_on=date(2024, 5, 1))
    assert after(granted).due_on == later


def test_a_suspension_that_ended_moves_the_deadline() -> None:
    later = date(2024, 6, 11)
    assert after(HandlingResumed(**PART, resumed_on=date(2024, 5, 1), due_on=later)).due_on == later


def test_a_new_calendar_moves_the_deadline() -> None:
    moved = DueDateMoved(
        **PART,
        due_on=date(2024, 6, 4),
        was_due_on=date(2024, 6, 1),
        provisional=False,
        calendar_version=2,
    )
    assert after(moved).due_on == date(2024, 6, 4)


def test_a_new_calendar_moves_the_day_to_sign_by() -> None:
    told, later = date(2024, 3, 5), date(2024, 3, 8)
    moved = EarlyLimitsMoved(**PART, sign_by=later, was_sign_by=told, calendar_version=2)
    row = after(moved)
    assert (row.sign_by, row.signing_moved, row.due_on) == (later, [2], date(2024, 6, 1))


def test_a_new_calendar_that_moves_the_day_to_return_alone_leaves_that_to_sign_by() -> None:
    told, later = date(2024, 3, 5), date(2024, 3, 8)
    first = EarlyLimitsMoved(**PART, sign_by=later, was_sign_by=told, calendar_version=2)
    alone = EarlyLimitsMoved(
        **PART,
        sign_by=later,
        was_sign_by=later,
        return_until=later,
        was_return_until=told,
        calendar_version=3,
    )
    unsaid = alone.model_copy(update={"sign_by": None, "was_sign_by": None})
    row = after(first, alone, unsaid)
    assert (row.sign_by, row.signing_moved) == (later, [2])


def test_a_sole_unit_that_leads_is_counted_as_a_lead() -> None:
    assert after(RoleChanged(**PART, role=Role.LEAD)).role == "lead"
