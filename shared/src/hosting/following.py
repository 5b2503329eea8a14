"""Brings events from JetStream to a follower: FastStream pull subscriber, manual acknowledgement."""

import asyncio
import logging
from collections import defaultdict

from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, NatsMessage, PullSub
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import ConsumerConfig
from nats.js.errors import NotFoundError
from opentelemetry.instrumentation.utils import suppress_instrumentation
from prometheus_client import Counter, Gauge

from eventlog import Follower, Recorded
from eventlog.transport import STREAM, SUBJECTS, recorded_from

BATCH = 200
FETCH_SECONDS = 0.1
WATCH_SECONDS = 1.0
OVERDUE_SECONDS = 3.0
RETRY_SECONDS = 1.0

LAG = Gauge("tian_follower_lag_events", "Events in the log not yet taken", ["follower"])
CAUGHT_UP = Counter(
    "tian_caught_up_from_log_total",
    "Times the transport was overdue and the log was read",
    ["follower"],
)

logger = logging.getLogger(__name__)


class Subscription:
    """A durable pull consumer that hands what arrives to a follower.

    A failure leaves the message unacknowledged with a delay, so that it comes again; a message
    that never comes is read from the log. The consumer is made anew if the broker lost it.
    """

    def __init__(self, broker: NatsBroker, nats: Client, follower: Follower) -> None:
        self._follower = follower
        self._nats = nats
        self._taken_at: dict[str, float] = defaultdict(float)
        self.subscriber = broker.subscriber(
            SUBJECTS,
            stream=JStream(STREAM, declare=False),
            durable=follower.name,
            pull_sub=PullSub(batch_size=BATCH, timeout=FETCH_SECONDS, batch=True),
            config=ConsumerConfig(ack_wait=30.0, max_ack_pending=BATCH * 5),
            ack_policy=AckPolicy.MANUAL,
        )
        self.subscriber(self._on_batch)

    async def _on_batch(self, message: NatsMessage) -> None:
        raw = message.raw_message
        by_district: dict[str, list[tuple[Msg, Recorded]]] = defaultdict(list)
        for one in raw if isinstance(raw, list) else [raw]:
            try:
                recorded = recorded_from(one.headers or {}, one.data)
            except (KeyError, ValueError):
                logger.exception("not an event of ours, set aside: %s", one.subject)
                await one.term()
                continue
            by_district[recorded.district].append((one, recorded))
        for district, arrived in by_district.items():
            await self._take(district, arrived)

    async def _take(self, district: str, arrived: list[tuple[Msg, Recorded]]) -> None:
        in_order = sorted((recorded for _, recorded in arrived), key=lambda one: one.position)
        try:
            await self._follower.take(district, in_order)
        except Exception:
            logger.exception("%s cannot take events of %s yet", self._follower.name, district)
            for one, _ in arrived:
                await one.nak(delay=RETRY_SECONDS)
            return
        self._taken_at[district] = asyncio.get_running_loop().time()
        for one, _ in arrived:
            await one.ack()

    async def watch(self) -> None:
        """Look after the subscription for ever: fill in for an overdue transport, renew the consumer."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                with suppress_instrumentation():
                    await self._fill_in()
                    await self._renew()
            except Exception as error:  # noqa: BLE001  the watch outlives database and broker
                logger.warning("%s: watch interrupted: %r", self._follower.name, error)

    async def _fill_in(self) -> None:
        lag = await self._follower.districts_behind()
        LAG.labels(self._follower.name).set(sum(lag.values()))
        now = asyncio.get_running_loop().time()
        for district in lag:
            first_seen_behind = self._taken_at.setdefault(district, now)
            if now - first_seen_behind >= OVERDUE_SECONDS:
                CAUGHT_UP.labels(self._follower.name).inc()
                await self._follower.catch_up(district)
                self._taken_at[district] = now

    async def _renew(self) -> None:
        if not self._nats.is_connected:
            return
        jetstream = self._nats.jetstream(timeout=2.0)
        try:
            await jetstream.consumer_info(STREAM, self._follower.name)
        except NotFoundError:
            logger.warning("%s: the broker lost the consumer, making it anew", self._follower.name)
            await self.subscriber.stop()
            await self.subscriber.start()
