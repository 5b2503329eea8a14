"""Offers that wait for a transaction: each stream in its order, districts in turn, never too many."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from opentelemetry.trace import SpanContext

from eventlog.refusing import LogBusy
from eventlog.writes import Outcome, Write


@dataclass(frozen=True)
class Limits:
    """How much may wait in a process, and how much of it travels in one transaction."""

    waiting: int = 10_000
    waiting_bytes: int = 64 * 1024 * 1024
    together: int = 256
    together_bytes: int = 4 * 1024 * 1024
    lanes: int = 2


@dataclass(slots=True, eq=False)
class Offer:
    """Writes to one district that somebody waits for. They travel together."""

    district: str
    writes: Sequence[Write]
    streams: frozenset[str]
    event_count: int
    size_bytes: int
    answer: "asyncio.Future[list[Outcome]]"
    cause: SpanContext | None = None
    ahead: int = 0
    behind: "list[Offer]" = field(default_factory=list)
    is_appended: bool = False

    @classmethod
    def of(
        cls, district: str, writes: Sequence[Write], answer: "asyncio.Future[list[Outcome]]"
    ) -> "Offer":
        """Raises ValueError where two of the writes go to one stream."""
        streams: set[str] = set()
        event_count = size_bytes = 0
        for write in writes:
            if not write.events:
                message = "a write without events; do not append it"
                raise ValueError(message)
            touched = {event.stream for event in write.events}
            if not streams.isdisjoint(touched):
                message = (
                    "two writes of one append go to the same stream; append them one after another"
                )
                raise ValueError(message)
            streams |= touched
            event_count += len(write.events)
            for event in write.events:
                size_bytes += len(event.body)
        return cls(district, writes, frozenset(streams), event_count, size_bytes, answer)

    def accept(self, outcomes: list[Outcome]) -> None:
        """Tell whoever waits, if they still do; what was appended is there in any case."""
        for outcome in outcomes:
            if outcome.result == "appended":
                self.is_appended = True
        if not self.answer.done():
            self.answer.set_result(outcomes)

    def fail(self, error: BaseException) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)


class Waiting:
    """The offers of one process that are not settled yet.

    Of two offers that touch one stream the later one waits until the earlier one is settled, so
    they neither share a transaction nor overtake each other. A district may travel in several
    transactions at once: the second waits for the first one's counter, but is on its way meanwhile.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._ready: OrderedDict[str, deque[Offer]] = OrderedDict()
        self._last: dict[tuple[str, str], Offer] = {}
        self._of_district: dict[str, int] = {}
        self._count = 0
        self._bytes = 0

    @property
    def is_ready(self) -> bool:
        """Whether there is an offer that could travel now."""
        return bool(self._ready)

    @property
    def count(self) -> int:
        return self._count

    def admit(self, offer: Offer) -> None:
        """Raises LogBusy. A district may hold as many places as are still free, and no more."""
        free = self._limits.waiting - self._count
        held = self._of_district.get(offer.district, 0)
        if held >= free or (
            self._bytes and self._bytes + offer.size_bytes > self._limits.waiting_bytes
        ):
            raise LogBusy
        self._count += 1
        self._bytes += offer.size_bytes
        self._of_district[offer.district] = held + 1
        for stream in offer.streams:
            place = (offer.district, stream)
            earlier = self._last.get(place)
            if earlier is not None:
                earlier.behind.append(offer)
                offer.ahead += 1
            self._last[place] = offer
        if not offer.ahead:
            self._make_ready(offer)

    def take(self) -> list[Offer]:
        """The offers of the next transaction: of each district in turn, one after another.

        A part is left for the other lanes.
        """
        most = min(self._limits.together, -(-self._count // self._limits.lanes))
        taken: list[Offer] = []
        events = size_bytes = 0
        while self._ready and events < most and size_bytes < self._limits.together_bytes:
            district, queue = self._ready.popitem(last=False)
            offer = queue.popleft()
            if queue:
                self._ready[district] = queue
            taken.append(offer)
            events += offer.event_count
            size_bytes += offer.size_bytes
        return taken

    def take_all(self) -> list[Offer]:
        """Everything that could travel now, to be told why it cannot."""
        taken = [offer for queue in self._ready.values() for offer in queue]
        self._ready.clear()
        return taken

    def settle(self, offers: Iterable[Offer]) -> None:
        """These have been answered; what waited behind them may travel."""
        for offer in offers:
            self._count -= 1
            self._bytes -= offer.size_bytes
            held = self._of_district.pop(offer.district) - 1
            if held:
                self._of_district[offer.district] = held
            for stream in offer.streams:
                if self._last.get((offer.district, stream)) is offer:
                    del self._last[offer.district, stream]
            for later in offer.behind:
                later.ahead -= 1
                if not later.ahead:
                    self._make_ready(later)

    def _make_ready(self, offer: Offer) -> None:
        queue = self._ready.get(offer.district)
        if queue is None:
            self._ready[offer.district] = deque((offer,))
        else:
            queue.append(offer)
