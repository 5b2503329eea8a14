"""Appending: positions without gaps, whole writes, conflicts that stay with their own."""

import asyncio
import hashlib
import random
from uuid import uuid4

import asyncpg
import pytest

from eventlog import EventLog
from eventlog.appending import Appender
from eventlog.writes import Outcome
from tests.eventlog.making import event, write

D = "longgang"


async def test_positions_count_from_one_without_gaps(log: EventLog) -> None:
    outcomes = await log.append(D, [write(event("a", 1), event("a", 2)), write(event("b", 1))])
    assert [(one.result, one.position) for one in outcomes] == [("appended", 2), ("appended", 3)]
    assert [one.position for one in await log.read_after(D, 0)] == [1, 2, 3]


async def test_each_district_counts_for_itself(log: EventLog) -> None:
    await log.append(D, [write(event("a", 1))])
    (outcome,) = await log.append("yantian", [write(event("a", 1))])
    assert outcome.position == 1


async def test_the_same_event_offered_again_gets_its_first_position(log: EventLog) -> None:
    once = write(event("a", 1))
    first = await log.append(D, [once])
    await log.append(D, [write(event("a", 2))])
    (again,) = await log.append(D, [once])
    assert (again.result, again.position) == ("repeated", first[0].position)
    assert await log.head(D) == 2


async def test_a_conflict_touches_only_its_own_write(log: EventLog) -> None:
    await log.append(D, [write(event("a", 1))])
    outcomes = await log.append(
        D, [write(event("a", 1)), write(event("b", 1)), write(event("c", 1), event("d", 7))]
    )
    assert [one.result for one in outcomes] == ["conflict", "appended", "conflict"]
    assert outcomes[2].conflicting_stream == "d"
    assert [one.stream for one in await log.read_after(D, 0)] == ["a", "b"]


async def test_a_stream_that_must_be_new_is_refused_when_it_exists(log: EventLog) -> None:
    await log.append(D, [write(event("number-1", 1))])
    (outcome,) = await log.append(D, [write(event("number-1", 1))])
    assert outcome.result == "conflict"


async def test_bytes_are_kept_as_they_were_written_with_their_leaf_hash(
    log: EventLog, pool: asyncpg.Pool
) -> None:
    body = '{ "b":1.10,  "a":"龙岗\\u0041" }'.encode()
    await log.append(D, [write(event("a", 1, body=body))])
    row = await pool.fetchrow("select body, leaf_hash from log.event")
    assert row is not None
    assert row["body"] == body
    assert row["leaf_hash"] == hashlib.sha256(b"\x00" + body).digest()


@pytest.mark.parametrize(
    "statement",
    [
        "update log.event set body = 'x'",
        "delete from log.event",
        "truncate log.event",
    ],
)
async def test_the_database_refuses_to_change_history(
    log: EventLog, pool: asyncpg.Pool, statement: str
) -> None:
    await log.append(D, [write(event("a", 1))])
    with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
        await pool.execute(statement)


async def test_writers_who_race_for_one_stream_lose_nothing_and_double_nothing(
    log: EventLog,
) -> None:
    async def write_thirty() -> int:
        appended = 0
        for _ in range(30):
            stream = f"s{random.randrange(3)}"
            version = len(await log.read_stream(D, stream)) + 1
            (outcome,) = await log.append(D, [write(event(stream, version))])
            appended += outcome.result == "appended"
        return appended

    appended = sum(await asyncio.gather(*(write_thirty() for _ in range(12))))
    everything = await log.read_after(D, 0, 10_000)
    assert [one.position for one in everything] == list(range(1, appended + 1))
    for stream in ("s0", "s1", "s2"):
        versions = [one.version for one in everything if one.stream == stream]
        assert versions == list(range(1, len(versions) + 1))


async def test_the_same_write_from_two_sides_at_once_happens_once(log: EventLog) -> None:
    for round_ in range(20):
        twin = write(event(f"t{round_}", 1, event_id=uuid4()))
        outcomes = await asyncio.gather(*(log.append(D, [twin]) for _ in range(4)))
        results = sorted(one[0].result for one in outcomes)
        assert results == ["appended", "repeated", "repeated", "repeated"]
        assert len({one[0].position for one in outcomes}) == 1


async def test_an_append_that_lost_its_connection_is_asked_again(
    log: EventLog, pool: asyncpg.Pool, connection: asyncpg.Connection
) -> None:
    async def terminate_backends() -> None:
        for _ in range(10):
            await connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
                " and query like '%log.append%'"
            )
            await asyncio.sleep(0.02)

    async def write_many() -> None:
        for number in range(40):
            (outcome,) = await log.append(D, [write(event(f"n{number}", 1))])
            assert outcome.result in {"appended", "repeated"}

    await asyncio.gather(write_many(), terminate_backends())
    assert [one.stream for one in await log.read_after(D, 0)] == [f"n{n}" for n in range(40)]


async def test_one_stream_twice_in_one_append_is_refused(log: EventLog) -> None:
    with pytest.raises(ValueError, match="same stream"):
        await log.append(D, [write(event("a", 1)), write(event("a", 2))])


async def test_all_that_can_become_of_a_write_in_one_append_to_several_streams(
    log: EventLog,
) -> None:
    done = write(event("done", 1), event("done-too", 1))
    await log.append(D, [done])
    outcomes = await log.append(
        D,
        [
            write(event("new", 1), event("new", 2), event("other", 1)),
            done,
            write(event("late", 2), event("early", 1)),
            write(event("skipping", 1), event("skipping", 2)),
        ],
    )
    assert [(one.result, one.position, one.conflicting_stream) for one in outcomes] == [
        ("appended", 5, None),
        ("repeated", 2, None),
        ("conflict", 0, "late"),
        ("appended", 7, None),
    ]
    everything = await log.read_after(D, 0)
    assert [(one.position, one.stream, one.version) for one in everything[2:]] == [
        (3, "new", 1),
        (4, "new", 2),
        (5, "other", 1),
        (6, "skipping", 1),
        (7, "skipping", 2),
    ]


async def test_a_write_of_which_a_part_is_in_the_log_has_been_done_before(log: EventLog) -> None:
    first = event("a", 1)
    await log.append(D, [write(first)])
    (outcome,) = await log.append(D, [write(event("b", 1), first, event("c", 5))])
    assert (outcome.result, outcome.position) == ("repeated", 1)


async def test_a_version_too_high_is_a_conflict_and_leaves_no_trace(log: EventLog) -> None:
    """As after a restore: somebody decided on events that the log no longer has."""
    await log.append(D, [write(event("s", 1)), write(event("t", 1))])
    outcomes = await log.append(
        D, [write(event("s", 3)), write(event("t", 2), event("t", 3)), write(event("u", 2))]
    )
    assert [one.result for one in outcomes] == ["conflict", "appended", "conflict"]
    assert await log.head(D) == 4
    assert [one.version for one in await log.read_stream(D, "s")] == [1]
    assert await log.read_stream(D, "u") == []


async def test_what_is_new_asks_nothing_first(
    log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    await log.append(D, [write(event("s", 1))])
    monkeypatch.setattr(Appender, "_append", None)
    (outcome,) = await log.append(D, [write(event("s", 2), event("t", 1))])
    assert outcome == Outcome("appended", 3)
