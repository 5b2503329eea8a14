"""How results, commitments and supervision change a unit's part."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from assignment.projections.rows import its_part, part_after
from contracts.assignment import (
    AlertEvent,
    CommitmentAdvanced,
    CommitmentCarriedOver,
    CommitmentEvent,
    CommitmentFulfilled,
    CommitmentGivenUp,
    CommitmentMade,
    CommitmentSlipped,
    RedCardIssued,
    ReminderDue,
    ResultRecorded,
    UnitChased,
    WarningIssued,
    YellowCardIssued,
)
from contracts.event import Event
from contracts.vocabulary import AlertLevel
from eventlog.readmodels import Origin, Rows, Rule

LEVELS: Mapping[type[Event], AlertLevel] = MappingProxyType(
    {
        ReminderDue: AlertLevel.REMINDER,
        WarningIssued: AlertLevel.WARNING,
        YellowCardIssued: AlertLevel.YELLOW,
        RedCardIssued: AlertLevel.RED,
    }
)
STANDINGS: Mapping[type[Event], str] = MappingProxyType(
    {
        CommitmentMade: "recorded",
        CommitmentAdvanced: "in_progress",
        CommitmentFulfilled: "fulfilled",
        CommitmentSlipped: "slipped",
        CommitmentGivenUp: "given_up",
        CommitmentCarriedOver: "carried_over",
    }
)


def _told(event: Event) -> dict[str, Any]:
    return event.model_dump(mode="json", exclude={"proposal_id", "unit"})


def _record_result(event: ResultRecorded, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        others = [each for each in part.results if each["number"] != event.number]
        part.results = sorted([*others, _told(event)], key=lambda each: int(each["number"]))


def _commit(event: CommitmentEvent, origin: Origin, rows: Rows) -> None:
    """The latest word on a commitment stands beside what was committed."""
    if part := part_after(event, origin, rows):
        known = {each["commitment"]: each for each in part.commitments}
        told = known.get(event.commitment, {}) | _told(event)
        known[event.commitment] = told | {"standing": STANDINGS[type(event)]}
        part.commitments = [known[number] for number in sorted(known)]


def _alert(event: AlertEvent, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.alerts = [*part.alerts, _told(event) | {"level": LEVELS[type(event)].value}]


def _chase(event: UnitChased, origin: Origin, rows: Rows) -> None:
    if part := part_after(event, origin, rows):
        part.chasings = [*part.chasings, _told(event)]


SUPERVISION_RULES: Mapping[type[Event], Rule] = MappingProxyType(
    {
        ResultRecorded: Rule(_record_result, its_part),
        UnitChased: Rule(_chase, its_part),
        **{each: Rule(_commit, its_part) for each in STANDINGS},
        **{each: Rule(_alert, its_part) for each in LEVELS},
    }
)
