"""Handling commands: decide on what is there, again when somebody was faster, once per id."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

import asyncpg
import pytest

from contracts.refusal import Refused
from eventlog import Conflict, EventLog, Handled, Handling, Recorded
from eventlog.refusing import KeyUsedForSomethingElse, Overtaken
from tests.eventlog.making import DECIDER, CounterHandling, LimitReached, clock, intent, raise_

D = "longgang"


@pytest.fixture
def handling(log: EventLog) -> CounterHandling:
    return Handling(log, DECIDER, clock)


async def test_a_command_records_what_was_decided(handling: CounterHandling) -> None:
    assert await handling.handle(D, intent(raise_("a"))) == Handled(1, 1)
    assert await handling.handle(D, intent(raise_("a"))) == Handled(1, 2)
    history = await handling.log.read_stream(D, "counter-a")
    assert [one.data["to"] for one in history] == [1, 2]
    assert history[0].envelope["actor"] == "clerk"


async def test_the_same_command_id_has_effect_once(handling: CounterHandling) -> None:
    once = intent(raise_("a"))
    first = await handling.handle(D, once)
    again = await handling.handle(D, once)
    assert (again.recorded, again.position, again.repeated) == (1, first.position, True)


async def test_a_repeated_command_gets_its_first_answer_though_it_would_be_refused_now(
    handling: CounterHandling,
) -> None:
    last = intent(raise_("a", limit=1))
    first = await handling.handle(D, last)
    assert (await handling.handle(D, last)).position == first.position
    with pytest.raises(LimitReached):
        await handling.handle(D, intent(raise_("a", limit=1)))


async def test_commands_that_race_are_decided_again(handling: CounterHandling) -> None:
    await asyncio.gather(*(handling.handle(D, intent(raise_("a"))) for _ in range(6)))
    history = await handling.log.read_stream(D, "counter-a")
    assert [one.data["to"] for one in history] == [1, 2, 3, 4, 5, 6]


async def test_a_name_is_claimed_by_one_only(handling: CounterHandling) -> None:
    await handling.handle(D, intent(raise_("a", name="20240104")))
    with pytest.raises(Conflict):
        await handling.handle(D, intent(raise_("b", name="20240104")))
    assert await handling.log.read_stream(D, "counter-b") == []


async def test_a_name_that_was_freed_is_claimed_again_and_by_one_only(
    handling: CounterHandling,
) -> None:
    for counter, name, frees in (("a", "n", None), ("a", None, "n"), ("b", "n", None)):
        await handling.handle(D, intent(raise_(counter, name=name, frees=frees)))
    with pytest.raises(Conflict):
        await handling.handle(D, intent(raise_("c", name="n")))
    kinds = [one.type.split(".")[2] for one in await handling.log.read_stream(D, "name-n")]
    assert kinds == ["claimed", "freed", "claimed"]
    both = [handling.handle(D, intent(raise_(each, frees="n"))) for each in ("a", "b")]
    freed = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(each).__name__ for each in freed) == ["Conflict", "Handled"]


async def test_in_a_batch_a_refusal_touches_only_its_own_command(
    handling: CounterHandling,
) -> None:
    results = await handling.handle_many(
        D,
        [
            intent(raise_("a", limit=1)),
            intent(raise_("a", limit=1)),
            intent(raise_("b", name="n")),
            intent(raise_("c", name="n")),
            intent(raise_("d")),
        ],
    )
    kinds = [type(one).__name__ for one in results]
    assert kinds == ["Handled", "LimitReached", "Handled", "Conflict", "Handled"]
    assert await handling.log.head(D) == 4


async def test_foreseeing_writes_nothing(handling: CounterHandling) -> None:
    (foreseen,) = await handling.foresee(D, [raise_("a")])
    assert not isinstance(foreseen, Refused)
    assert len(foreseen) == 1
    assert await handling.log.head(D) == 0


async def test_commands_of_one_batch_share_a_transaction(handling: CounterHandling) -> None:
    intents = [intent(raise_(f"c{number}"), uuid4()) for number in range(50)]
    results = await handling.handle_many(D, intents)
    assert [one.position for one in results if isinstance(one, Handled)] == list(range(1, 51))


async def test_commands_to_one_stream_in_a_batch_are_decided_one_after_the_other(
    handling: CounterHandling,
) -> None:
    await handling.handle_many(D, [intent(raise_("a")) for _ in range(3)])
    history = await handling.log.read_stream(D, "counter-a")
    assert [one.data["to"] for one in history] == [1, 2, 3]


async def test_a_key_that_is_used_for_another_command_is_refused(
    handling: CounterHandling,
) -> None:
    first = replace(intent(raise_("a")), fingerprint="raise a")
    await handling.handle(D, first)
    other = replace(intent(raise_("b"), first.command_id), fingerprint="raise b")
    with pytest.raises(KeyUsedForSomethingElse):
        await handling.handle(D, other)
    assert await handling.log.head(D) == 1


class BothHaveRead(EventLog):
    """A log that two have read before either of them appends."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        super().__init__(pool)
        self._both, self._reads = asyncio.Barrier(2), 0

    async def read_answers_and_streams(
        self, district: str, event_ids: Sequence[UUID], streams: Sequence[str]
    ) -> tuple[list[Recorded], dict[str, list[Recorded]]]:
        found = await super().read_answers_and_streams(district, event_ids, streams)
        self._reads += 1
        if self._reads <= self._both.parties:
            await self._both.wait()
        return found


async def test_of_two_who_use_a_key_for_different_things_at_once_one_is_refused(
    pool: asyncpg.Pool,
) -> None:
    handling = Handling(BothHaveRead(pool), DECIDER, clock)
    first = replace(intent(raise_("a")), fingerprint="raise a")
    other = replace(intent(raise_("b"), first.command_id), fingerprint="raise b")
    both = (handling.handle(D, each) for each in (first, other))
    answers = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(each).__name__ for each in answers) == ["Handled", "KeyUsedForSomethingElse"]
    assert await handling.log.head(D) == 1


async def test_of_two_who_give_one_command_at_once_both_get_its_answer(pool: asyncpg.Pool) -> None:
    handling = Handling(BothHaveRead(pool), DECIDER, clock)
    once = replace(intent(raise_("a", limit=1)), fingerprint="raise a")
    answers = await asyncio.gather(*(handling.handle(D, once) for _ in range(2)))
    assert {(each.recorded, each.position) for each in answers} == {(1, 1)}


async def test_the_first_answer_counts_every_event_of_the_command(
    handling: CounterHandling,
) -> None:
    once = intent(raise_("a", name="n"))
    first = await handling.handle(D, once)
    await handling.handle(D, intent(raise_("c")))
    again = await handling.handle(D, once)
    assert (again.recorded, again.position) == (first.recorded, first.position) == (2, 2)


async def test_of_two_who_have_seen_the_same_one_wins_and_the_other_is_told_what_changed(
    handling: CounterHandling,
) -> None:
    seen = (await handling.handle(D, intent(raise_("a")))).position
    both = [replace(intent(raise_("a")), seen_position=seen) for _ in range(2)]
    results = await asyncio.gather(
        *(handling.handle(D, each) for each in both), return_exceptions=True
    )
    (told,) = (each for each in results if isinstance(each, Overtaken))
    assert sum(isinstance(each, Handled) for each in results) == 1
    assert (told.facts["count"], told.facts["position"]) == (1, seen + 1)
    assert str(told.facts["name"]) in told.chinese
    assert str(told.facts["name"]) in told.in_english


async def test_what_happens_on_another_stream_overtakes_nobody(handling: CounterHandling) -> None:
    seen = (await handling.handle(D, intent(raise_("a")))).position
    await handling.handle(D, intent(raise_("b")))
    wanted = replace(intent(raise_("a")), seen_position=seen)
    assert (await handling.handle(D, wanted)).recorded == 1
    assert (await handling.handle(D, wanted)).repeated, "a repeated command is not overtaken"
