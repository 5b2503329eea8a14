"""What runs beside the endpoints ends when it is told to, even where a cancellation gets lost."""

import asyncio

import pytest

from eventlog.side_by_side import cancelled, side_by_side

PATIENCE_SECONDS = 20.0


class Deaf:
    """Work that does not hear the first cancellations, as inside `asyncio.wait_for` before 3.12."""

    def __init__(self, misses: int) -> None:
        self._misses = misses
        self.has_ended = False

    async def work(self) -> None:
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                if self._misses == 0:
                    self.has_ended = True
                    raise
                self._misses -= 1


async def told_to_end(task: asyncio.Task[None]) -> bool:
    """Whether it ends when it is told to, in reasonable time."""
    telling = asyncio.create_task(cancelled([task]))
    await asyncio.wait([telling], timeout=PATIENCE_SECONDS)
    return task.done()


async def fails_soon() -> None:
    await asyncio.sleep(0)
    raise OSError("the broker is away")


async def ends_soon() -> None:
    await asyncio.sleep(0)


@pytest.mark.parametrize("misses", [0, 1, 2])
async def test_works_side_by_side_end_though_one_does_not_hear_it_at_once(misses: int) -> None:
    deaf, other = Deaf(misses), Deaf(0)
    task = asyncio.create_task(side_by_side(deaf.work(), other.work()))
    await asyncio.sleep(0.01)
    assert await told_to_end(task)
    assert task.cancelled()
    assert (deaf.has_ended, other.has_ended) == (True, True)


async def test_works_within_works_end_too() -> None:
    deaf = Deaf(2)
    task = asyncio.create_task(side_by_side(side_by_side(deaf.work()), Deaf(1).work()))
    await asyncio.sleep(0.01)
    assert await told_to_end(task)
    assert deaf.has_ended


async def test_a_failure_ends_the_others_before_it_is_raised() -> None:
    deaf = Deaf(1)
    with pytest.raises(OSError, match="the broker is away"):
        await side_by_side(deaf.work(), fails_soon())
    assert deaf.has_ended


async def test_the_end_of_one_is_the_end_of_all() -> None:
    deaf = Deaf(0)
    await side_by_side(deaf.work(), ends_soon())
    assert deaf.has_ended
