"""Turns at replaying a log: a few at a time in a process, once for all who ask for the same."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from eventlog.refusing import TooManyReplays

AT_ONCE = 2
WAITING = 32

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ReplayTurns:
    """So many replays at once, and so many that wait for their turn; all of a process share one."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most_waiting = waiting
        self._waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """One turn, from when it comes until the block ends. Raises TooManyReplays at once."""
        if self._free.locked() and self._waiting >= self._most_waiting:
            raise TooManyReplays
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()


@dataclass
class Underway(Generic[V]):
    """A work that is being done, and how many wait for it."""

    work: asyncio.Task[V]
    askers: int = 0


class Once(Generic[K, V]):
    """Does a work once for all who ask for it meanwhile; it ends when the last of them is gone."""

    def __init__(self, work: Callable[[K], Awaitable[V]]) -> None:
        self._work = work
        self._underway: dict[K, Underway[V]] = {}

    async def ask(self, key: K) -> V:
        """Raises what the work raises, to everybody who asked for it."""
        found = self._underway.get(key)
        if found is None:
            found = self._underway[key] = Underway(asyncio.create_task(self._done(key)))
        found.askers += 1
        try:
            return await asyncio.shield(found.work)
        finally:
            found.askers -= 1
            if not found.askers:
                del self._underway[key]
                found.work.cancel()

    async def _done(self, key: K) -> V:
        return await self._work(key)
