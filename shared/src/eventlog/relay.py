"""The relay: what is committed goes to JetStream, in order, at least once."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress

import asyncpg
import nats.errors
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.errors import NotFoundError
from opentelemetry import propagate, trace
from prometheus_client import Counter, Gauge

from eventlog.log import STATEMENTS, Connection, EventLog
from eventlog.recorded import Recorded
from eventlog.transport import (
    STREAM,
    WAKE_SUBJECT,
    district_subjects,
    ensure_stream,
    headers_of,
    subject_of,
)

BATCH = 500
POLL_SECONDS = 0.2
RECONCILE_SECONDS = 2.0
RETRY_SECONDS = 0.5
RETRY_DISTRICT_SECONDS = 2.0
PUBLISH_TIMEOUT_SECONDS = 10.0
ROOM_FOR_HEADERS_BYTES = 8192
UNPUBLISHABLE = (ValueError, nats.errors.BadSubjectError, nats.errors.MaxPayloadError)
LOCK_SPACE = 741_124

RELAYED = Counter("tian_events_relayed_total", "Events published to JetStream", ["group"])
LEADING = Gauge("tian_relay_leading", "1 while this process is the relay of the group", ["group"])

logger = logging.getLogger(__name__)
tracer = trace.get_tracer("tian.eventlog")


class Relay:
    """Publishes one group of districts while it holds the group's advisory lock.

    The log is the record. If JetStream lost its tail or everything, the relay finds out by asking
    for the last message of each district, and publishes again from there.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        log: EventLog,
        nats: Client,
        *,
        group: int = 0,
        groups: int = 1,
    ) -> None:
        self._pool = pool
        self._log = log
        self._nats = nats
        self._jetstream: JetStreamContext = nats.jetstream(timeout=PUBLISH_TIMEOUT_SECONDS)
        self._group = group
        self._groups = groups
        self._woken = asyncio.Event()
        self._retry_at: dict[str, float] = {}
        self._memory = f"{STREAM} {group}/{groups}"
        self._reconcile_now = False

    def distrust_stream(self) -> None:
        """Compare the stream with the log before anything else is published."""
        self._reconcile_now = True

    async def run(self) -> None:
        """Lead when nobody else does, for ever. Cancel to stop."""
        while True:
            try:
                async with self._pool.acquire() as connection:
                    await self._lead(connection)
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001  the relay outlives database and broker
                logger.warning("relay interrupted, will try again: %r", error)
            await asyncio.sleep(RETRY_SECONDS)

    async def _lead(self, connection: Connection) -> None:
        if not await connection.fetchval(STATEMENTS["try_lead"], LOCK_SPACE, self._group):
            return
        LEADING.labels(str(self._group)).set(1)
        subscription = await self._nats.subscribe(WAKE_SUBJECT, cb=self._wake_up)
        try:
            await self._publish_until_unlocked(connection)
        finally:
            LEADING.labels(str(self._group)).set(0)
            await subscription.unsubscribe()

    async def _wake_up(self, _message: object) -> None:
        self._woken.set()

    async def _publish_until_unlocked(self, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        reconcile_at = 0.0
        while not connection.is_closed():
            if self._reconcile_now or loop.time() >= reconcile_at:
                self._reconcile_now = False
                await connection.fetchval("select 1")
                await self._reconcile()
                reconcile_at = loop.time() + RECONCILE_SECONDS
            self._woken.clear()
            rows = await self._pool.fetch(STATEMENTS["unrelayed"], self._groups, self._group)
            due = [row for row in rows if self._retry_at.get(row["district"], 0.0) <= loop.time()]
            for row in due:
                await self._try_district(row["district"], row["relayed"])
            if not due:
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await self._woken.wait()

    async def _try_district(self, district: str, position: int) -> None:
        """Publish what a district has; what fails there is tried again later and stops no other."""
        try:
            await self._publish_district(district, position)
        except UNPUBLISHABLE as error:
            logger.warning("%s: cannot publish after %s yet: %r", district, position, error)
            self._retry_at[district] = asyncio.get_running_loop().time() + RETRY_DISTRICT_SECONDS
        else:
            self._retry_at.pop(district, None)

    async def _publish_district(self, district: str, position: int) -> None:
        batch = await self._log.read_after(district, position, BATCH)
        if not batch:
            return
        await self._publish(batch)
        await self._pool.execute(STATEMENTS["set_relayed"], district, batch[-1].position)
        RELAYED.labels(str(self._group)).inc(len(batch))

    async def _publish(self, batch: Sequence[Recorded]) -> None:
        acknowledgements = []
        for recorded in batch:
            context = propagate.extract({"traceparent": recorded.traceparent or ""})
            with tracer.start_as_current_span(
                f"publish {recorded.type}", context=context, kind=trace.SpanKind.PRODUCER
            ):
                acknowledgements.append(
                    await self._jetstream.publish_async(
                        subject_of(recorded), self._payload(recorded), headers=headers_of(recorded)
                    )
                )
        async with asyncio.timeout(PUBLISH_TIMEOUT_SECONDS):
            await asyncio.gather(*acknowledgements)

    def _payload(self, recorded: Recorded) -> bytes:
        """The event's bytes; nothing where they are too many, and followers read them from the log."""
        limit = self._nats.max_payload - ROOM_FOR_HEADERS_BYTES
        return recorded.body if len(recorded.body) <= limit else b""

    async def _reconcile(self) -> None:
        """Set districts back to what the stream really holds, when it may have lost something."""
        info = await ensure_stream(self._jetstream)
        before = await self._pool.fetchrow(STATEMENTS["stream_seen"], self._memory)
        lost = before is None or (
            info.created != before["created"] or info.state.last_seq < before["last_sequence"]
        )
        if lost:
            for row in await self._pool.fetch(STATEMENTS["all_relayed"], self._groups, self._group):
                await self._compare(row["district"], row["relayed"], row["head"])
        await self._pool.execute(
            STATEMENTS["note_stream"], self._memory, info.created, info.state.last_seq
        )

    async def _compare(self, district: str, relayed: int, head: int) -> None:
        """Set the relay back to what the stream holds; a stream that is ahead of the log is not its."""
        held, event_id = await self._last_in_stream(district)
        logged = await self._pool.fetch(STATEMENTS["identities"], district, held, held)
        if held and [str(row["event_id"]) for row in logged] != [event_id]:
            logger.warning("%s: the stream holds events the log does not have", district)
            await self._jetstream.purge_stream(STREAM, subject=district_subjects(district))
            held = 0
        if held != relayed:
            logger.warning("%s: the stream holds up to %s of %s", district, held, head)
            await self._pool.execute(STATEMENTS["set_relayed"], district, held)

    async def _last_in_stream(self, district: str) -> tuple[int, str]:
        """Position and event id of the last message of a district, 0 where there is none."""
        try:
            message = await self._jetstream.get_last_msg(STREAM, district_subjects(district))
        except NotFoundError:
            return 0, ""
        headers = message.headers or {}
        return int(headers.get("Tian-Position", "0")), headers.get("Tian-Event-Id", "")
