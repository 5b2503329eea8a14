"""One transaction for many offers: sent again when in doubt, divided when one of them spoils it."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from itertools import count

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from eventlog.recorded import NewEvent
from eventlog.refusing import DOUBTFUL, PAUSES_SECONDS, LogUnavailable
from eventlog.statements import load_statements
from eventlog.waiting import Offer
from eventlog.writes import Outcome

STATEMENTS = load_statements("eventlog")
RACES = (asyncpg.UniqueViolationError, asyncpg.DeadlockDetectedError)
TRANSACTIONS_PER_LOAN = 50


class Appender:
    """Appends groups of offers over a connection that it borrows for a while.

    It is kept over some transactions, for a pool may ask the server to put each session back; not
    for long, because others wait for connections too.
    """

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._connection: PoolConnectionProxy | None = None
        self._transactions = 0

    async def carry(self, offers: Sequence[Offer]) -> bool:
        """Append offers in one transaction; answered means that they are on disk.

        Offers that cannot be appended together are sent in halves, until only the one to blame
        fails. Returns False when the database stays away.
        """
        try:
            answers = await self._append_surely(offers)
        except LogUnavailable as error:
            _fail(offers, error)
            return False
        except Exception as error:  # noqa: BLE001  # it belongs to a caller, who gets it
            if len(offers) == 1:
                _fail(offers, error)
                return True
            middle = len(offers) // 2
            return await self.carry(offers[:middle]) and await self.carry(offers[middle:])
        for offer, outcomes in zip(offers, answers, strict=True):
            offer.accept(outcomes)
        return True

    async def _append_surely(self, offers: Sequence[Offer]) -> list[list[Outcome]]:
        """Append, again and again while it is doubtful. Raises LogUnavailable.

        Most writes are new, so that is tried first, without a question. After a broken connection
        nobody knows whether the commit happened, so the same event ids are offered again: what is
        there already is found, not doubled.
        """
        append = self._append_new
        for pause in PAUSES_SECONDS:
            try:
                return await append(offers)
            except RACES:
                await asyncio.sleep(0)
            except DOUBTFUL:
                await asyncio.sleep(pause)
            append = self._append
        try:
            return await self._append(offers)
        except DOUBTFUL as error:
            raise LogUnavailable from error

    async def close(self) -> None:
        """Give the connection back."""
        connection, self._connection, self._transactions = self._connection, None, 0
        if connection is not None:
            with suppress(*DOUBTFUL):
                await self._pool.release(connection)

    async def _append_new(self, offers: Sequence[Offer]) -> list[list[Outcome]]:
        """Raises UniqueViolationError unless all of it is new and next in its stream."""
        columns, ends = _columns_of_new(offers)
        ((bases,),) = await self._fetch("append_new", columns)
        answers: list[list[Outcome]] = []
        for place, lasts in ends:
            base = bases[place]
            answers.append([Outcome("appended", base + last) for last in lasts])
        return answers

    async def _append(self, offers: Sequence[Offer]) -> list[list[Outcome]]:
        rows = await self._fetch("append", _columns_of(offers))
        outcomes = {row[0]: Outcome(row[1], row[2] or 0, row[3]) for row in rows}
        numbers = count()
        return [[outcomes[next(numbers)] for _ in offer.writes] for offer in offers]

    async def _fetch(self, statement: str, values: Sequence[object]) -> list[asyncpg.Record]:
        if self._transactions >= TRANSACTIONS_PER_LOAN:
            await self.close()
        if self._connection is None:
            self._connection = await self._pool.acquire()
        self._transactions += 1
        try:
            return await self._connection.fetch(STATEMENTS[statement], *values)
        except RACES:
            raise
        except DOUBTFUL:
            # To end it in order may take as long as the network does; a lane has no time for that.
            with suppress(*DOUBTFUL):
                self._connection.terminate()
            await self.close()
            raise
        except BaseException:
            await self.close()
            raise


def _columns_of_new(
    offers: Sequence[Offer],
) -> tuple[tuple[list[object], ...], list[tuple[int, list[int]]]]:
    """What `log.append_new` takes; and of each offer its district's place and its writes' ends."""
    districts = sorted({offer.district for offer in offers})
    places = {district: place for place, district in enumerate(districts)}
    counts = [0] * len(districts)
    of: list[object] = []
    nth: list[object] = []
    is_first: list[object] = []
    events: list[NewEvent] = []
    ends: list[tuple[int, list[int]]] = []
    for offer in offers:
        place = places[offer.district]
        end, lasts = counts[place], []
        for write in offer.writes:
            streams: set[str] = set()
            for event in write.events:
                end += 1
                of.append(place + 1)
                nth.append(end)
                is_first.append(event.stream not in streams)
                streams.add(event.stream)
                events.append(event)
            lasts.append(end)
        counts[place] = end
        ends.append((place, lasts))
    columns: tuple[list[object], ...] = (
        [*districts],
        [*counts],
        of,
        nth,
        is_first,
        [event.stream for event in events],
        [event.version for event in events],
        [event.event_id for event in events],
        [event.type for event in events],
        [event.body for event in events],
    )
    return columns, ends


def _columns_of(offers: Sequence[Offer]) -> tuple[list[object], ...]:
    """The events of all offers, column by column, as `log.append` takes them."""
    districts: list[object] = []
    writes: list[object] = []
    events: list[NewEvent] = []
    number = 0
    for offer in offers:
        districts += [offer.district] * offer.event_count
        for write in offer.writes:
            writes += [number] * len(write.events)
            events += write.events
            number += 1
    return (
        districts,
        writes,
        [event.stream for event in events],
        [event.version for event in events],
        [event.event_id for event in events],
        [event.type for event in events],
        [event.body for event in events],
    )


def _fail(offers: Sequence[Offer], error: BaseException) -> None:
    for offer in offers:
        offer.fail(error)
