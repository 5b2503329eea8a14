"""Supervision by the clock reads what is open, and no more, however long the log is."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar, get_args

import asyncpg
import pytest
from hypothesis import example, given, settings

from assignment.app import DECIDER
from assignment.decisions.chasing import limits_of
from assignment.projections.cases import CASES
from assignment.projections.watched import WATCHED, open_parts
from assignment.state import INITIAL, Dispatched, Raised, State, evolve
from assignment.subscribers import Supervisor
from contracts.assignment import (
    AssignmentClosed,
    AssignmentDispatched,
    AssignmentServiceEvent,
    AssignmentSigned,
    CaseEnded,
    CaseReopened,
    CommitmentFulfilled,
    CommitmentMade,
    CoOpinionGiven,
    EarlyLimitsMoved,
    HandlingResumed,
    HandlingSuspended,
    ReplyIssued,
    ReturnGranted,
)
from contracts.evaluation import RulebookAdopted
from contracts.event import Event
from contracts.vocabulary import Role
from contracts.working_days import WorkingCalendar
from eventlog import EventLog, Handling, Write
from eventlog.readmodels import Source, Table, apply
from eventlog.replaying import Readings, Remembered
from tests.projections.dumping import follow
from tests.projections.histories import D, an_opening, histories, record_at_once, written

RULEBOOK = (Path(__file__).parents[2] / "deploy" / "rulebooks" / "shijiazhuang.toml").read_text(
    "utf-8"
)
EVENING = datetime(2024, 8, 1, 10, tzinfo=UTC)
R = TypeVar("R")
Open = set[tuple[str, int, str, tuple[Any, ...], frozenset[Raised]]]

LEAD: dict[str, Any] = {"proposal_id": "1", "unit": "教育局"}
CO: dict[str, Any] = {"proposal_id": "1", "unit": "水务局"}
DAY = date(2024, 4, 5)
LATER = date(2024, 7, 1)
MOVED = EarlyLimitsMoved(**LEAD, sign_by=LATER, calendar_version=2)
A_COURSE = [
    AssignmentSigned(**LEAD, signed_on=DAY),
    CommitmentMade(**LEAD, commitment=1, text="建成", due_on=LATER, made_on=DAY),
    HandlingSuspended(**LEAD, reason="待批", suspended_on=DAY),
    HandlingResumed(**LEAD, resumed_on=DAY, due_on=LATER),
    CoOpinionGiven(**CO, given_on=DAY),
    CommitmentFulfilled(**LEAD, commitment=1, evidence="照片", fulfilled_on=DAY),
]
ENDED_BEFORE_ITS_DISPATCH = [
    CaseEnded(proposal_id="1", reason="上级收回"),
    CaseReopened(proposal_id="1", reason="上级再次交办"),
]


@pytest.fixture
async def pool(database: str) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(database, min_size=1, max_size=4) as opened:
        yield opened


async def in_rows(history: Sequence[Event]) -> Open:
    rows = Remembered()
    bodies = [(nth, each.type, each.body) for nth, each in enumerate(written(history), start=1)]
    apply(CASES.read(bodies), rows)
    return {
        (each.proposal_id, each.year, each.unit, each.limits, each.raised)
        for each in await open_parts(rows)
    }


def folded(history: Sequence[Event]) -> Open:
    """The same from the rules that decide."""
    cases: dict[str, State] = {}
    for event in history:
        if isinstance(event, get_args(AssignmentServiceEvent)):
            cases[event.stream] = evolve(cases.get(event.stream, INITIAL), event)
    return {
        (
            part.given.proposal_id,
            case.first_dispatches[0].year,
            part.unit,
            limits,
            frozenset(Raised(each.duty, each.rule, each.due_on) for each in part.alerts),
        )
        for case in cases.values()
        if isinstance(case, Dispatched)
        for part in case.assignments
        if (limits := tuple(limits_of(part, case)))
    }


@settings(max_examples=200)
@given(history=histories)
@example(history=[*an_opening(), MOVED])
@example(history=[*an_opening(), *A_COURSE[:1]])
@example(history=[*an_opening(), *A_COURSE[:3]])
@example(history=[*an_opening(), *A_COURSE])
@example(history=[*ENDED_BEFORE_ITS_DISPATCH, *an_opening()])
async def test_the_open_limits_in_the_rows_are_those_that_the_rules_decide_on(
    history: list[Event],
) -> None:
    assert await in_rows(history) == folded(history)


class Counting:
    """Counts the rows that are asked for."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.count = 0

    async def rows(self, table: Table[R], **equal: Any) -> list[R]:
        found = await self.source.rows(table, **equal)
        self.count += len(found)
        return found


class NotReading(EventLog):
    """A log that is never read from one end to the other."""

    async def read_after(self, *asked: Any, **named: Any) -> Any:
        raise AssertionError("the whole log was read")


async def no_calendar(district: str) -> WorkingCalendar | None:
    return None


def a_case(number: str, *, is_closed: bool) -> list[Event]:
    part: dict[str, Any] = {"proposal_id": number, "unit": "教育局"}
    dispatched = AssignmentDispatched(
        **part,
        year=2024,
        number=number,
        role=Role.SOLE,
        own=True,
        reporting=True,
        dispatched_on=DAY,
        due_on=LATER,
        due_rule="r",
    )
    if not is_closed:
        return [dispatched]
    return [
        dispatched,
        AssignmentSigned(**part, signed_on=DAY),
        ReplyIssued(
            **part,
            handling_round=1,
            role=Role.SOLE,
            document_number="1",
            result_class="A",
            contact_person="李工",
            issued_on=DAY,
        ),
        AssignmentClosed(**part, closed_on=DAY),
    ]


ADOPTED = RulebookAdopted(
    year=2024, rulebook_id="shijiazhuang", version=1, sha256="0" * 64, text=RULEBOOK
)


async def rows_read_beside(pool: asyncpg.Pool, district: str, closed: int) -> tuple[int, int]:
    """What a first look reads, and what it raises, where so many cases are closed and three open."""
    cases = [each for n in range(closed) for each in a_case(f"c{n}", is_closed=True)]
    open_ones = [each for n in range(3) for each in a_case(f"o{n}", is_closed=False)]
    await record_at_once(EventLog(pool), [ADOPTED, *cases, *open_ones], district)
    await follow(pool, CASES, district, 1000)
    handling = Handling(NotReading(pool), DECIDER, lambda: EVENING)
    source = Counting(Readings(pool, CASES).stored(district))
    looking = Supervisor(handling, lambda _: source, no_calendar, [district], lambda: EVENING)
    raised = await looking.look(district)
    return source.count, raised


async def test_what_is_read_at_the_start_does_not_grow_with_closed_cases(
    pool: asyncpg.Pool,
) -> None:
    few, many = [await rows_read_beside(pool, f"{D}-{n}", n) for n in (2, 60)]
    assert few == many
    assert few[0] == 3
    assert few[1] > 0
    kept = await pool.fetchval(
        f"select count(*) from {WATCHED.name} where district = $1", f"{D}-60"
    )
    assert kept == 63


async def test_an_alert_for_a_deadline_that_has_moved_since_is_not_raised(
    pool: asyncpg.Pool,
) -> None:
    """The rows are behind: they still show the deadline of before."""
    log = EventLog(pool)
    case = a_case("o0", is_closed=False)
    signed = AssignmentSigned(proposal_id="o0", unit="教育局", signed_on=DAY)
    moved = HandlingResumed(
        proposal_id="o0", unit="教育局", resumed_on=DAY, due_on=date(2024, 12, 1)
    )
    await record_at_once(log, [ADOPTED, *case, signed])
    await follow(pool, CASES, D, 1000)
    await log.append(D, [Write(written([ADOPTED, *case, signed, moved])[-1:])])
    handling = Handling(log, DECIDER, lambda: EVENING)
    rows_of = Readings(pool, CASES).stored
    assert await Supervisor(handling, rows_of, no_calendar, [D], lambda: EVENING).look(D) == 0


async def alerts_raised(pool: asyncpg.Pool, later: Sequence[Event], before: int = 0) -> int:
    """What a look raises after these events, where a case has so many already."""
    log = EventLog(pool)
    filler = a_case("o0", is_closed=False) * before
    await log.append(D, [Write(written([*filler, *later])[before:])])
    await follow(pool, CASES, D, 1000)
    handling = Handling(log, DECIDER, lambda: EVENING)
    rows_of = Readings(pool, CASES).stored
    return await Supervisor(handling, rows_of, no_calendar, [D], lambda: EVENING).look(D)


async def test_a_unit_that_gets_its_part_back_with_the_same_day_is_warned_again(
    pool: asyncpg.Pool,
) -> None:
    (given_once,) = a_case("o0", is_closed=False)
    given_away, given_back = (
        ReturnGranted(proposal_id="o0", unit=unit, granted_on=DAY) for unit in ("教育局", "水务局")
    )
    between = given_once.model_copy(update={"unit": "水务局"})
    raised = await alerts_raised(pool, [ADOPTED, given_once])
    assert raised > 0
    back = [given_away, between, given_back, given_once]
    assert await alerts_raised(pool, back, before=1 + raised) == raised
    assert await alerts_raised(pool, [given_away], before=1 + raised + len(back) + raised) == 0
