"""What a contestant is, and what is measured of it: events, latencies, processor time."""

import resource
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TypeAlias
from urllib.parse import urlsplit, urlunsplit

import psutil


class Unavailable(Exception):
    """A contestant cannot take part on this machine; the message says why."""


@dataclass(frozen=True)
class Sample:
    """One run: how many appends were acknowledged in how long, and how long each took."""

    events: int
    seconds: float
    p50_ms: float
    p99_ms: float
    cpu_us: float = 0.0

    @property
    def rate(self) -> float:
        return self.events / self.seconds

    @classmethod
    def of(cls, latencies_seconds: Sequence[float], seconds: float) -> "Sample":
        ordered = sorted(latencies_seconds)
        return cls(len(ordered), seconds, percentile_ms(ordered, 0.5), percentile_ms(ordered, 0.99))


def percentile_ms(ordered_seconds: Sequence[float], share: float) -> float:
    if not ordered_seconds:
        return 0.0
    return 1000 * ordered_seconds[min(len(ordered_seconds) - 1, int(len(ordered_seconds) * share))]


@dataclass(frozen=True)
class Place:
    """The server that all contestants share, and the folder that keeps what they need."""

    server_url: str
    cache: Path
    events: int

    def url(self, database: str) -> str:
        return urlunsplit(urlsplit(self.server_url)._replace(path=f"/{database}"))


Prepare: TypeAlias = Callable[[Place], Awaitable[None]]
Run: TypeAlias = Callable[[Place, int, float], Awaitable[Sample]]


@dataclass(frozen=True)
class Contestant:
    """One way to append events: made ready once, then run with several numbers of clients."""

    key: str
    name: str
    name_en: str
    prepare: Prepare
    run: Run
    clients: tuple[int, ...] = (1, 16, 64)


@dataclass
class Result:
    """The samples of one contestant with one number of clients, round by round."""

    contestant: Contestant
    clients: int
    samples: list[Sample] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return median(sample.rate for sample in self.samples)

    @property
    def p50_ms(self) -> float:
        return median(sample.p50_ms for sample in self.samples)

    @property
    def p99_ms(self) -> float:
        return median(sample.p99_ms for sample in self.samples)

    @property
    def cpu_us(self) -> float:
        return median(sample.cpu_us for sample in self.samples)


class ProcessorTime:
    """Processor time of this process, of what it started, and of the server with its children."""

    def __init__(self, server_pid: int | None) -> None:
        self._server_pid = server_pid
        self._before = self._now()

    def seconds(self) -> float:
        return self._now() - self._before

    def _now(self) -> float:
        ours = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(used.ru_utime + used.ru_stime for used in ours) + self._server()

    def _server(self) -> float:
        if self._server_pid is None:
            return 0.0
        server = psutil.Process(self._server_pid)
        times = server.cpu_times()
        seconds = times.user + times.system + times.children_user + times.children_system
        for child in server.children():
            try:
                times = child.cpu_times()
            except psutil.NoSuchProcess:
                continue
            seconds += times.user + times.system
        return seconds
