"""How recorded events are shown over HTTP: what happened, when, by whom, and where it stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from contracts.shown import Shown
from eventlog import Recorded


class Doer(BaseModel):
    """Who recorded an event."""

    subject: str
    name: str
    role: str
    unit: str | None = None


class EventView(BaseModel):
    """One event of a history."""

    position: int
    event_id: str
    type: str
    service: str
    stream: str
    version: int
    happened_at: datetime
    recorded_at: datetime
    actor: Doer
    imported: bool
    attested_by: str | None
    trace_id: str | None
    data: dict[str, Any]


class History(BaseModel):
    """Events in the order of the log."""

    events: list[EventView]


def history_of(recorded: Sequence[Recorded]) -> History:
    in_order = sorted(recorded, key=lambda one: one.position)
    return History(events=[view_of(one) for one in in_order])


def recorded_by_then(recorded: Sequence[Recorded], shown: Shown) -> list[Recorded]:
    """The events that belong to the state that is shown."""
    if not shown.is_past:
        return list(recorded)
    by = shown.happened_by
    return [
        one
        for one in recorded
        if one.position <= shown.position and (by is None or one.happened_at <= by)
    ]


def view_of(recorded: Recorded) -> EventView:
    document = recorded.envelope
    traceparent = recorded.traceparent
    return EventView(
        position=recorded.position,
        event_id=str(recorded.event_id),
        type=recorded.type,
        service=recorded.type.split(".")[1],
        stream=recorded.stream,
        version=recorded.version,
        happened_at=recorded.happened_at,
        recorded_at=datetime.fromisoformat(document["recordedtime"]),
        actor=Doer(
            subject=document["actor"],
            name=document["actorname"],
            role=document["actorrole"],
            unit=document.get("actorunit"),
        ),
        imported=recorded.is_imported,
        attested_by=document.get("attestedby"),
        trace_id=traceparent.split("-")[1] if traceparent else None,
        data=recorded.data,
    )
