"""The JetStream stream that carries events: how it is declared, and how an event travels in it."""

from collections.abc import Mapping
from uuid import UUID

from nats.js import JetStreamContext
from nats.js.api import (
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
    StreamInfo,
)
from nats.js.errors import NotFoundError

from eventlog.recorded import Recorded

STREAM = "TIAN"
SUBJECTS = "tian.events.>"
WAKE_SUBJECT = "tian.wake"
MESSAGE_ID = "Nats-Msg-Id"
DEDUPLICATION_SECONDS = 600.0
KEPT_SECONDS = 14 * 86_400.0


def stream_config(replicas: int = 1) -> StreamConfig:
    return StreamConfig(
        name=STREAM,
        subjects=[SUBJECTS],
        retention=RetentionPolicy.LIMITS,
        storage=StorageType.FILE,
        discard=DiscardPolicy.OLD,
        max_age=KEPT_SECONDS,
        duplicate_window=DEDUPLICATION_SECONDS,
        num_replicas=replicas,
        allow_direct=True,
        deny_delete=True,
    )


async def ensure_stream(jetstream: JetStreamContext, replicas: int = 1) -> StreamInfo:
    """Declare the stream if it is missing; one that exists is never altered from here."""
    try:
        return await jetstream.stream_info(STREAM)
    except NotFoundError:
        return await jetstream.add_stream(stream_config(replicas))


def subject_of(recorded: Recorded) -> str:
    """`tian.events.{district}.{service}.{event}` from a type like `tian.intake.proposal_filed.v1`."""
    _, service, event, _ = recorded.type.split(".")
    return f"tian.events.{recorded.district}.{service}.{event}"


def district_subjects(district: str) -> str:
    return f"tian.events.{district}.>"


def message_id(recorded: Recorded) -> str:
    """By event, not by position: after a restore of the log a position may hold another event."""
    return f"{recorded.district}:{recorded.event_id}"


def headers_of(recorded: Recorded) -> dict[str, str]:
    headers = {
        MESSAGE_ID: message_id(recorded),
        "Tian-District": recorded.district,
        "Tian-Position": str(recorded.position),
        "Tian-Stream": recorded.stream.encode().hex(),
        "Tian-Version": str(recorded.version),
        "Tian-Event-Id": str(recorded.event_id),
        "Tian-Type": recorded.type,
    }
    if recorded.traceparent:
        headers["traceparent"] = recorded.traceparent
    return headers


def recorded_from(headers: Mapping[str, str], body: bytes) -> Recorded:
    """Read a message back. Raises KeyError or ValueError when it is not one of ours."""
    return Recorded(
        district=headers["Tian-District"],
        position=int(headers["Tian-Position"]),
        stream=bytes.fromhex(headers["Tian-Stream"]).decode(),
        version=int(headers["Tian-Version"]),
        event_id=UUID(headers["Tian-Event-Id"]),
        type=headers["Tian-Type"],
        body=body,
    )
