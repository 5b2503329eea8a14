"""A long list in parts: which lines one page shows, and which other pages there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Query

T = TypeVar("T")

LINES_ON_A_PAGE = 200
NEIGHBOURS = 2

PageNumber = Annotated[int, Query(ge=1, le=100_000)]


@dataclass(frozen=True)
class Part(Generic[T]):
    """The lines of one page of a list; pages and lines count from one."""

    lines: Sequence[T]
    number: int
    last: int
    first_line: int
    total: int

    @property
    def last_line(self) -> int:
        return self.first_line + len(self.lines) - 1

    @property
    def offered(self) -> list[int | None]:
        """The pages to choose from: the ends, this one and its neighbours; None where some are left out."""
        near = range(self.number - NEIGHBOURS, self.number + NEIGHBOURS + 1)
        shown = sorted({1, self.last, *(page for page in near if 1 <= page <= self.last)})
        offered: list[int | None] = []
        for page in shown:
            if offered and offered[-1] is not None and page > offered[-1] + 1:
                offered.append(None)
            offered.append(page)
        return offered


def part_of(listed: Sequence[T], number: int, size: int = LINES_ON_A_PAGE) -> Part[T]:
    """The page that is asked for, or the last one where the list has become shorter."""
    last = max(-(-len(listed) // size), 1)
    number = min(number, last)
    start = (number - 1) * size
    return Part(listed[start : start + size], number, last, start + 1, len(listed))


def part_given(lines: Sequence[T], number: int, total: int, size: int) -> Part[T]:
    """The page that a service gave of a list it keeps."""
    last = max(-(-total // size), 1)
    return Part(lines, number, last, (number - 1) * size + 1, total)
