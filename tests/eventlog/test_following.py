"""Following: every event once in effect, in order, whatever arrives."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import uuid4

import asyncpg
import pytest

from contracts.refusal import Refused
from eventlog import EventLog, Follower, Recorded
from eventlog.log import STATEMENTS, Connection
from tests.eventlog.making import LimitReached, event, one_by_one, write

D = "longgang"


@pytest.fixture
async def seen(pool: asyncpg.Pool) -> asyncpg.Pool:
    await pool.execute(
        "create table seen (nth serial, district text, position bigint, stream text)"
    )
    return pool


@one_by_one
async def note(connection: Connection, recorded: Recorded) -> None:
    await connection.execute(
        "insert into seen (district, position, stream) values ($1, $2, $3)",
        recorded.district,
        recorded.position,
        recorded.stream,
    )


async def positions_seen(pool: asyncpg.Pool, district: str = D) -> list[int]:
    rows = await pool.fetch("select position from seen where district = $1 order by nth", district)
    return [row["position"] for row in rows]


async def with_events(log: EventLog, count: int, district: str = D) -> list[Recorded]:
    await log.append(district, [write(event(f"s{number}", 1)) for number in range(count)])
    return await log.read_after(district, 0, count)


async def test_what_arrives_in_order_is_taken(log: EventLog, seen: asyncpg.Pool) -> None:
    follower = Follower("f", seen, log, note, None)
    events = await with_events(log, 5)
    await follower.take(D, events[:2])
    await follower.take(D, events[2:])
    assert await positions_seen(seen) == [1, 2, 3, 4, 5]


async def test_what_arrives_twice_is_taken_once(log: EventLog, seen: asyncpg.Pool) -> None:
    follower = Follower("f", seen, log, note, None)
    events = await with_events(log, 5)
    await follower.take(D, events[:3])
    await follower.take(D, events[1:4])
    await follower.take(D, events[:1])
    await follower.take(D, events)
    assert await positions_seen(seen) == [1, 2, 3, 4, 5]


async def test_a_gap_is_filled_from_the_log(log: EventLog, seen: asyncpg.Pool) -> None:
    follower = Follower("f", seen, log, note, None)
    events = await with_events(log, 6)
    await follower.take(D, events[4:5])
    assert await positions_seen(seen) == [1, 2, 3, 4, 5, 6]


async def test_a_batch_with_a_hole_in_it_is_filled_too(log: EventLog, seen: asyncpg.Pool) -> None:
    follower = Follower("f", seen, log, note, None)
    events = await with_events(log, 6)
    await follower.take(D, [events[0], events[1], events[3]])
    assert (await positions_seen(seen))[:4] == [1, 2, 3, 4]


async def test_rows_and_checkpoint_move_together(log: EventLog, seen: asyncpg.Pool) -> None:
    @one_by_one
    async def fail_at_three(connection: Connection, recorded: Recorded) -> None:
        await note(connection, [recorded])
        if recorded.position == 3:
            raise RuntimeError("the disk is full")

    events = await with_events(log, 4)
    with pytest.raises(RuntimeError, match="disk"):
        await Follower("f", seen, log, fail_at_three, None).take(D, events)
    assert await positions_seen(seen) == [1, 2]
    await Follower("f", seen, log, note, None).catch_up(D)
    assert await positions_seen(seen) == [1, 2, 3, 4]


async def test_two_followers_of_one_name_do_not_double(log: EventLog, seen: asyncpg.Pool) -> None:
    await with_events(log, 5)
    for _ in range(2):
        await Follower("f", seen, log, note, None).catch_up(D)
    assert await positions_seen(seen) == [1, 2, 3, 4, 5]


async def test_reactions_that_crashed_are_repeated_and_projections_are_not(
    log: EventLog, seen: asyncpg.Pool
) -> None:
    reacted: list[int] = []
    broken = {3}

    async def react(batch: Sequence[Recorded]) -> Mapping[int, Refused]:
        for recorded in batch:
            if recorded.position in broken:
                raise ConnectionError
            reacted.append(recorded.position)
        return {}

    events = await with_events(log, 4)
    with pytest.raises(ConnectionError):
        await Follower("f", seen, log, note, react).take(D, events)
    assert await positions_seen(seen) == [1, 2, 3, 4]
    broken.clear()
    await Follower("f", seen, log, note, react).catch_up(D)
    assert reacted == [1, 2, 1, 2, 3, 4]
    assert await positions_seen(seen) == [1, 2, 3, 4]


async def test_districts_behind_are_found_with_their_lag(log: EventLog, seen: asyncpg.Pool) -> None:
    follower = Follower("f", seen, log, note, None)
    await with_events(log, 3)
    await with_events(log, 2, "yantian")
    await follower.catch_up("yantian")
    assert await follower.districts_behind() == {D: 3}


async def test_a_refused_reaction_is_kept_for_a_person_and_the_rest_goes_on(
    log: EventLog, seen: asyncpg.Pool
) -> None:
    async def react(batch: Sequence[Recorded]) -> Mapping[int, Refused]:
        return {recorded.position: LimitReached() for recorded in batch if recorded.position == 2}

    events = await with_events(log, 3)
    follower = Follower("f", seen, log, note, react)
    await follower.take(D, events)
    kept = await seen.fetch("select follower, position, reason from log.dead_letter")
    assert [tuple(one) for one in kept] == [("f.reactions", 2, "LimitReached: 计数器已到上限。")]
    assert await follower.districts_behind() == {}


async def test_a_duplicate_does_not_hide_a_gap(log: EventLog, seen: asyncpg.Pool) -> None:
    follower = Follower("f", seen, log, note, None)
    events = await with_events(log, 7)
    await follower.take(D, events[:4])
    await follower.take(D, [events[4], events[4], events[6]])
    assert await positions_seen(seen) == [1, 2, 3, 4, 5, 6, 7]


async def test_what_the_log_does_not_have_is_not_taken(log: EventLog, seen: asyncpg.Pool) -> None:
    follower = Follower("f", seen, log, note, None)
    events = await with_events(log, 2)
    forged = replace(events[1], stream="never")
    await follower.take(D, [events[0], forged])
    await follower.take(D, [replace(events[1], position=3, event_id=uuid4())])
    rows = await seen.fetch("select stream from seen order by nth")
    assert [row["stream"] for row in rows] == ["s0", "s1"]


async def test_changed_bytes_are_replaced_by_what_the_log_has(
    log: EventLog, seen: asyncpg.Pool
) -> None:
    bodies: list[bytes] = []

    @one_by_one
    async def keep(connection: Connection, recorded: Recorded) -> None:
        bodies.append(recorded.body)

    events = await with_events(log, 1)
    await Follower("f", seen, log, keep, None).take(D, [replace(events[0], body=b"{!}")])
    assert bodies == [b"{}"]


async def test_events_before_one_that_fails_are_taken(log: EventLog, seen: asyncpg.Pool) -> None:
    @one_by_one
    async def fail_at_three(connection: Connection, recorded: Recorded) -> None:
        if recorded.position == 3:
            raise RuntimeError("the disk is full")
        await note(connection, [recorded])

    events = await with_events(log, 4)
    follower = Follower("f", seen, log, fail_at_three, None)
    with pytest.raises(RuntimeError, match="disk"):
        await follower.take(D, events)
    await follower.note_failure(D, RuntimeError("the disk is full"))
    assert await positions_seen(seen) == [1, 2]
    assert await seen.fetchval("select position from log.dead_letter") == 3


async def test_a_projection_does_not_wait_for_the_disk_and_an_append_does(
    log: EventLog, seen: asyncpg.Pool
) -> None:
    waits: list[str] = []

    async def look(connection: Connection, batch: Sequence[Recorded]) -> None:
        waits.append(await connection.fetchval("select current_setting('synchronous_commit')"))

    await with_events(log, 1)
    await Follower("f", seen, log, look, None).catch_up(D)
    assert waits == ["off"]
    assert await seen.fetchval("select current_setting('synchronous_commit')") == "on"


HEARD = "tian.test.heard.v1"


async def with_some_that_are_heard(
    log: EventLog, positions: set[int], count: int
) -> list[Recorded]:
    """Events of which those at these positions, and no others, are of a type that is reacted to."""
    writes = [
        write(replace(event(f"s{position}", 1), type=HEARD if position in positions else "other"))
        for position in range(1, count + 1)
    ]
    await log.append(D, writes)
    return await log.read_after(D, 0, count)


class Hearing:
    """A follower that reacts to one type only, and the positions it was asked to react to."""

    def __init__(self, pool: asyncpg.Pool, log: EventLog) -> None:
        self.asked: list[int] = []
        self.fails = False
        self.follower = Follower("f", pool, log, note, self._react, lambda name: name == HEARD)

    async def _react(self, batch: Sequence[Recorded]) -> Mapping[int, Refused]:
        if self.fails:
            raise ConnectionError
        self.asked += [recorded.position for recorded in batch]
        return {}


async def checkpoints(pool: asyncpg.Pool) -> dict[str, int]:
    rows = await pool.fetch(STATEMENTS["progress"], D)
    return {row["follower"]: row["position"] for row in rows}


async def test_reactions_come_along_where_there_is_nothing_to_react_to(
    log: EventLog, seen: asyncpg.Pool
) -> None:
    events = await with_some_that_are_heard(log, {6}, 8)
    hearing = Hearing(seen, log)
    for arrived in (events[:1], events[1:4], events[4:7], events[7:]):
        await hearing.follower.take(D, arrived)
    assert await positions_seen(seen) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert await checkpoints(seen) == {"f": 8, "f.reactions": 8}
    # The first batch opens the checkpoint of the reactions; the one with the event is theirs whole.
    assert hearing.asked == [1, 5, 6, 7]


async def test_reactions_that_are_behind_are_not_carried_past_what_they_still_have_to_do(
    log: EventLog, seen: asyncpg.Pool
) -> None:
    events = await with_some_that_are_heard(log, {3}, 6)
    hearing = Hearing(seen, log)
    await hearing.follower.take(D, events[:2])
    hearing.fails = True
    for arrived in (events[2:3], events[3:5]):
        with pytest.raises(ConnectionError):
            await hearing.follower.take(D, arrived)
    assert await checkpoints(seen) == {"f": 5, "f.reactions": 2}
    hearing.fails = False
    await hearing.follower.take(D, events[5:])
    assert await checkpoints(seen) == {"f": 6, "f.reactions": 6}
    assert 3 in hearing.asked
