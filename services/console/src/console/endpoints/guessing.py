"""How often a password may be guessed, and how long somebody waits after guessing wrong."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address

FORGOTTEN_AFTER = timedelta(minutes=10)
REMEMBERED = 20_000
LONGEST_DOUBLING = 10


class Counted(StrEnum):
    """What wrong guesses are counted by."""

    NAME = "name"
    ADDRESS = "address"
    BROWSER = "browser"


@dataclass(frozen=True)
class Pace:
    """`free` wrong guesses cost no pause; then 2, 4, 8 seconds and so on, `longest` at most."""

    free: int
    longest: timedelta

    def pause_after(self, wrong: int) -> timedelta:
        if wrong < self.free:
            return timedelta()
        doubled = min(wrong - self.free + 1, LONGEST_DOUBLING)
        return min(timedelta(seconds=2**doubled), self.longest)


PACES = {
    Counted.NAME: Pace(free=5, longest=timedelta(seconds=20)),
    Counted.ADDRESS: Pace(free=30, longest=timedelta(minutes=1)),
    Counted.BROWSER: Pace(free=5, longest=timedelta(minutes=1)),
}


Key = tuple[Counted, str]


@dataclass(frozen=True)
class Caller:
    """Where somebody signs in from; `browser` is set where this name signed in there before."""

    host: str
    browser: str | None = None

    def keys(self, username: str) -> Sequence[Key]:
        """What the guesses of this caller are counted by.

        A browser that knows the name counts for itself: guesses made elsewhere do not delay it.
        """
        if self.browser is not None:
            return ((Counted.BROWSER, self.browser),)
        return ((Counted.NAME, username), (Counted.ADDRESS, network_of(self.host)))


@dataclass(frozen=True)
class Wrong:
    """So many wrong guesses, the last of them then."""

    times: int
    last_at: datetime


Noted = dict[Key, tuple[Wrong | None, Wrong]]


class Guesses:
    """The wrong guesses of late, in memory: a restart forgets them, and each process has its own.

    Nobody is locked out: a pause ends after a minute at most, and guesses during it do not prolong it.
    A name waits 20 seconds at most, an address a minute, so that one address alone cannot keep a name
    waiting all the time. Whoever has signed in from a browser before is not delayed there by strangers
    (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
    """

    def __init__(self) -> None:
        self._wrong: OrderedDict[Key, Wrong] = OrderedDict()

    def pause(self, keys: Sequence[Key], now: datetime) -> timedelta:
        """How long a caller still waits; zero where the next guess is looked at."""
        left = [
            found.last_at + PACES[key[0]].pause_after(found.times) - now
            for key in keys
            if (found := self._of_late(key, now)) is not None
        ]
        return max(timedelta(), *left) if left else timedelta()

    def note(self, keys: Sequence[Key], now: datetime) -> Noted:
        """Count a guess as wrong before it is looked at: many at a time cannot slip through."""
        noted: Noted = {}
        for key in keys:
            before = self._of_late(key, now)
            noted[key] = before, Wrong(before.times + 1 if before else 1, now)
            self._wrong[key] = noted[key][1]
            self._wrong.move_to_end(key)
        while len(self._wrong) > REMEMBERED:
            self._wrong.popitem(last=False)
        return noted

    def take_back(self, noted: Noted) -> None:
        """A guess that was noted was right; what was wrong before it stays counted."""
        for key, (before, after) in noted.items():
            found = self._wrong.pop(key, after)
            kept = before if found is after else Wrong(found.times - 1, found.last_at)
            if kept is not None:
                self._wrong[key] = kept

    def _of_late(self, key: Key, now: datetime) -> Wrong | None:
        found = self._wrong.get(key)
        return found if found is not None and now - found.last_at < FORGOTTEN_AFTER else None


def network_of(host: str) -> str:
    """An address as it is counted: IPv6 by the /64 that one subscriber has (RFC 6177)."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return f"{IPv6Address(int(address) >> 64 << 64)}/64"
