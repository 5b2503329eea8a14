"""An event as the log keeps it: a CloudEvents 1.0 document, its bytes verbatim."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from contracts.event import Event
from contracts.identity import Actor
from contracts.vocabulary import ActorRole
from eventlog.identifying import id_within

Json = dict[str, Any]


@dataclass(frozen=True)
class Provenance:
    """Who recorded an event, what caused it, and who vouches for it if it was imported.

    `traceparent` is that of the cause; the event gets one of its own in the same trace.
    """

    actor: Actor
    correlation_id: UUID
    causation_id: UUID | None = None
    attested_by: str | None = None
    traceparent: str | None = None


@dataclass(frozen=True)
class NewEvent:
    """An event on its way into the log, in the bytes that will be hashed and kept."""

    event_id: UUID
    stream: str
    version: int
    type: str
    body: bytes


@dataclass(frozen=True)
class Recorded:
    """An event in the log, at its position in the district."""

    district: str
    position: int
    stream: str
    version: int
    event_id: UUID
    type: str
    body: bytes = field(repr=False)

    @cached_property
    def envelope(self) -> Json:
        document: Json = json.loads(self.body)
        return document

    @property
    def data(self) -> Json:
        data: Json = self.envelope["data"]
        return data

    @property
    def traceparent(self) -> str | None:
        """The trace that it came with; None too where its bytes are no document of ours."""
        try:
            return self.envelope.get("traceparent")
        except (ValueError, AttributeError):
            return None

    @property
    def happened_at(self) -> datetime:
        return datetime.fromisoformat(self.envelope["time"])

    @property
    def is_imported(self) -> bool:
        return "attestedby" in self.envelope

    @property
    def provenance_of_consequences(self) -> Provenance:
        """The origin of events that follow from this one: the same actor, caused by it."""
        document = self.envelope
        return Provenance(
            actor=Actor(
                subject=document["actor"],
                name=document["actorname"],
                role=ActorRole(document["actorrole"]),
                district=self.district,
                unit=document.get("actorunit"),
            ),
            correlation_id=UUID(document["correlationid"]),
            causation_id=self.event_id,
            attested_by=document.get("attestedby"),
            traceparent=self.traceparent,
        )

    @classmethod
    def from_row(cls, row: Iterable[tuple[str, Any]]) -> "Recorded":
        return cls(**dict(row))


class Leaf(NamedTuple):
    """What identifies an event in the log; the hash is that of RFC 6962 over the stored bytes."""

    position: int
    stream: str
    version: int
    event_id: UUID
    type: str
    leaf_hash: bytes

    @classmethod
    def of(cls, recorded: Recorded) -> "Leaf":
        digest = sha256(b"\x00" + recorded.body).digest()
        return cls(
            recorded.position,
            recorded.stream,
            recorded.version,
            recorded.event_id,
            recorded.type,
            digest,
        )


def event_id_of(command_id: UUID, index: int) -> UUID:
    """The id of a command's n-th event: the same command always gives the same ids."""
    return id_within(command_id, f"event-{index}")


@dataclass(frozen=True)
class CommandNote:
    """The command an event came from, how many events it gave, and a digest of what was asked."""

    command_id: UUID
    event_count: int
    fingerprint: str | None = None


@dataclass(frozen=True)
class Circumstances:
    """Where and when an event is recorded, and on whose behalf."""

    service: str
    district: str
    happened_at: datetime
    recorded_at: datetime
    provenance: Provenance
    command: CommandNote


def new_event(
    event: Event, *, event_id: UUID, version: int, circumstances: Circumstances
) -> NewEvent:
    """Write an event as CloudEvents JSON (CloudEvents 1.0, section 3; UTF-8, keys sorted).

    Extensions: `streamversion`, `command*`, `recordedtime`, `actor*`, `correlationid`, `causationid`,
    `traceparent` (distributed tracing), `attestedby` for what was imported.
    """
    provenance = circumstances.provenance
    actor = provenance.actor
    document = {
        "specversion": "1.0",
        "id": str(event_id),
        "source": f"/{circumstances.district}/{circumstances.service}",
        "subject": event.stream,
        "type": event.type,
        "time": circumstances.happened_at.isoformat(),
        "datacontenttype": "application/json",
        "streamversion": version,
        "recordedtime": circumstances.recorded_at.isoformat(),
        "actor": actor.subject,
        "actorname": actor.name,
        "actorrole": actor.role.value,
        "actorunit": actor.unit,
        "correlationid": str(provenance.correlation_id),
        "causationid": str(provenance.causation_id) if provenance.causation_id else None,
        "commandid": str(circumstances.command.command_id),
        "commandevents": circumstances.command.event_count,
        "commandfingerprint": circumstances.command.fingerprint,
        "traceparent": provenance.traceparent,
        "attestedby": provenance.attested_by,
        "data": event.model_dump(mode="json"),
    }
    kept = {name: value for name, value in document.items() if value is not None}
    body = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return NewEvent(event_id, event.stream, version, event.type, body)
