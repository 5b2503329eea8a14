"""Publishing a slice of a district's log to JetStream, and hearing that it is kept."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import nats.errors
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import PubAck
from opentelemetry import propagate, trace

from eventlog.recorded import Recorded
from eventlog.transport import MESSAGE_ID, headers_of, subject_of

ROOM_FOR_HEADERS_BYTES = 8192
LOAD_EVENTS = 2_000
LOAD_BYTES = 16_000_000
UNPUBLISHABLE = (ValueError, nats.errors.BadSubjectError, nats.errors.MaxPayloadError)

tracer = trace.get_tracer("tian.eventlog")


@dataclass
class Slice:
    """Some events of a district on their way to the stream; those that cannot go are set aside."""

    district: str
    events: Sequence[Recorded]
    acknowledgements: list[asyncio.Future[PubAck]] = field(default_factory=list)
    unpublishable: list[tuple[Recorded, Exception]] = field(default_factory=list)

    @property
    def position(self) -> int:
        return self.events[-1].position

    @property
    def sequence(self) -> int:
        """Where in the stream its last event is, 0 where none could go. Raises what the broker answered."""
        return max((one.result().seq for one in self.acknowledgements), default=0)


class Load:
    """Slices of several districts that are under way at once, and whether more have to wait.

    Where a stream was lost, all that a thousand districts ever recorded is due.
    """

    def __init__(self) -> None:
        self.slices: list[Slice] = []
        self._events = self._bytes = 0

    @property
    def is_full(self) -> bool:
        return self._events >= LOAD_EVENTS or self._bytes >= LOAD_BYTES

    def add(self, each: Slice) -> None:
        self.slices.append(each)
        self._events += len(each.events)
        self._bytes += sum(len(event.body) for event in each.events)


async def send(
    nats: Client,
    jetstream: JetStreamContext,
    district: str,
    events: Sequence[Recorded],
    *,
    anew_up_to: int = 0,
) -> Slice:
    """Send events in their order, without waiting for acknowledgements.

    Up to `anew_up_to` they have been in the stream before and were lost there; they go without
    an id, since the broker remembers ids longer than messages and would take them for doubles.
    """
    sent = Slice(district, events)
    for recorded in events:
        try:
            subject, headers = subject_of(recorded), headers_of(recorded)
            if recorded.position <= anew_up_to:
                del headers[MESSAGE_ID]
            with _span(recorded):
                acknowledgement = await jetstream.publish_async(
                    subject, _payload(nats, recorded), headers=headers
                )
            sent.acknowledgements.append(acknowledgement)
        except UNPUBLISHABLE as error:
            sent.unpublishable.append((recorded, error))
    return sent


def _span(recorded: Recorded) -> AbstractContextManager[trace.Span]:
    context = propagate.extract({"traceparent": recorded.traceparent or ""})
    return tracer.start_as_current_span(
        f"publish {recorded.type}", context=context, kind=trace.SpanKind.PRODUCER
    )


def _payload(nats: Client, recorded: Recorded) -> bytes:
    """The event's bytes; nothing where they are too many, and followers read them from the log."""
    limit = nats.max_payload - ROOM_FOR_HEADERS_BYTES
    return recorded.body if len(recorded.body) <= limit else b""
