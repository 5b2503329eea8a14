"""Whether a case was on time goes by the deadline that held, after whatever had moved it."""

from datetime import date
from typing import Any

from contracts.assignment import (
    AssignmentDispatched,
    DueDateMoved,
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


def test_a_sole_unit_that_leads_is_counted_as_a_lead() -> None:
    assert after(RoleChanged(**PART, role=Role.LEAD)).role == "lead"
