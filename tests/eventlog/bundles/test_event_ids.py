"""Ids that wait on disk are told apart as well as if all were in memory."""

import tracemalloc
from collections.abc import Sequence
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from eventlog.bundles.event_ids import IDS_AT_ONCE, EventIds

SOME = [str(UUID(int=number << 64 | number % 3)) for number in range(5)]
STRANGE = [SOME[0].upper(), SOME[1].replace("-", ""), "no id", "\ud7ff", "0" * 36, "-" * 36]


def first_doubled(event_ids: Sequence[str], at_once: int = 7) -> tuple[int, int] | None:
    with EventIds() as ids:
        for start in range(0, len(event_ids), at_once):
            ids.add(event_ids[start : start + at_once])
        return ids.first_doubled()


@given(st.lists(st.sampled_from([*SOME, *STRANGE, ""]), max_size=30))
def test_the_first_that_comes_again_is_named_with_the_one_that_it_repeats(ids: list[str]) -> None:
    written = {STRANGE[0]: SOME[0], STRANGE[1]: SOME[1]}
    seen: dict[str, int] = {}
    expected = None
    for position, one in enumerate(ids, start=1):
        event_id = written.get(one, one)
        if event_id in seen and expected is None:
            expected = position, seen[event_id]
        if event_id:
            seen.setdefault(event_id, position)
    assert first_doubled(ids) == expected


def some_ids(count: int) -> list[str]:
    choice = Random(count)
    return [str(UUID(int=choice.getrandbits(128))) for _ in range(count)]


def test_two_ids_far_from_each_other_are_found() -> None:
    ids = some_ids(IDS_AT_ONCE + 1000)
    assert first_doubled(ids, 500) is None
    ids[-3] = ids[10]
    assert first_doubled(ids, 500) == (len(ids) - 2, 11)


def test_memory_does_not_grow_with_the_ids() -> None:
    peaks = []
    for count in (2 * IDS_AT_ONCE, 8 * IDS_AT_ONCE):
        ids = some_ids(count)
        tracemalloc.start()
        assert first_doubled(ids, 500) is None
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0]
