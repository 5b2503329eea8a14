"""Group commit: callers share transactions, and nothing else."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import asyncpg

from eventlog import EventLog, LogBusy, Outcome
from eventlog.waiting import Limits
from tests.eventlog.making import event, write

D = "longgang"
Append = Callable[[], Awaitable[list[Outcome]]]


@asynccontextmanager
async def standing_still(pool: asyncpg.Pool, district: str = D) -> AsyncIterator[None]:
    """The counter of a district is held by somebody else: what is under way must wait."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(
            "insert into log.head (district) values ($1)"
            " on conflict (district) do update set position = log.head.position",
            district,
        )
        yield


async def under_way(connection: asyncpg.Connection, count: int = 1) -> None:
    """Wait until so many appends wait for a lock."""
    while True:
        waiting = await connection.fetchval(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and wait_event_type = 'Lock' and query like '%log.append%'"
        )
        if waiting >= count:
            return
        await asyncio.sleep(0.01)


async def transactions(pool: asyncpg.Pool) -> int:
    return int(await pool.fetchval("select count(distinct xmin::text) from log.event"))


async def test_many_appends_at_once_share_a_few_transactions(
    log: EventLog, pool: asyncpg.Pool
) -> None:
    await asyncio.gather(*(log.append(D, [write(event(f"s{n}", 1))]) for n in range(100)))
    assert [one.position for one in await log.read_after(D, 0)] == list(range(1, 101))
    assert await transactions(pool) <= 20


async def test_a_transaction_carries_several_districts(log: EventLog, pool: asyncpg.Pool) -> None:
    outcomes = await asyncio.gather(
        *(log.append(f"district-{n % 40}", [write(event(f"s{n}", 1))]) for n in range(80))
    )
    assert sorted(one[0].position for one in outcomes) == [1] * 40 + [2] * 40
    assert await transactions(pool) <= 16


async def test_a_conflict_and_a_repetition_touch_none_of_those_they_travel_with(
    log: EventLog,
) -> None:
    known = write(event("known", 1))
    await log.append(D, [known])
    outcomes = await asyncio.gather(
        *(log.append(D, [write(event(f"a{n}", 1))]) for n in range(10)),
        log.append(D, [write(event("late", 7))]),
        log.append(D, [known]),
        *(log.append("yantian", [write(event(f"b{n}", 1))]) for n in range(10)),
    )
    results = [one[0].result for one in outcomes]
    assert results == ["appended"] * 10 + ["conflict", "repeated"] + ["appended"] * 10
    assert [one.position for one in await log.read_after(D, 0)] == list(range(1, 12))


async def test_appends_to_one_stream_keep_their_order_and_never_share_a_transaction(
    log: EventLog, pool: asyncpg.Pool
) -> None:
    outcomes = await asyncio.gather(
        *(log.append(D, [write(event("one", version))]) for version in range(1, 21)),
        *(log.append(D, [write(event(f"s{n}", 1))]) for n in range(20)),
    )
    assert {one[0].result for one in outcomes} == {"appended"}
    shared = await pool.fetchval(
        "select count(*) - count(distinct xmin::text) from log.event where stream = 'one'"
    )
    assert shared == 0


async def test_what_the_database_cannot_take_fails_alone(log: EventLog) -> None:
    outcomes = await asyncio.gather(
        *(log.append(D, [write(event(f"a{n}", 1))]) for n in range(9)),
        log.append(D, [write(event("nul\0", 1))]),
        *(log.append(D, [write(event(f"b{n}", 1))]) for n in range(9)),
        return_exceptions=True,
    )
    failed = [one for one in outcomes if isinstance(one, BaseException)]
    assert [type(one) for one in failed] == [asyncpg.CharacterNotInRepertoireError]
    assert await log.head(D) == 18


async def test_a_caller_who_gives_up_takes_nobody_along(
    log: EventLog, pool: asyncpg.Pool, connection: asyncpg.Connection
) -> None:
    async with standing_still(pool):
        tasks = [asyncio.create_task(log.append(D, [write(event(f"s{n}", 1))])) for n in range(30)]
        await under_way(connection)
        for task in tasks[:20:2]:
            task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    answered = [one for one in outcomes if not isinstance(one, BaseException)]
    assert [one[0].result for one in answered] == ["appended"] * 20
    assert (await log.append(D, [write(event("next", 1))]))[0].result == "appended"


async def test_who_gives_up_while_still_waiting_is_never_recorded(
    pool: asyncpg.Pool, connection: asyncpg.Connection
) -> None:
    log = EventLog(pool, limits=Limits(together=1, lanes=1))
    async with standing_still(pool):
        first = asyncio.create_task(log.append(D, [write(event("first", 1))]))
        await under_way(connection)
        second = asyncio.create_task(log.append(D, [write(event("second", 1))]))
        third = asyncio.create_task(log.append(D, [write(event("second", 1))]))
        await asyncio.sleep(0)
        second.cancel()
    outcomes = await asyncio.gather(first, third)
    assert [one[0].result for one in outcomes] == ["appended", "appended"]


async def test_a_full_queue_refuses_a_busy_district_and_still_takes_the_others(
    pool: asyncpg.Pool, connection: asyncpg.Connection
) -> None:
    log = EventLog(pool, limits=Limits(waiting=20))
    async with standing_still(pool):
        tasks = [asyncio.create_task(log.append(D, [write(event(f"s{n}", 1))])) for n in range(15)]
        elsewhere = asyncio.create_task(log.append("yantian", [write(event("s", 1))]))
        await under_way(connection)
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(one) for one in outcomes] == [list] * 10 + [LogBusy] * 5
    assert (await elsewhere)[0].result == "appended"
    assert await log.head(D) == 10


async def test_a_busy_district_does_not_starve_another(pool: asyncpg.Pool) -> None:
    log = EventLog(pool, limits=Limits(together=8, lanes=1))
    answered: list[str] = []

    async def append(district: str, stream: str) -> None:
        await log.append(district, [write(event(stream, 1))])
        answered.append(district)

    await asyncio.gather(
        *(append(D, f"s{n}") for n in range(200)), *(append("yantian", f"s{n}") for n in range(3))
    )
    assert max(n for n, district in enumerate(answered) if district == "yantian") < 32


async def test_districts_are_locked_in_the_order_of_their_names_so_that_nobody_waits_in_a_circle(
    pool: asyncpg.Pool, connection: asyncpg.Connection
) -> None:
    log = EventLog(pool, limits=Limits(lanes=1))
    for name in "abc":
        await log.append(name, [write(event("first", 1))])
    async with standing_still(pool, "b"):
        tasks = [
            asyncio.create_task(log.append(name, [write(event("second", 1))])) for name in "cba"
        ]
        await under_way(connection)
        free = await connection.fetch(
            "select district from log.head order by district for update skip locked"
        )
    await asyncio.gather(*tasks)
    assert [row["district"] for row in free] == ["c"]


async def test_the_relay_is_woken_once_for_each_transaction_that_has_something_new(
    pool: asyncpg.Pool,
) -> None:
    woken: list[str] = []

    async def wake() -> None:
        woken.append("woken")

    log = EventLog(pool, wake, Limits(lanes=1))
    offered = {district: write(event("a", 1)) for district in "abc"}
    for _ in range(2):
        await asyncio.gather(*(log.append(district, [one]) for district, one in offered.items()))
    await asyncio.sleep(0.1)
    assert woken == ["woken"]


async def test_the_relay_is_woken_though_nobody_waits_for_the_answer(
    pool: asyncpg.Pool, connection: asyncpg.Connection
) -> None:
    woken = asyncio.Event()

    async def wake() -> None:
        woken.set()

    log = EventLog(pool, wake)
    async with standing_still(pool):
        task = asyncio.create_task(log.append(D, [write(event("a", 1))]))
        await under_way(connection)
        task.cancel()
    async with asyncio.timeout(30):
        await woken.wait()


async def test_a_relay_that_cannot_be_woken_holds_up_no_writer(pool: asyncpg.Pool) -> None:
    async def wake() -> None:
        raise OSError

    log = EventLog(pool, wake, Limits(together=1, lanes=1))
    async with asyncio.timeout(30):
        outcomes = await asyncio.gather(
            *(log.append(D, [write(event(f"s{number}", 1))]) for number in range(5))
        )
    assert [one[0].result for one in outcomes] == ["appended"] * 5


async def test_several_districts_in_one_transaction_have_repetitions_and_conflicts_of_their_own(
    pool: asyncpg.Pool,
) -> None:
    log = EventLog(pool, limits=Limits(lanes=1))
    known = write(event("s", 1))
    await log.append("b", [known])
    outcomes = await asyncio.gather(
        log.append("a", [write(event("s", 1), event("s", 2))]),
        log.append("b", [known]),
        log.append("b", [write(event("t", 1))]),
        log.append("c", [write(event("s", 3), event("t", 1))]),
        log.append("a", [write(event("t", 1))]),
    )
    assert [(one[0].result, one[0].position) for one in outcomes] == [
        ("appended", 2),
        ("repeated", 1),
        ("appended", 2),
        ("conflict", 0),
        ("appended", 3),
    ]
    assert outcomes[3][0].conflicting_stream == "s"
    assert [await log.head(district) for district in "abc"] == [3, 2, 0]
