"""The queue before the log: streams keep their order, districts take turns, it is never too long."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlog import LogBusy
from eventlog.waiting import Limits, Offer, Waiting
from tests.eventlog.making import event, write

DISTRICTS = ("longgang", "yantian", "futian")


def offer(district: str, *streams: str, body: bytes = b"{}") -> Offer:
    answer: asyncio.Future[list[object]] = asyncio.Future(loop=asyncio.new_event_loop())
    answer.get_loop().close()
    writes = [write(*(event(stream, 1, body=body) for stream in streams))]
    return Offer.of(district, writes, answer)  # type: ignore[arg-type]  # nobody answers here


admitted = st.tuples(
    st.sampled_from(DISTRICTS), st.sets(st.sampled_from("abcd"), min_size=1, max_size=3)
)
steps = st.lists(st.one_of(admitted, st.just("take"), st.integers(0, 9)), max_size=60)


@given(steps)
def test_of_two_offers_for_one_stream_the_later_travels_after_the_earlier(
    steps: list[object],
) -> None:
    waiting = Waiting(Limits(together=4))
    order: list[Offer] = []
    travelling: list[list[Offer]] = []
    settled: list[Offer] = []

    def take() -> None:
        taken = waiting.take()
        on_the_way = [one for group in travelling for one in group] + taken
        places = [(one.district, stream) for one in on_the_way for stream in one.streams]
        assert len(places) == len(set(places))
        if taken:
            travelling.append(taken)

    def settle(index: int) -> None:
        group = travelling.pop(index % len(travelling))
        waiting.settle(group)
        settled.extend(group)

    for step in steps:
        if isinstance(step, tuple):
            order.append(offer(step[0], *sorted(step[1])))
            waiting.admit(order[-1])
        elif step == "take":
            take()
        elif travelling:
            assert isinstance(step, int)
            settle(step)
    while waiting.is_ready or travelling:
        take()
        settle(0)

    assert sorted(map(id, settled)) == sorted(map(id, order))
    for district in DISTRICTS:
        for stream in "abcd":
            touching = [one for one in order if (district, stream) in _places(one)]
            assert [one for one in settled if (district, stream) in _places(one)] == touching
    assert waiting.count == 0
    assert not waiting._last  # noqa: SLF001  # what is settled must not stay in memory


def _places(one: Offer) -> set[tuple[str, str]]:
    return {(one.district, stream) for stream in one.streams}


def test_a_busy_district_does_not_delay_another() -> None:
    waiting = Waiting(Limits(together=4))
    for number in range(100):
        waiting.admit(offer("longgang", f"s{number}"))
    waiting.admit(offer("yantian", "s"))
    assert "yantian" in [one.district for one in waiting.take()]


def test_a_district_may_hold_only_as_many_places_as_are_still_free() -> None:
    waiting = Waiting(Limits(waiting=100))
    for number in range(50):
        waiting.admit(offer("longgang", f"s{number}"))
    with pytest.raises(LogBusy):
        waiting.admit(offer("longgang", "one-too-many"))
    waiting.admit(offer("yantian", "s"))


def test_bytes_are_bounded_but_one_large_offer_always_finds_room() -> None:
    waiting = Waiting(Limits(waiting_bytes=1000))
    waiting.admit(offer("longgang", "large", body=b"x" * 5000))
    with pytest.raises(LogBusy):
        waiting.admit(offer("yantian", "small", body=b"x"))


def test_a_place_is_free_again_when_its_offer_is_settled() -> None:
    waiting = Waiting(Limits(waiting=2, waiting_bytes=3))
    for _ in range(5):
        waiting.admit(offer("longgang", "a"))
        with pytest.raises(LogBusy):
            waiting.admit(offer("longgang", "b"))
        waiting.settle(waiting.take())


def test_two_writes_of_one_append_to_the_same_stream_are_refused() -> None:
    with pytest.raises(ValueError, match="same stream"):
        Offer.of("longgang", [write(event("a", 1)), write(event("a", 2))], None)  # type: ignore[arg-type]
