"""A year of supervision by an injected clock: every card where the rulebook puts it, and only there."""

import hashlib
import json
import time as stopwatch
import tomllib
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import asyncpg
import chinese_calendar
import pytest

from assignment.app import DECIDER
from assignment.projections.cases import CASES
from assignment.subscribers import Supervisor
from contracts.evaluation import RulebookAdopted
from contracts.identity import Actor
from contracts.refusal import Refused
from contracts.vocabulary import ActorRole, Role
from contracts.working_days import WorkingCalendar, read_calendar
from eventlog import EventLog, Follower, Handling, Intent, Provenance, Write
from eventlog.projecting import Projector
from eventlog.recorded import Circumstances, CommandNote, new_event
from eventlog.replaying import Readings
from tests.assignment.simulating import (
    EVENING,
    FIRST,
    LAST,
    MORNING,
    UNITS,
    YEAR,
    Work,
    Year,
    at,
    make_year,
)
from tests.projections.dumping import forget_everything

ROOT = Path(__file__).parents[2] / "deploy"
RULEBOOK = (ROOT / "rulebooks" / "shijiazhuang.toml").read_text("utf-8")
CALENDAR = read_calendar((ROOT / "calendars" / "china.toml").read_text("utf-8"))
D = "simulated"
A_DAY = timedelta(days=1)
EVENT_OF = {
    "reminder": "reminder_due",
    "warning": "warning_issued",
    "yellow": "yellow_card_issued",
    "red": "red_card_issued",
}

Alert = tuple[str, str, str, str, str, str]


@pytest.fixture
async def pool(database: str) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(database, min_size=1, max_size=4) as opened:
        yield opened


async def the_calendar(district: str) -> WorkingCalendar:
    return CALENDAR


class Clock:
    """Says what it is told."""

    def __init__(self) -> None:
        self.now = at(FIRST, MORNING)

    def __call__(self) -> datetime:
        return self.now


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def working_days_from(day: date, count: int) -> date:
    step = A_DAY if count > 0 else -A_DAY
    for _ in range(abs(count)):
        day += step
        while not chinese_calendar.is_workday(day):
            day += step
    return day


def the_year(seed: int = 4) -> Year:
    def in_months(months: int) -> Any:
        return lambda day: months_later(day, months)

    limits = {role: in_months(1 if role is Role.CO else 3) for role in Role}
    return make_year(seed, limits, lambda day: working_days_from(day, 3))


def expected(works: list[Work]) -> Counter[Alert]:
    """What the rulebook's steps come to, by the file's own words and by days counted one by one."""
    steps = tomllib.loads(RULEBOOK)["supervision"]["steps"]
    alerts: Counter[Alert] = Counter()
    for work in works:
        for duty in work.duties:
            for step in (step for step in steps if step["duty"] == duty.kind):
                offset = step["after"] if "after" in step else -step["before"]
                count = working_days_from if step.get("working") else _days_from
                day = count(duty.due_on, offset)
                if step["level"] == "reminder" and day < duty.since:
                    continue
                raised_on = max(day, duty.since)
                if raised_on < min(duty.until, LAST + A_DAY):
                    alerts[
                        work.proposal_id,
                        work.unit,
                        EVENT_OF[step["level"]],
                        f"shijiazhuang/supervision.{step['id']}",
                        duty.due_on.isoformat(),
                        raised_on.isoformat(),
                    ] += 1
    return alerts


def _days_from(day: date, count: int) -> date:
    return day + timedelta(days=count)


async def adopt(log: EventLog, clock: Clock) -> None:
    event = RulebookAdopted(
        year=YEAR, rulebook_id="shijiazhuang", version=1, sha256="0" * 64, text=RULEBOOK
    )
    actor = Actor(subject="office", name="督查室", role=ActorRole.SUPERVISION, district=D)
    command_id = uuid5(NAMESPACE_URL, "adopt")
    circumstances = Circumstances(
        service="evaluation",
        district=D,
        happened_at=clock(),
        recorded_at=clock(),
        provenance=Provenance(actor=actor, correlation_id=command_id),
        command=CommandNote(command_id, 1),
    )
    await log.append(
        D, [Write([new_event(event, event_id=command_id, version=1, circumstances=circumstances)])]
    )


def the_supervisor(
    pool: asyncpg.Pool, handling: Handling[Any, Any, Any], clock: Clock
) -> Supervisor:
    return Supervisor(handling, Readings(pool, CASES).stored, the_calendar, [D], clock)


async def play(pool: asyncpg.Pool, year: Year, *, looks: int = 1) -> None:
    """Each day: what people do in the morning, and the supervision's looks in the evening."""
    clock, log = Clock(), EventLog(pool)
    handling = Handling(log, DECIDER, clock)
    await adopt(log, clock)
    supervisor = the_supervisor(pool, handling, clock)
    follower = Follower("assignment", pool, log, Projector(CASES), None)
    actor = Actor(subject="clerk", name="经办", role=ActorRole.SUPERVISION, district=D)
    day = FIRST
    while day <= LAST:
        clock.now = at(day, MORNING)
        intents = [
            Intent(command, command_id, Provenance(actor=actor, correlation_id=command_id))
            for number, command in enumerate(year.by_day.get(day, []))
            if (command_id := uuid5(NAMESPACE_URL, f"{day}/{number}"))
        ]
        for result in await handling.handle_many(D, intents):
            assert not isinstance(result, Refused), result
        clock.now = at(day, EVENING)
        await follower.catch_up(D)
        recorded = [await supervisor.look(D) for _ in range(looks)]
        assert not any(recorded[1:])
        day += A_DAY


async def raised(pool: asyncpg.Pool) -> Counter[Alert]:
    rows = await pool.fetch("select type, body from log.event where district = $1", D)
    alerts: Counter[Alert] = Counter()
    for row in rows:
        kind = row["type"].split(".")[2]
        if kind in EVENT_OF.values():
            data = json.loads(row["body"])["data"]
            told = (data[name] for name in ("rule", "due_on", "raised_on"))
            alerts[data["proposal_id"], data["unit"], kind, *told] += 1
    return alerts


async def fingerprint(pool: asyncpg.Pool) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    for row in await pool.fetch("select body from log.event order by position"):
        digest.update(row["body"])
        count += 1
    return count, digest.hexdigest()


async def test_cards_fall_exactly_where_the_rulebook_puts_them_and_a_second_run_is_the_same(
    pool: asyncpg.Pool, record_property: Any
) -> None:
    year = the_year()
    assert len({work.unit for work in year.work}) == UNITS
    began = stopwatch.perf_counter()
    await play(pool, year)
    seconds = stopwatch.perf_counter() - began
    record_property("seconds", round(seconds, 1))
    found, wanted = await raised(pool), expected(year.work)
    assert found == wanted, list((found - wanted).items())[:3] + list((wanted - found).items())[:3]
    kinds = Counter(kind for _, _, kind, *_ in found)
    assert all(kinds[kind] > 20 for kind in EVENT_OF.values()), kinds
    first = await fingerprint(pool)
    print(f"\n一年 {first[0]} 条事件，用时 {seconds:.1f} 秒：{dict(kinds)}")  # noqa: T201

    await forget_everything(pool)
    await play(pool, the_year())
    assert await fingerprint(pool) == first


async def test_looking_again_adds_nothing_also_after_a_restart(pool: asyncpg.Pool) -> None:
    year = the_year(5)
    year.by_day = {day: year.by_day[day] for day in sorted(year.by_day)[:12]}
    await play(pool, year, looks=2)
    before = await fingerprint(pool)
    clock = Clock()
    clock.now = at(LAST, EVENING)
    handling = Handling(EventLog(pool), DECIDER, clock)
    assert await the_supervisor(pool, handling, clock).look(D) == 0
    assert await fingerprint(pool) == before
