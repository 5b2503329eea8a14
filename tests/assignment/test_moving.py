"""A notice is adopted by one event; the deadlines follow, each once, also after a kill in between."""

import asyncio
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from assignment.app import DECIDER
from assignment.commands import AdoptHolidayNotice
from assignment.endpoints.calendars import Calendars
from assignment.projections.calendars import moves_under
from assignment.projections.cases import CASES
from assignment.projections.rows import PARTS
from assignment.subscribers.moving import Moves
from contracts.assignment import AssignmentDispatched, Break, DueDateMoved
from contracts.evaluation import RulebookAdopted
from contracts.event import Event
from contracts.handing_down import ProposalHandedDown
from contracts.identity import Actor
from contracts.intake import ProposalReceived
from contracts.rulebook import read_rulebook
from contracts.vocabulary import ActorRole, ProposalForm, Role
from eventlog import EventLog, Handling, Intent, Provenance
from eventlog.replaying import Readings
from hosting.calendars import calendar_in_force
from hosting.rulebooks import adopted_rulebook
from tests.assignment.dying import CALENDAR, DISTRICT, NOW, clock, follower_of
from tests.projections.histories import record_at_once

CASES_OPEN = 6
YEAR = 2026
DISPATCHED_ON = date(2026, 11, 2)
TEXT = (
    (Path(__file__).parents[2] / "deploy" / "rulebooks" / "baoji.toml")
    .read_text("utf-8")
    .replace("[limits.sole]\nmonths = 3", "[limits.sole]\nworking_days = 60", 1)
)
DUE, RULE = read_rulebook(TEXT).due(Role.SOLE, DISPATCHED_ON, CALENDAR)
SPRING = Break(name="春节", first=date(2027, 2, 1), last=date(2027, 2, 9))
CLERK = Actor(subject="clerk", name="王科长", role=ActorRole.SUPERVISION, district=DISTRICT)


@pytest.fixture
async def pool(database: str) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(database, min_size=1, max_size=4) as opened:
        yield opened


def a_case(number: int, calendar_version: int = CALENDAR.version) -> list[Event]:
    proposal_id = f"{YEAR}{number:04}"
    form = ProposalForm.INDIVIDUAL
    return [
        ProposalReceived(
            proposal_id=proposal_id, year=YEAR, title="题", form=form, proposers=("甲",)
        ),
        AssignmentDispatched(
            proposal_id=proposal_id,
            unit="区教育局",
            year=YEAR,
            number=proposal_id,
            role=Role.SOLE,
            own=True,
            reporting=True,
            dispatched_on=DISPATCHED_ON,
            due_on=DUE.on,
            due_rule=RULE,
            provisional=DUE.provisional,
            calendar_version=calendar_version,
        ),
    ]


async def adopted(pool: asyncpg.Pool, *meanwhile: Event) -> Handling[Any, Any, Any]:
    """Cases whose deadlines run into 2027, what happened since, and then the notice of 2027."""
    rulebook = RulebookAdopted(
        year=YEAR, rulebook_id="baoji", version=1, sha256="0" * 64, text=TEXT
    )
    cases = [event for number in range(CASES_OPEN) for event in a_case(number)]
    log = EventLog(pool)
    await record_at_once(log, [rulebook, *cases, *meanwhile], DISTRICT)
    handling = Handling(log, DECIDER, clock)
    command = AdoptHolidayNotice(
        at=NOW, year=2027, source="通知", holidays=(SPRING,), worked=(), version=2
    )
    provenance = Provenance(actor=CLERK, correlation_id=uuid4())
    await handling.handle(DISTRICT, Intent(command, uuid4(), provenance))
    return handling


async def moved(pool: asyncpg.Pool) -> Counter[str]:
    rows = await pool.fetch("select stream from log.event where type = $1", DueDateMoved.type)
    return Counter(row["stream"] for row in rows)


async def killed_after(database: str, count: int) -> int | None:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.assignment.dying", database, str(count)
    )
    return await child.wait()


def moves_now(pool: asyncpg.Pool) -> Moves:
    """The protection taken out: what would move is asked of the rows as they are by now."""

    async def moves(log: EventLog, district: str, position: int) -> Any:
        source = Readings(pool, CASES).stored(district)
        calendar = await calendar_in_force(log, district, CALENDAR)
        rulebook_of = partial(adopted_rulebook, log, district)
        return calendar, await moves_under(source, calendar, rulebook_of, [CALENDAR])

    return moves


async def test_killed_in_between_every_deadline_still_moves_and_moves_once(
    pool: asyncpg.Pool, database: str
) -> None:
    assert DUE.provisional
    handling = await adopted(pool)
    assert await killed_after(database, 2) == -signal.SIGKILL
    assert (await moved(pool)).total() == 2
    await follower_of(pool, handling).catch_up(DISTRICT)
    found = await moved(pool)
    assert (len(found), set(found.values())) == (CASES_OPEN, {1})
    await follower_of(pool, handling).catch_up(DISTRICT)
    parts = await Readings(pool, CASES).stored(DISTRICT).rows(PARTS)
    later = await calendar_in_force(EventLog(pool), DISTRICT, CALENDAR)
    due, _ = read_rulebook(TEXT).due(Role.SOLE, DISPATCHED_ON, later)
    assert {(each.due_on, each.provisional) for each in parts} == {(due.on, False)}
    assert (await moved(pool)).total() == CASES_OPEN


async def test_without_asking_as_of_the_adoption_some_deadlines_would_never_move(
    pool: asyncpg.Pool, database: str
) -> None:
    handling = await adopted(pool)
    assert await killed_after(database, 2) == -signal.SIGKILL
    await follower_of(pool, handling, moves_now(pool)).catch_up(DISTRICT)
    assert len(await moved(pool)) < CASES_OPEN


async def test_a_case_that_was_dispatched_past_the_new_calendar_follows_it(
    pool: asyncpg.Pool,
) -> None:
    handling = await adopted(pool)
    follower = follower_of(pool, handling)
    await follower.catch_up(DISTRICT)
    await record_at_once(handling.log, a_case(77), DISTRICT)
    await record_at_once(handling.log, a_case(78, calendar_version=2), DISTRICT)
    await follower.catch_up(DISTRICT)
    found = await moved(pool)
    assert found[f"case-{YEAR}0077"] == 1
    assert found[f"case-{YEAR}0078"] == 0


async def test_no_notice_moves_a_deadline_to_that_of_a_rulebook_that_came_later(
    pool: asyncpg.Pool,
) -> None:
    amended = RulebookAdopted(
        year=YEAR,
        rulebook_id="baoji",
        version=2,
        sha256="1" * 64,
        text=TEXT.replace("working_days = 60", "working_days = 40", 1),
    )
    handling = await adopted(pool, amended)
    await follower_of(pool, handling).catch_up(DISTRICT)
    assert (await moved(pool)).total() == 0


async def test_a_notice_counts_from_the_moment_that_it_is_adopted(pool: asyncpg.Pool) -> None:
    await adopted(pool)
    calendar = await Calendars(CALENDAR, EventLog(pool)).of(DISTRICT)
    assert (calendar.version, 2027 in calendar.years) == (2, True)


async def test_no_notice_moves_a_deadline_past_that_of_the_upper_level(pool: asyncpg.Pool) -> None:
    handling = await adopted(pool)
    follower = follower_of(pool, handling)
    received, dispatched = a_case(77)
    above = DUE.on + timedelta(days=2)
    handed_down = ProposalHandedDown(
        proposal_id=f"{YEAR}0077",
        year=YEAR,
        upper_name="宝鸡市",
        number="77",
        unit="渭滨区人民政府",
        role=Role.SOLE,
        dispatched_on=DISPATCHED_ON,
        due_on=above,
    )
    await record_at_once(handling.log, [received, handed_down, dispatched], DISTRICT)
    await follower.catch_up(DISTRICT)
    longer = Break(name="春节", first=date(2027, 1, 4), last=date(2027, 1, 12))
    command = AdoptHolidayNotice(
        at=NOW, year=2027, source="通知", holidays=(longer,), worked=(), version=3
    )
    provenance = Provenance(actor=CLERK, correlation_id=uuid4())
    await handling.handle(DISTRICT, Intent(command, uuid4(), provenance))
    for _ in range(2):  # the notice, and then what moved because of it
        await follower.catch_up(DISTRICT)
    parts = await Readings(pool, CASES).stored(DISTRICT).rows(PARTS)
    due = {each.proposal_id: each.due_on for each in parts}
    assert (due.pop(f"{YEAR}0077"), min(due.values()) > above) == (above, True)


async def test_a_notice_that_is_adopted_again_has_a_version_of_its_own(pool: asyncpg.Pool) -> None:
    handling = await adopted(pool)
    follower = follower_of(pool, handling)
    for version, last in ((3, date(2027, 2, 8)), (4, date(2027, 2, 7))):
        await follower.catch_up(DISTRICT)
        calendar = await calendar_in_force(EventLog(pool), DISTRICT, CALENDAR)
        assert calendar.version == version - 1
        shorter = SPRING.model_copy(update={"last": last})
        command = AdoptHolidayNotice(
            at=NOW, year=2027, source="通知", holidays=(shorter,), version=calendar.version + 1
        )
        provenance = Provenance(actor=CLERK, correlation_id=uuid4())
        handled = await handling.handle(DISTRICT, Intent(command, uuid4(), provenance))
        assert handled.recorded == 1
