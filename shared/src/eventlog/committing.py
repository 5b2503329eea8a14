"""Group commit: what many callers append at once reaches the disk in few transactions."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Protocol

from opentelemetry import trace

from eventlog.refusing import LogUnavailable
from eventlog.waiting import Limits, Offer, Waiting
from eventlog.writes import Outcome, Write

logger = logging.getLogger(__name__)
tracer = trace.get_tracer("tian.eventlog")


class Lane(Protocol):
    """A way to the database for one group of offers after another."""

    async def carry(self, offers: Sequence[Offer]) -> bool:
        """Answer every offer; False if the database stays away."""

    async def close(self) -> None:
        """Give back what the lane holds."""


class GroupCommit:
    """Brings what is appended to the database, in few transactions and on few lanes."""

    def __init__(
        self,
        open_lane: Callable[[], Lane],
        wake: Callable[[], Awaitable[None]],
        limits: Limits,
    ) -> None:
        self._open_lane = open_lane
        self._wake = wake
        self._limits = limits
        self._waiting = Waiting(limits)
        self._open_lanes = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def append(self, district: str, writes: Sequence[Write]) -> list[Outcome]:
        """Returns when the writes are on disk. Raises LogBusy, LogUnavailable, ValueError.

        Whoever stops waiting does not take back what is under way.
        """
        answer: asyncio.Future[list[Outcome]] = asyncio.get_running_loop().create_future()
        offer = Offer.of(district, writes, answer)
        span = trace.get_current_span()
        if not span.is_recording():
            self._send(offer)
            return await answer
        with tracer.start_as_current_span("append") as span:
            offer.cause = span.get_span_context()
            self._send(offer)
            return await answer

    def _send(self, offer: Offer) -> None:
        self._waiting.admit(offer)
        if self._open_lanes < self._limits.lanes and self._waiting.is_ready:
            self._open_lanes += 1
            # A context of its own: the lane outlives the request that opened it.
            task = asyncio.create_task(self._run_lane(), context=Context())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run_lane(self) -> None:
        lane = self._open_lane()
        try:
            while offers := self._waiting.take():
                await self._carry(lane, offers)
                # Whoever has just been answered may have more for the next transaction.
                await asyncio.sleep(0)
        finally:
            # Before anything is awaited: what arrives from now on opens a lane of its own.
            self._open_lanes -= 1
            await lane.close()

    async def _carry(self, lane: Lane, offers: list[Offer]) -> None:
        wanted = [offer for offer in offers if not offer.answer.done()]
        is_reached = True
        try:
            if wanted:
                is_reached = await self._carry_traced(lane, wanted)
        finally:
            for offer in wanted:
                offer.fail(LogUnavailable())
            self._waiting.settle(offers)
        if not is_reached:
            self._tell_all_that_it_is_away()
        if any(offer.is_appended for offer in wanted):
            # Once, whatever the number of districts: a relay that wakes looks at all of them.
            try:
                await self._wake()
            except Exception:
                logger.exception("the relay could not be woken")

    async def _carry_traced(self, lane: Lane, offers: list[Offer]) -> bool:
        links = [trace.Link(offer.cause) for offer in offers if offer.cause is not None]
        if not links:
            return await lane.carry(offers)
        with tracer.start_as_current_span("commit", links=links):
            return await lane.carry(offers)

    def _tell_all_that_it_is_away(self) -> None:
        """None of these was sent. Let them not wait one after another for what is not there."""
        while offers := self._waiting.take_all():
            for offer in offers:
                offer.fail(LogUnavailable())
            self._waiting.settle(offers)
