"""The limits for signing and for asking to be released follow a notice too, each once."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg

from assignment.app import DECIDER
from assignment.commands import AdoptHolidayNotice
from assignment.projections.calendars import moves_under
from assignment.projections.cases import CASES
from assignment.projections.rows import PARTS
from assignment.projections.watched import open_parts
from contracts.assignment import (
    AssignmentDispatched,
    AssignmentSigned,
    Break,
    CaseEnded,
    CaseReopened,
    DueDateMoved,
    EarlyLimitsMoved,
    ReturnRequested,
)
from contracts.evaluation import RulebookAdopted
from contracts.event import Event
from contracts.identity import Actor
from contracts.intake import ProposalReceived
from contracts.rulebook import read_rulebook
from contracts.vocabulary import ActorRole, Duty, ProposalForm, Role
from eventlog import EventLog, Handling, Intent, Provenance, Write
from eventlog.replaying import Readings
from hosting.as_of import Asked, Views
from hosting.calendars import calendars_adopted, notice_of
from hosting.rulebooks import adopted_rulebook as find_rulebook
from tests.assignment.dying import CALENDAR, DISTRICT, NOW, clock, follower_of
from tests.projections.histories import record_at_once, written

YEAR = 2026
UNIT = "区教育局"
DISPATCHED_ON = date(2026, 12, 30)
TEXT = (Path(__file__).parents[2] / "deploy" / "rulebooks" / "baoji.toml").read_text("utf-8")
RULEBOOK = read_rulebook(TEXT)
DUE, RULE = RULEBOOK.due(Role.SOLE, DISPATCHED_ON, CALENDAR)
NEW_YEAR = Break(name="元旦", first=date(2027, 1, 1), last=date(2027, 1, 3))
LONGER = NEW_YEAR.model_copy(update={"last": date(2027, 1, 5)})
# Two and seven working days, over a New Year that nobody has announced yet, and over the announced.
BEFORE = (date(2027, 1, 1), date(2027, 1, 8))
AFTER = (date(2027, 1, 4), date(2027, 1, 11))
CLERK = Actor(subject="clerk", name="王科长", role=ActorRole.SUPERVISION, district=DISTRICT)
Limits = tuple[date | None, date | None]


def adopted_rulebook(text: str, version: int = 1) -> RulebookAdopted:
    return RulebookAdopted(
        year=YEAR, rulebook_id="baoji", version=version, sha256="0" * 64, text=text
    )


def a_case(proposal_id: str, *later: Event, **changes: Any) -> list[Event]:
    told: dict[str, Any] = {
        "proposal_id": proposal_id,
        "unit": UNIT,
        "year": YEAR,
        "number": proposal_id,
        "role": Role.SOLE,
        "own": True,
        "reporting": True,
        "dispatched_on": DISPATCHED_ON,
        "due_on": DUE.on,
        "due_rule": RULE,
        "sign_by": BEFORE[0],
        "return_until": BEFORE[1],
        "calendar_version": CALENDAR.version,
    }
    received = ProposalReceived(
        proposal_id=proposal_id,
        year=YEAR,
        title="题",
        form=ProposalForm.INDIVIDUAL,
        proposers=("甲",),
    )
    return [received, AssignmentDispatched(**told | changes), *later]


def signed(proposal_id: str) -> AssignmentSigned:
    return AssignmentSigned(proposal_id=proposal_id, unit=UNIT, signed_on=DISPATCHED_ON)


def asked(proposal_id: str) -> ReturnRequested:
    return ReturnRequested(
        proposal_id=proposal_id,
        unit=UNIT,
        reason="不属本单位职责",
        suggested_unit="区财政局",
        requested_on=DISPATCHED_ON,
    )


async def district(
    pool: asyncpg.Pool, *history: Event, text: str = TEXT
) -> Handling[Any, Any, Any]:
    log = EventLog(pool)
    await record_at_once(log, [adopted_rulebook(text), *history], DISTRICT)
    return Handling(log, DECIDER, clock)


async def adopts(
    pool: asyncpg.Pool, handling: Handling[Any, Any, Any], version: int, holiday: Break
) -> int:
    """The log position of the notice, all that follows from it being there too."""
    command = AdoptHolidayNotice(
        at=NOW, year=2027, source="通知", holidays=(holiday,), worked=(), version=version
    )
    provenance = Provenance(actor=CLERK, correlation_id=uuid4())
    handled = await handling.handle(DISTRICT, Intent(command, uuid4(), provenance))
    for _ in range(2):  # the notice, and then what moved because of it
        await follower_of(pool, handling).catch_up(DISTRICT)
    return handled.position


async def foreseen(pool: asyncpg.Pool, holiday: Break) -> dict[str, Limits]:
    """What a look at a notice shows before it is adopted."""
    log, source = EventLog(pool), Readings(pool, CASES).stored(DISTRICT)
    earlier = await calendars_adopted(log, DISTRICT, CALENDAR)
    calendar = earlier[-1].with_notice(2027, notice_of("通知", [holiday], []))
    rulebook_of = partial(find_rulebook, log, DISTRICT)
    moves = await moves_under(source, calendar, rulebook_of, earlier)
    return {each.proposal_id: (each.sign_by, each.return_until) for each in moves.early}


async def moved(pool: asyncpg.Pool, kind: type[Event]) -> list[str]:
    rows = await pool.fetch(
        "select stream from log.event where type = $1 order by stream", kind.type
    )
    return [row["stream"].removeprefix("case-") for row in rows]


async def limits(pool: asyncpg.Pool, as_of: int | None = None) -> dict[str, Limits]:
    views = Views(Readings(pool, CASES), clock)
    when = Asked(as_of=str(as_of)) if as_of else Asked()
    async with views.of(DISTRICT, when) as view:
        parts = await view.source.rows(PARTS)
    return {each.proposal_id: (each.sign_by, each.return_until) for each in parts}


async def test_early_limits_move_though_the_deadline_does_not_and_only_while_they_are_open(
    pool: asyncpg.Pool,
) -> None:
    handling = await district(
        pool,
        *a_case("unsigned"),
        *a_case("signed", signed("signed")),
        *a_case("asked", asked("asked")),
        *a_case("leaving", signed("leaving"), asked("leaving")),
        *a_case("ended", CaseEnded(proposal_id="ended", reason="撤案")),
        *a_case("by-hand", due_on=date(2027, 5, 1), due_rule="by-hand"),
        *a_case("told", due_rule="ledger", sign_by=None, return_until=None),
    )
    await follower_of(pool, handling).catch_up(DISTRICT)
    seen = await foreseen(pool, NEW_YEAR)
    position = await adopts(pool, handling, 2, NEW_YEAR)
    expected: dict[str, Limits] = {
        "unsigned": AFTER,
        "signed": (BEFORE[0], AFTER[1]),
        "asked": (AFTER[0], BEFORE[1]),
        "leaving": BEFORE,
        "ended": BEFORE,
        "by-hand": AFTER,
        "told": (None, None),
    }
    assert await limits(pool) == expected
    changed = ["asked", "by-hand", "signed", "unsigned"]
    assert seen == {each: expected[each] for each in changed}
    assert await moved(pool, EarlyLimitsMoved) == changed
    assert await moved(pool, DueDateMoved) == []
    watched = await open_parts(Readings(pool, CASES).stored(DISTRICT))
    signing = {
        each.proposal_id: limit.due_on
        for each in watched
        for limit in each.limits
        if limit.duty is Duty.SIGNING
    }
    assert signing == dict.fromkeys(["asked", "by-hand", "unsigned"], AFTER[0])
    before = await limits(pool, as_of=position)
    assert set(before.values()) == {BEFORE, (None, None)}

    await pool.execute("update log.checkpoint set position = 0 where follower like '%.reactions'")
    await follower_of(pool, handling).catch_up(DISTRICT)
    assert await moved(pool, EarlyLimitsMoved) == changed


async def test_early_limits_that_were_computed_before_a_notice_and_recorded_after_it_follow_it(
    pool: asyncpg.Pool,
) -> None:
    handling = await district(pool)
    await adopts(pool, handling, 2, NEW_YEAR)
    await record_at_once(handling.log, a_case("late"), DISTRICT)
    for _ in range(2):
        await follower_of(pool, handling).catch_up(DISTRICT)
    assert await limits(pool) == {"late": AFTER}


async def test_a_notice_that_was_adopted_while_a_case_had_ended_holds_when_it_goes_on(
    pool: asyncpg.Pool,
) -> None:
    part: dict[str, Any] = {"due_on": BEFORE[1], "due_rule": f"{RULEBOOK.id}/limits.sole"}
    course = a_case("merged", CaseEnded(proposal_id="merged", reason="并案"), **part)
    text = TEXT.replace("[limits.sole]\nmonths = 3", "[limits.sole]\nworking_days = 7", 1)
    handling = await district(pool, *course, *a_case("other", **part), text=text)
    await adopts(pool, handling, 2, NEW_YEAR)
    assert (await limits(pool))["merged"] == BEFORE
    goes_on = CaseReopened(proposal_id="merged", reason="并案撤销")
    await handling.log.append(DISTRICT, [Write(written([*course, goes_on], DISTRICT)[-1:])])
    for _ in range(2):
        await follower_of(pool, handling).catch_up(DISTRICT)
    assert (await limits(pool))["merged"] == AFTER
    assert await moved(pool, EarlyLimitsMoved) == ["merged", "other"]
    assert await moved(pool, DueDateMoved) == ["merged", "other"]


async def test_a_corrected_notice_moves_early_limits_again_and_another_rule_moves_none(
    pool: asyncpg.Pool,
) -> None:
    handling = await district(pool, *a_case("a"))
    await adopts(pool, handling, 2, NEW_YEAR)
    await adopts(pool, handling, 3, LONGER)
    again = (date(2027, 1, 6), date(2027, 1, 13))
    assert await limits(pool) == {"a": again}
    other = TEXT.replace("[limits.signing]\nworking_days = 2", "[limits.signing]\nworking_days = 9")
    assert other != TEXT
    amended = written([adopted_rulebook(TEXT), adopted_rulebook(other, version=2)], DISTRICT)
    await handling.log.append(DISTRICT, [Write(amended[1:])])
    await adopts(pool, handling, 4, NEW_YEAR)
    assert await limits(pool) == {"a": (again[0], AFTER[1])}
