"""Pulls messages from JetStream: a request for many is always open, and each comes as soon as it is there."""

import asyncio
import json
import logging
from contextlib import suppress

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import ConsumerConfig
from nats.js.errors import NotFoundError

from eventlog.transport import STREAM, SUBJECTS

AT_ONCE = 200
OPEN_SECONDS = 5.0
PATIENCE_SECONDS = 1.0
RETRY_SECONDS = 0.5
API_TIMEOUT_SECONDS = 2.0
REQUEST_TIMED_OUT = "408"

logger = logging.getLogger(__name__)


class Ended(NatsError):
    """The broker ended the request, or has no such consumer."""


class Pull:
    """A durable consumer, and an open request for its next messages, which come to `inbox`.

    nats-py's fetch asks again for each message; or, where it asks for several, waits for its
    time-out when fewer are there, and drops what comes just after. This is the protocol beneath
    it (NATS ADR-13): the broker sends up to as many as were asked for, and says when it is over.
    """

    def __init__(self, nats: Client, durable: str) -> None:
        self.inbox = nats.new_inbox()
        self._nats = nats
        self._durable = durable
        self._to_come = 0
        self._is_over = asyncio.Event()
        self._is_distrusted = True
        self._said = ""

    def counts(self, message: Msg) -> bool:
        """Whether this is a message of the stream; otherwise it says that the request is over."""
        status = (message.headers or {}).get("Status")
        if status is None:
            self._to_come -= 1
        elif status != REQUEST_TIMED_OUT:
            self._said = f"{status} {(message.headers or {}).get('Description', '')}"
            self._is_distrusted = True
        if status is not None or self._to_come <= 0:
            self._is_over.set()
        return status is None

    def distrust(self) -> None:
        """See whether the broker still has the consumer, and ask it again: it was away."""
        self._is_distrusted = True
        self._is_over.set()

    async def keep_open(self) -> None:
        """Ask, and ask again when the request is over or was forgotten, for ever."""
        while True:
            try:
                await self._ask()
            except NatsError as error:
                logger.warning("%s: nothing comes, will ask again: %r", self._durable, error)
                await asyncio.sleep(RETRY_SECONDS)

    async def _ask(self) -> None:
        """Raises nats.errors.Error, as long as there is no broker or no stream too."""
        self._is_over.clear()
        if self._is_distrusted:
            await self._declare()
            self._is_distrusted = False
        self._to_come, self._said = AT_ONCE, ""
        wanted = {"batch": AT_ONCE, "expires": int(OPEN_SECONDS * 1_000_000_000)}
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{self._durable}"
        await self._nats.publish(subject, json.dumps(wanted).encode(), self.inbox)
        with suppress(TimeoutError):
            async with asyncio.timeout(OPEN_SECONDS + PATIENCE_SECONDS):
                await self._is_over.wait()
        if self._said:
            raise Ended(self._said)

    async def _declare(self) -> None:
        """Make the consumer if the broker does not have it; one that exists is never altered from here."""
        jetstream = self._nats.jetstream(timeout=API_TIMEOUT_SECONDS)
        try:
            await jetstream.consumer_info(STREAM, self._durable)
        except NotFoundError:
            config = ConsumerConfig(
                durable_name=self._durable,
                filter_subject=SUBJECTS,
                ack_wait=30.0,
                max_ack_pending=AT_ONCE * 5,
            )
            await jetstream.add_consumer(STREAM, config)
