"""The relay: what is committed goes to JetStream, in order, at least once."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import asyncpg
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import PubAck
from prometheus_client import Counter, Gauge

from eventlog.log import STATEMENTS, Connection
from eventlog.publishing import Load, Slice, send
from eventlog.reconciling import Reconciliation
from eventlog.recorded import Recorded
from eventlog.sessions import undone_afterwards
from eventlog.transport import WAKE_SUBJECT

SLICE = 250
SLICE_BYTES = 4_000_000
REST_SECONDS = 0.02
POLL_SECONDS = 0.2
RECONCILE_SECONDS = 2.0
RETRY_SECONDS = 0.5
RETRY_DISTRICT_SECONDS = 2.0
PUBLISH_TIMEOUT_SECONDS = 10.0
LEAD_WHILE_HEARD_SECONDS = 15
LOCK_SPACE = 741_124
DEAD_LETTERS_OF = "relay"

RELAYED = Counter("tian_events_relayed_total", "Events published to JetStream", ["group"])
LEADING = Gauge("tian_relay_leading", "1 while this process is the relay of the group", ["group"])

logger = logging.getLogger(__name__)


class BrokerAway(Exception):
    """The connection to the broker broke; what was sent on it may or may not have been kept."""


class Relay:
    """Publishes one group of districts while it holds the group's advisory lock.

    The log is the record. If JetStream lost its tail or everything, the relay finds out by asking
    for the last message of each district, and publishes again from there. The lock goes with the
    connection it was taken on: how far districts are published is read and written on that one, so
    that a process that was stopped, and has lost the lead meanwhile, cannot write it.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        nats: Client,
        *,
        group: int = 0,
        groups: int = 1,
        heard_seconds: int = LEAD_WHILE_HEARD_SECONDS,
    ) -> None:
        self._pool = pool
        self._nats = nats
        self._jetstream: JetStreamContext = nats.jetstream(timeout=PUBLISH_TIMEOUT_SECONDS)
        self._group = group
        self._groups = groups
        self._heard_seconds = heard_seconds
        self._reconciliation = Reconciliation(self._jetstream, group, groups)
        self._woken = asyncio.Event()
        self._distrusted = asyncio.Event()
        self._retry_at: dict[str, float] = {}

    def distrust_stream(self) -> None:
        """Compare the stream with the log before anything else is published."""
        self._distrusted.set()
        self._woken.set()

    async def run(self) -> None:
        """Lead when nobody else does, for ever. Cancel to stop."""
        while True:
            try:
                async with undone_afterwards(self._pool) as connection:
                    await self._lead(connection)
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001  the relay outlives database and broker
                logger.warning("relay interrupted, will try again: %r", error)
            await asyncio.sleep(RETRY_SECONDS)

    async def _lead(self, connection: Connection) -> None:
        if not self._nats.is_connected or not await connection.fetchval(
            STATEMENTS["try_lead"], LOCK_SPACE, self._group
        ):
            return
        await connection.fetchval(STATEMENTS["lead_while_heard"], f"{self._heard_seconds}s")
        LEADING.labels(str(self._group)).set(1)
        subscription = await self._nats.subscribe(WAKE_SUBJECT, cb=self._wake_up)
        self._distrusted.set()
        try:
            await self._publish_until_unlocked(connection)
        finally:
            LEADING.labels(str(self._group)).set(0)
            with suppress(NatsError):
                await subscription.unsubscribe()

    async def _wake_up(self, _message: object) -> None:
        self._woken.set()

    async def _publish_until_unlocked(self, connection: Connection) -> None:
        """A relay that cannot reach the broker gives the lead to one that can.

        What comes after a quiet moment is published at once; while many come, a short rest lets the
        next ones go together, and arrive together at those who follow.
        """
        loop = asyncio.get_running_loop()
        reconcile_at = 0.0
        while self._nats.is_connected:
            if self._distrusted.is_set() or loop.time() >= reconcile_at:
                distrusted = self._distrusted.is_set()
                self._distrusted.clear()
                await self._reconciliation.reconcile(connection, distrusted=distrusted)
                reconcile_at = loop.time() + RECONCILE_SECONDS
            self._woken.clear()
            is_behind = await self._publish_what_is_due(connection)
            if is_behind:
                continue
            if is_behind is not None:
                await asyncio.sleep(REST_SECONDS)
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._woken.wait()

    async def _publish_what_is_due(self, connection: Connection) -> bool | None:
        """Send a slice of every district that is ahead, in turn: no district waits for another's backlog.

        Returns whether one of them is still behind; None where nothing was due.
        """
        now = asyncio.get_running_loop().time()
        rows = [
            row
            for row in await connection.fetch(STATEMENTS["unrelayed"], self._groups, self._group)
            if self._retry_at.get(row["district"], 0.0) <= now
        ]
        if not rows:
            return None
        under_way, is_behind = Load(), False
        for row in rows:
            each = await self._send_slice(connection, row["district"], row["relayed"])
            if not each.events:
                continue
            is_behind = is_behind or each.position < row["head"]
            under_way.add(each)
            if under_way.is_full:
                await self._settle(connection, under_way)
                under_way = Load()
        await self._settle(connection, under_way)
        return is_behind

    async def _settle(self, connection: Connection, load: Load) -> None:
        """Wait until the broker has kept these, and note it."""
        await self._until_acknowledged(
            [one for each in load.slices for one in each.acknowledgements]
        )
        for each in load.slices:
            await self._note(connection, each)

    async def _send_slice(self, connection: Connection, district: str, position: int) -> Slice:
        rows = await connection.fetch(
            STATEMENTS["next_to_relay"], district, position, SLICE, SLICE_BYTES
        )
        events = [Recorded.from_row(row) for row in rows]
        anew_up_to = self._reconciliation.anew.get(district, 0)
        return await send(self._nats, self._jetstream, district, events, anew_up_to=anew_up_to)

    async def _until_acknowledged(self, sent: Sequence[asyncio.Future[PubAck]]) -> None:
        """Raises BrokerAway when the connection broke: answers to what went before will not come."""
        if not sent:
            return
        answered = asyncio.ensure_future(asyncio.gather(*sent, return_exceptions=True))
        broken = asyncio.create_task(self._distrusted.wait())
        either: set[asyncio.Future[Any]] = {answered, broken}
        try:
            await asyncio.wait(
                either, timeout=PUBLISH_TIMEOUT_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if not answered.done():
                raise BrokerAway
        finally:
            for each in either:
                each.cancel()

    async def _note(self, connection: Connection, sent: Slice) -> None:
        """Remember how far a district is published; what was refused is tried again later."""
        try:
            sequence = sent.sequence
        except Exception as error:  # noqa: BLE001  whatever the broker refused stops no other district
            logger.warning("%s: not published yet: %r", sent.district, error)
            self._retry_at[sent.district] = (
                asyncio.get_running_loop().time() + RETRY_DISTRICT_SECONDS
            )
            return
        for recorded, reason in sent.unpublishable:
            logger.error("%s %s cannot be published: %r", sent.district, recorded.position, reason)
            await connection.execute(
                STATEMENTS["note_dead_letter"],
                DEAD_LETTERS_OF,
                recorded.district,
                recorded.position,
                recorded.event_id,
                f"{type(reason).__name__}: {reason}",
                True,  # noqa: FBT003  followers read it from the log, so nothing waits for it
                recorded.traceparent,
            )
        await connection.execute(STATEMENTS["set_relayed"], sent.district, sent.position, sequence)
        self._retry_at.pop(sent.district, None)
        RELAYED.labels(str(self._group)).inc(len(sent.acknowledgements))
