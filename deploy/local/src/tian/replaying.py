"""The events of a log from a bundle or from the database, and the figures that follow from them."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import asyncpg
from pydantic import ValidationError

from contracts.refusal import Refused
from evaluation.endpoints.recomputing import NotAnEvent, Replay
from eventlog.auditing import Audit, Auditor, Trust
from eventlog.bundles.auditing import BundleAuditor
from eventlog.bundles.layout import KEYS, events_in
from eventlog.bundles.reading import Bundle, BundleRefused
from eventlog.log import STATEMENTS
from eventlog.proving.hashing import SHA256
from eventlog.proving.notes import VerifierKey
from eventlog.proving.tree import Frontier
from eventlog.readmodels import UnknownEvent
from tian.bundling import rulebook_in
from tian.failures import FileMissing
from tian.proof_failures import BundleDamaged
from tian.receipt_failures import CannotReplay
from tian.system_errors import reason_of

EVENTS_AT_ONCE = 1_000

Report = Callable[[int, int], None]


class Events(Protocol):
    """A log of one district, to be read from its beginning as often as one likes."""

    def bodies(self, up_to: int) -> AsyncIterator[Sequence[bytes]]:
        """The events up to a position, some at a time; fewer where there are no more."""
        ...

    async def audit(self, keys: Sequence[VerifierKey], report: Report) -> Audit:
        """What is wrong with it, by position. Without keys, as far as it can be told without."""
        ...


@dataclass(frozen=True)
class BundledEvents:
    """The events in a bundle; there is no database and no network."""

    bundle: Bundle

    async def bodies(self, up_to: int) -> AsyncIterator[Sequence[bytes]]:
        size = 0
        for first, name in self.bundle.numbered("events/"):
            if first != size + 1 or size >= up_to:
                return
            try:
                found = events_in(first, self.bundle.read(name))[: up_to - size]
            except ValueError:
                return
            size += len(found)
            yield found

    async def audit(self, keys: Sequence[VerifierKey], report: Report) -> Audit:
        trusted = keys or [*_keys_in(self.bundle)]
        return BundleAuditor(self.bundle, Trust(trusted), rulebook_in, report).audit().audit


@dataclass(frozen=True)
class StoredEvents:
    """The events in the database."""

    connection: asyncpg.Connection
    district: str

    async def bodies(self, up_to: int) -> AsyncIterator[Sequence[bytes]]:
        for start in range(1, up_to + 1, EVENTS_AT_ONCE):
            end = min(start + EVENTS_AT_ONCE - 1, up_to)
            rows = await self.connection.fetch(STATEMENTS["bodies"], self.district, start, end)
            if not rows:
                return
            yield [row["body"] for row in rows]

    async def audit(self, keys: Sequence[VerifierKey], report: Report) -> Audit:
        trust = Trust(keys, is_stored_held_against=bool(keys))
        return await Auditor(self.connection, self.district, trust, report).audit()


async def tree_of(events: Events, up_to: int) -> Frontier:
    """The tree over the events up to a position; smaller where there are fewer."""
    tree = Frontier(SHA256)
    async for bodies in events.bodies(up_to):
        tree.extend(SHA256.leaves(bodies))
    return tree


async def replayed(events: Events, district: str, up_to: int) -> Replay:
    """The facts that follow from the events up to a position. Raises CannotReplay."""
    replay = Replay(district)
    async for bodies in events.bodies(up_to):
        try:
            replay.take(bodies)
        except NotAnEvent as error:
            chinese, english = "不是本区的事件", "it is no event of this district"
            raise CannotReplay(
                position=error.position, reason=chinese, reason_en=english
            ) from error
        except (UnknownEvent, ValidationError, ValueError, Refused) as error:
            chinese, english = _why_not(error)
            raise CannotReplay(
                position=replay.position + 1, reason=chinese, reason_en=english
            ) from error
    return replay


def _why_not(error: Exception) -> tuple[str, str]:
    """Why an event cannot be read, in Chinese and in English."""
    if isinstance(error, Refused):
        return error.chinese, error.in_english
    if isinstance(error, UnknownEvent):
        return "本版本不认识这类事件", "this version does not know events of its type"
    return "内容不合这类事件的格式", f"its content is not that of its type: {type(error).__name__}"


def opened_bundle(file: Path) -> Bundle:
    """Raises FileMissing or BundleDamaged."""
    if not file.exists():
        raise FileMissing(path=file)
    try:
        return Bundle(file)
    except BundleRefused as error:
        raise BundleDamaged(path=file, reason=error.chinese, reason_en=error.english) from error
    except OSError as error:
        reason, reason_en = reason_of(error)
        raise BundleDamaged(path=file, reason=reason, reason_en=reason_en) from error


def _keys_in(bundle: Bundle) -> list[VerifierKey]:
    """The keys that came with a bundle: nobody vouches for them, but they tell where it was altered."""
    keys: list[VerifierKey] = []
    for line in bundle.read(KEYS).decode(errors="replace").split():
        try:
            keys.append(VerifierKey.parse(line))
        except ValueError:
            continue
    return keys
