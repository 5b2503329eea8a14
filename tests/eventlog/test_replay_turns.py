"""Replaying a log: a few at a time, once for all who ask for the same, and no queue without an end."""

import asyncio

from eventlog.refusing import TooManyReplays
from eventlog.replay_turns import Once, ReplayTurns


class Works:
    """Works that go on until they are let go, and how many were at it at once."""

    def __init__(self, turns: ReplayTurns) -> None:
        self.turns = turns
        self.go = asyncio.Event()
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.most_at_once = 0

    async def __call__(self, key: str) -> object:
        async with self.turns.turn():
            self.begun.append(key)
            self.most_at_once = max(self.most_at_once, len(self.begun) - len(self.ended))
            try:
                await self.go.wait()
            finally:
                self.ended.append(key)
        return object()


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_what_many_ask_for_at_once_is_done_once_and_all_get_the_same() -> None:
    works = Works(ReplayTurns())
    once = Once(works)
    asking = [asyncio.create_task(once.ask("a")) for _ in range(5)]
    await settled()
    works.go.set()
    assert len({id(each) for each in await asyncio.gather(*asking)}) == 1
    assert works.begun == ["a"]
    await once.ask("a")
    assert works.begun == ["a", "a"]


async def test_so_many_run_at_once_so_many_wait_and_the_next_is_refused() -> None:
    works = Works(ReplayTurns(at_once=2, waiting=3))
    once = Once(works)
    asking = [asyncio.create_task(once.ask(key)) for key in "abcde"]
    await settled()
    assert works.begun == ["a", "b"]
    refused = asyncio.create_task(once.ask("f"))
    await settled()
    assert isinstance(refused.exception() if refused.done() else None, TooManyReplays)
    joining = asyncio.create_task(once.ask("a"))
    await settled()
    works.go.set()
    await asyncio.gather(*asking, joining)
    assert sorted(works.begun) == list("abcde")
    assert works.most_at_once == 2
    await once.ask("f")


async def test_an_asker_who_leaves_takes_nothing_from_the_others() -> None:
    works = Works(ReplayTurns())
    once = Once(works)
    leaving, staying = (asyncio.create_task(once.ask("a")) for _ in range(2))
    await settled()
    leaving.cancel()
    await settled()
    works.go.set()
    assert await staying is not None
    assert (leaving.cancelled(), works.begun) == (True, ["a"])


async def test_what_nobody_waits_for_any_more_gives_its_turn_away() -> None:
    works = Works(ReplayTurns(at_once=1, waiting=2))
    once = Once(works)
    running, waiting = (asyncio.create_task(once.ask(key)) for key in "ab")
    await settled()
    next_one = asyncio.create_task(once.ask("c"))
    await settled()
    for each in (running, waiting):
        each.cancel()
    await settled()
    assert (works.begun, works.ended) == (["a", "c"], ["a"])
    again = asyncio.create_task(once.ask("a"))
    works.go.set()
    await asyncio.gather(next_one, again)
    assert works.begun == ["a", "c", "a"]


async def test_a_failure_is_told_to_all_who_asked_and_to_nobody_later() -> None:
    told: list[ValueError | str] = [ValueError("first"), "second"]

    async def work(_key: str) -> str:
        await asyncio.sleep(0)
        answer = told.pop(0)
        if isinstance(answer, ValueError):
            raise answer
        return answer

    once = Once(work)
    answers = await asyncio.gather(once.ask("a"), once.ask("a"), return_exceptions=True)
    assert [str(each) for each in answers] == ["first", "first"]
    assert await once.ask("a") == "second"
