"""How many faults, at which moments, on which machine."""

import random
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from dataclasses import dataclass

import pytest

from tests.faults.machine import Machine, running_machine
from tests.faults.reporting import Row, keep, write_page
from tian.progress import Bar


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "full_run: takes too long for every test run: --cycles only")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What only gives figures for the page belongs to a full run alone."""
    if config.getoption("--cycles") is None:
        left_out = [one for one in items if one.get_closest_marker("full_run")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [one for one in items if one not in left_out]


@dataclass
class Trial:
    """One fault's run: how long it goes on, what decides its moments, and where its figures go."""

    name: str
    seed: int
    asked_for: int | None
    began_at: float

    @property
    def is_full(self) -> bool:
        return self.asked_for is not None

    def __post_init__(self) -> None:
        self.choice = random.Random(f"{self.seed} {self.name}")

    def cycles(self, short: int, share: float = 1.0) -> int:
        """How many: `short` in the tests, a share of what was asked for in a full run."""
        return short if self.asked_for is None else max(int(self.asked_for * share), short)

    def each_cycle(self, count: int) -> Iterator[int]:
        """Count the cycles on a progress bar."""
        with Bar(self.name) if self.is_full else nullcontext() as bar:
            for number in range(count):
                yield number
                if bar is not None:
                    bar.advance(1, count)

    def keep(self, row: Row) -> None:
        """A full run keeps its figures for the page."""
        if self.is_full:
            keep(row, self.seed, self.began_at)
            write_page()


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    given = request.config.getoption("--seed")
    return random.randrange(10**6) if given is None else int(given)


@pytest.fixture
def trial(request: pytest.FixtureRequest, seed: int) -> Trial:
    name = request.node.originalname
    request.node.add_report_section("setup", "faults", f"--seed {seed}")
    return Trial(name, seed, request.config.getoption("--cycles"), time.monotonic())


@pytest.fixture(scope="session")
async def machine() -> AsyncIterator[Machine]:
    async with running_machine() as machine:
        yield machine
