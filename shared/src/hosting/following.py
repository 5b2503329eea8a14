"""Brings events from JetStream to a follower: pulled to a FastStream subscriber, acknowledged by hand."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from faststream import AckPolicy
from faststream.nats import NatsBroker, NatsMessage
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from opentelemetry.instrumentation.utils import suppress_instrumentation
from prometheus_client import Counter, Gauge

from eventlog import Follower, Recorded
from eventlog.following import FollowedElsewhere
from eventlog.transport import recorded_from
from hosting.pulling import AT_ONCE, Pull

LINGER_SECONDS = 0.005
QUIET_SECONDS = 0.1
WATCH_SECONDS = 1.0
OVERDUE_SECONDS = 3.0
RETRY_SECONDS = 1.0
LONGEST_RETRY_SECONDS = 60.0
FAILURES_TO_NOTE = 3

HELD = Gauge("tian_held_districts", "Districts whose next event fails", ["follower"])
LAG = Gauge("tian_follower_lag_events", "Events in the log not yet taken", ["follower"])
CAUGHT_UP = Counter(
    "tian_caught_up_from_log_total",
    "Times the transport was overdue and the log was read",
    ["follower"],
)

logger = logging.getLogger(__name__)


@dataclass
class Hold:
    """A district that failed: tried again from the log, later and later."""

    failures: int
    retry_at: float


class Subscription:
    """A durable pull consumer that hands what arrives to a follower.

    The log is the record, so nothing depends on redelivery: what fails, and what never arrives,
    is read from the log again. A district that fails is held and slows no other one.
    """

    def __init__(self, broker: NatsBroker, nats: Client, follower: Follower) -> None:
        self._follower = follower
        self._behind_since: dict[str, float] = {}
        self._held: dict[str, Hold] = {}
        self._arrived: asyncio.Queue[Msg] = asyncio.Queue()
        self._pull = Pull(nats, follower.name)
        self.subscriber = broker.subscriber(
            self._pull.inbox,
            ack_policy=AckPolicy.MANUAL,
            parser=_as_it_is,
            decoder=_nothing_more,
            no_reply=True,
        )
        self.subscriber(self._queue)

    async def _queue(self, message: NatsMessage) -> None:
        if self._pull.counts(message.raw_message):
            await self._arrived.put(message.raw_message)

    async def pull(self) -> None:
        """Have the broker send what comes, for ever."""
        await self._pull.keep_open()

    def distrust_broker(self) -> None:
        """It was away, and may have forgotten the consumer."""
        self._pull.distrust()

    async def drain(self) -> None:
        """Take what has queued, as one batch, for ever.

        After a quiet moment an event is taken at once; while many come, a short wait saves a
        transaction for each.
        """
        loop = asyncio.get_running_loop()
        busy_until = 0.0
        with suppress_instrumentation():
            while True:
                messages = [await self._arrived.get()]
                if loop.time() < busy_until:
                    await asyncio.sleep(LINGER_SECONDS)
                while len(messages) < AT_ONCE and not self._arrived.empty():
                    messages.append(self._arrived.get_nowait())
                await self._take_batch(messages)
                busy_until = loop.time() + QUIET_SECONDS

    async def _take_batch(self, messages: Sequence[Msg]) -> None:
        by_district: dict[str, list[Recorded]] = defaultdict(list)
        for message in messages:
            try:
                recorded = recorded_from(message.headers or {}, message.data)
            except (KeyError, ValueError):
                logger.exception("not an event of ours, set aside: %s", message.subject)
                continue
            by_district[recorded.district].append(recorded)
        for district, arrived in by_district.items():
            if district not in self._held:
                await self._take(district, sorted(arrived, key=lambda one: one.position))
        for message in messages:
            with suppress(NatsError):
                await message.ack()

    async def _take(self, district: str, arrived: Sequence[Recorded]) -> None:
        """Take what arrived, or everything that is in the log; a failure holds the district."""
        try:
            try:
                await self._follower.take(district, arrived)
            except FollowedElsewhere:
                await self._follower.catch_up(district)
        except Exception as error:  # noqa: BLE001  whatever it is, it holds this district only
            await self._hold(district, error)
        else:
            self._behind_since.pop(district, None)
            if self._held.pop(district, None) is not None:
                await self._follower.release(district)
                HELD.labels(self._follower.name).set(len(self._held))

    async def _hold(self, district: str, error: Exception) -> None:
        failures = self._held[district].failures + 1 if district in self._held else 1
        pause = min(RETRY_SECONDS * 2 ** (failures - 1), LONGEST_RETRY_SECONDS)
        self._held[district] = Hold(failures, asyncio.get_running_loop().time() + pause)
        HELD.labels(self._follower.name).set(len(self._held))
        logger.error(
            "%s cannot take the next event of %s, next try in %.0f s",
            self._follower.name,
            district,
            pause,
            exc_info=error,
        )
        if failures >= FAILURES_TO_NOTE:
            await self._follower.note_failure(district, error)

    @property
    def follower(self) -> Follower:
        return self._follower

    async def retry(self, district: str) -> None:
        """Take what the log has for a district at once, without waiting for its next try."""
        with suppress_instrumentation():
            await self._take(district, ())

    async def watch(self) -> None:
        """Fill in for an overdue transport, for ever."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                with suppress_instrumentation():
                    await self._fill_in()
            except Exception as error:  # noqa: BLE001  the watch outlives the database
                logger.warning("%s: watch interrupted: %r", self._follower.name, error)

    async def _fill_in(self) -> None:
        lag = await self._follower.districts_behind()
        LAG.labels(self._follower.name).set(sum(lag.values()))
        now = asyncio.get_running_loop().time()
        self._behind_since = {
            district: since for district, since in self._behind_since.items() if district in lag
        }
        for district in lag:
            if district in self._held:
                due = now >= self._held[district].retry_at
            else:
                due = now - self._behind_since.setdefault(district, now) >= OVERDUE_SECONDS
            if due:
                CAUGHT_UP.labels(self._follower.name).inc()
                await self._take(district, ())


async def _as_it_is(message: Msg) -> NatsMessage:
    """FastStream's own parser reads of a message what nobody asks, and takes its acknowledgement away."""
    return NatsMessage(message, message.data)


async def _nothing_more(message: NatsMessage) -> NatsMessage:
    """The handler wants headers and bytes; what they say is read by the follower."""
    return message
