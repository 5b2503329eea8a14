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
    number = min(number, _last_page(len(listed), size))
    start = (number - 1) * size
    return part_given(listed[start : start + size], number, len(listed), size)


def part_given(lines: Sequence[T], number: int, total: int, size: int) -> Part[T]:
    """The page that a service gave of a list it keeps."""
    return Part(lines, number, _last_page(total, size), (number - 1) * size + 1, total)


def _last_page(total: int, size: int) -> int:
    return max(-(-total // size), 1)
