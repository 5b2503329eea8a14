"""The clock that the edges are given; nothing else asks the time."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  the one place where the edges ask the time
