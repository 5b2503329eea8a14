"""Dead letters: tried again when a person says so, or passed by under that person's name."""

from collections.abc import AsyncIterator, Sequence

import asyncpg
import pytest
from faststream.nats import NatsBroker
from nats.aio.client import Client

from contracts.refusal import Refused
from eventlog import EventLog, Follower, Recorded
from eventlog.log import STATEMENTS, Connection
from hosting.dead_letters import DeadLetters, Letter, NotHeldThere, StillFails
from hosting.following import Subscription
from hosting.problems import NotFound
from tests.eventlog.making import CLERK, LimitReached, event, write

D = "longgang"
EVENTS = 4


class World:
    """A follower with reactions, the positions at which each of them fails, and its dead letters."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool
        self.projected: list[int] = []
        self.reacted: list[int] = []
        self.not_projected: set[int] = set()
        self.not_reacted: dict[int, Exception] = {}
        follower = Follower("f", pool, EventLog(pool), self._project, self._react)
        self.subscription = Subscription(NatsBroker(), Client(), follower)
        self.letters = DeadLetters(pool, [self.subscription])

    async def _project(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        for recorded in batch:
            if recorded.position in self.not_projected:
                raise ZeroDivisionError
            self.projected.append(recorded.position)

    async def _react(self, batch: Sequence[Recorded]) -> dict[int, Refused]:
        refusals = {}
        for recorded in batch:
            error = self.not_reacted.get(recorded.position)
            if isinstance(error, Refused):
                refusals[recorded.position] = error
            elif error is not None:
                raise error
            else:
                self.reacted.append(recorded.position)
        return refusals

    async def fail_until_shown(self) -> list[tuple[str, int, bool]]:
        for _ in range(3):
            await self.subscription.retry(D)
        rows = await self.pool.fetch(STATEMENTS["dead_letters"], D)
        return [(row["follower"], row["position"], row["refused"]) for row in rows]

    async def left(self) -> int:
        return len(await self.pool.fetch(STATEMENTS["dead_letters"], D))


@pytest.fixture
async def world(database: str) -> AsyncIterator[World]:
    async with asyncpg.create_pool(database, min_size=1, max_size=4) as pool:
        await EventLog(pool).append(D, [write(event(f"s{each}", 1)) for each in range(EVENTS)])
        yield World(pool)


async def test_what_has_been_mended_is_taken_at_once(world: World) -> None:
    world.not_projected = {2}
    assert await world.fail_until_shown() == [("f", 2, False)]
    world.not_projected = set()
    await world.letters.retry(Letter(D, "f", 2))
    assert set(world.projected) == {1, 2, 3, 4}
    assert await world.left() == 0


async def test_what_has_not_been_mended_says_why(world: World) -> None:
    world.not_projected = {2}
    await world.fail_until_shown()
    with pytest.raises(StillFails, match="ZeroDivisionError"):
        await world.letters.retry(Letter(D, "f", 2))
    assert await world.left() == 1


async def test_a_refused_reaction_is_given_again(world: World) -> None:
    world.not_reacted = {3: LimitReached()}
    assert await world.fail_until_shown() == [("f.reactions", 3, True)]
    with pytest.raises(LimitReached):
        await world.letters.retry(Letter(D, "f.reactions", 3))
    assert await world.left() == 1
    world.not_reacted = {}
    await world.letters.retry(Letter(D, "f.reactions", 3))
    assert world.reacted == [1, 2, 4, 3]
    assert await world.left() == 0


async def test_an_event_that_is_passed_by_lets_the_others_through(world: World) -> None:
    world.not_projected = {2}
    await world.fail_until_shown()
    await world.letters.pass_by(Letter(D, "f", 2), CLERK, "重复录入，不再处理")
    assert set(world.projected) == {1, 3, 4}
    assert await world.left() == 0
    (kept,) = await world.pool.fetch(STATEMENTS["passed_by"], D)
    assert (kept["position"], kept["why"]) == (2, "重复录入，不再处理")
    assert (kept["decided_by"], kept["decided_by_name"]) == (CLERK.subject, CLERK.name)
    assert kept["failure"].startswith("ZeroDivisionError")


async def test_a_refused_reaction_that_is_passed_by_is_shown_no_more(world: World) -> None:
    world.not_reacted = {3: LimitReached()}
    await world.fail_until_shown()
    await world.letters.pass_by(Letter(D, "f.reactions", 3), CLERK, "案件已另行办理")
    assert await world.left() == 0
    assert world.reacted == [1, 2, 4]


async def test_who_passed_an_event_by_cannot_be_changed_afterwards(world: World) -> None:
    world.not_projected = {2}
    await world.fail_until_shown()
    await world.letters.pass_by(Letter(D, "f", 2), CLERK, "重复录入")
    for statement in ("update log.passed_by set why = 'x'", "delete from log.passed_by"):
        with pytest.raises(asyncpg.RestrictViolationError):
            await world.pool.execute(statement)


async def test_reactions_that_fail_are_not_taken_for_the_projection(world: World) -> None:
    world.not_reacted = {2: ZeroDivisionError()}
    shown = await world.fail_until_shown()
    await EventLog(world.pool).append(D, [write(event("late", 1))])
    await world.subscription.follower.note_failure(D, ZeroDivisionError())
    assert shown == [("f.reactions", 2, False)]
    assert await world.left() == 1
    await world.letters.pass_by(Letter(D, "f.reactions", 2), CLERK, "不再处理")
    assert set(world.projected) == {1, 2, 3, 4, 5}
    assert set(world.reacted) == {1, 3, 4, 5}


async def test_what_somebody_else_settled_meanwhile_is_not_passed_by_again(world: World) -> None:
    world.not_projected = {2}
    await world.fail_until_shown()
    await world.pool.execute("update log.checkpoint set position = 3 where follower = 'f'")
    with pytest.raises(NotHeldThere):
        await world.letters.pass_by(Letter(D, "f", 2), CLERK, "不再处理")
    assert await world.pool.fetch(STATEMENTS["passed_by"], D) == []


@pytest.mark.parametrize("letter", [Letter(D, "f", 1), Letter(D, "somebody-else", 1)])
async def test_a_letter_that_is_not_there_is_not_found(world: World, letter: Letter) -> None:
    for attempt in (world.letters.retry(letter), world.letters.pass_by(letter, CLERK, "无")):
        with pytest.raises(NotFound):
            await attempt
