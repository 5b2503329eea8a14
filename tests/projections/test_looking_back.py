"""As of a position: what a system that had stopped there showed, and no table is touched for it."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assignment.projections.reading import cases_of_year, find_case
from contracts.event import Event
from contracts.identity import Actor
from contracts.importing import ClueAdopted
from contracts.intake import ProposalReceived
from contracts.shown import end_of
from contracts.vocabulary import CHINA, ActorRole, ProposalForm
from evaluation.projections.facts import CLUES
from evaluation.projections.reading import facts_of_year
from evaluation.projections.scores import SCORES
from eventlog import EventLog, replaying
from eventlog.log import STATEMENTS
from eventlog.projecting import Projector
from eventlog.readmodels import Source
from eventlog.replaying import Readings
from hosting.as_of import (
    Asked,
    MomentInTheFuture,
    MomentNotUnderstood,
    PositionBeyondTheLog,
    Views,
    read_moment,
)
from intake.projections.reading import find_proposal, proposals_of_year
from tests.projections.dumping import MODELS, dump, empty, follow, forget_everything
from tests.projections.histories import (
    A_COURSE,
    FIRST,
    D,
    histories,
    record,
    record_at_once,
)

NOW = datetime(2024, 10, 1, 4, tzinfo=UTC)


CLERK = Actor(subject="liu", name="刘科员", role=ActorRole.SUPERVISION, district=D)


async def answers(sources: dict[str, Source]) -> list[object]:
    """What every reader of every service says."""
    said: list[object] = []
    for year in (2023, 2024):
        said.append(await facts_of_year(sources["evaluation"], year))
        said.append(await cases_of_year(sources["assignment"], year))
        said.append(await proposals_of_year(sources["intake"], year, CLERK))
    for proposal_id in ("1", "2", "3"):
        said.append(await find_case(sources["assignment"], proposal_id))
        said.append(await find_proposal(sources["intake"], proposal_id))
    return said


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories, data=st.data())
async def test_as_of_a_position_is_what_a_system_stopped_there_showed(
    pool: asyncpg.Pool, log: EventLog, history: list[Event], data: st.DataObject
) -> None:
    position = data.draw(st.integers(0, len(history) - 1), "position")
    await forget_everything(pool)
    await record_at_once(log, history[:position])
    for model in MODELS.values():
        await follow(pool, model, D, 1000)
    readings = {model.follower: Readings(pool, model) for model in MODELS.values()}
    shown_then = await answers({name: each.stored(D) for name, each in readings.items()})

    await forget_everything(pool)
    await record_at_once(log, history)
    for model in MODELS.values():
        await follow(pool, model, D, 1000)
    tables = await dump(pool)
    past = {name: (await each.as_of(D, position)).source for name, each in readings.items()}

    assert await answers(past) == shown_then
    assert await dump(pool) == tables


async def test_step_by_step_the_past_is_what_was_shown_at_each_position(
    pool: asyncpg.Pool, log: EventLog
) -> None:
    """Each of these events changes some answer, so that none can be left out or taken too early."""
    history = A_COURSE
    readings = {model.follower: Readings(pool, model) for model in MODELS.values()}
    stored = {name: each.stored(D) for name, each in readings.items()}
    shown: list[list[object]] = [await answers(stored)]
    await record_at_once(log, history)
    events = await log.read_after(D, 0)
    for one in events:
        for model in MODELS.values():
            async with pool.acquire() as connection, connection.transaction():
                await Projector(model)(connection, [one])
        shown.append(await answers(stored))
    assert all(earlier != later for earlier, later in pairwise(shown))
    for position, answered in enumerate(shown):
        past = {name: (await each.as_of(D, position)).source for name, each in readings.items()}
        assert await answers(past) == answered, position


def received(nth: int) -> ProposalReceived:
    return ProposalReceived(
        proposal_id=str(nth),
        year=2024,
        title="关于试办的建议",
        form=ProposalForm.INDIVIDUAL,
        proposers=("委员甲",),
    )


async def test_a_moment_means_the_last_event_recorded_by_then(
    pool: asyncpg.Pool, log: EventLog
) -> None:
    await record(log, [received(nth) for nth in range(9)])
    for minutes in range(-1, 12):
        moment = FIRST + timedelta(minutes=minutes, seconds=30)
        found = await pool.fetchval(STATEMENTS["position_at"], D, moment)
        assert found == min(max(minutes + 1, 0), 9)
    assert await pool.fetchval(STATEMENTS["position_at"], D, FIRST) == 1
    assert await pool.fetchval(STATEMENTS["position_at"], "nowhere", NOW) == 0


async def test_an_answer_says_which_position_and_moment_it_is_of(
    pool: asyncpg.Pool, log: EventLog
) -> None:
    await record(log, [received(nth) for nth in range(4)])
    views = Views(Readings(pool, SCORES), lambda: NOW)
    async with views.of(D, Asked(as_of="2024-03-01T09:02:10+08:00")) as view:
        shown = view.shown
    assert (shown.position, shown.recorded_at) == (3, FIRST + timedelta(minutes=2))
    assert (shown.is_past, shown.as_of) == (True, FIRST + timedelta(minutes=2, seconds=10))

    async with views.of(D, Asked(as_of="2024-02-28")) as view:
        assert (view.shown.position, view.shown.recorded_at) == (0, None)
        assert (await facts_of_year(view.source, 2024)).assignments == []


async def test_what_happened_later_is_left_out_though_it_was_recorded_with_the_rest(
    pool: asyncpg.Pool, log: EventLog
) -> None:
    await record(log, [received(1), _clue(date(2024, 9, 30)), _clue(date(2024, 10, 1))])
    readings = Readings(pool, SCORES)
    past = await readings.as_of(D, 3, end_of(date(2024, 9, 30)))
    assert [clue.number for clue in await past.source.rows(CLUES, year=2024)] == ["2024-09-30"]
    whole = await readings.as_of(D, 3)
    assert len(await whole.source.rows(CLUES, year=2024)) == 2


async def test_what_has_happened_by_today_is_one_state_all_day(
    pool: asyncpg.Pool, log: EventLog
) -> None:
    await record(log, [received(1), _clue(date(2024, 9, 30))])
    moments = iter([NOW, NOW + timedelta(hours=1)])
    views = Views(Readings(pool, SCORES), lambda: next(moments))
    sources, shown = [], []
    for _ in range(2):
        async with views.of(D, Asked(happened_by="2024-10-01")) as view:
            sources.append(view.source)
            shown.append(view.shown.happened_by)
    assert sources[0] is sources[1]
    assert shown == [NOW, NOW + timedelta(hours=1)]


async def test_events_that_are_not_counted_yet_are_told(pool: asyncpg.Pool, log: EventLog) -> None:
    await record(log, [received(1)])
    await follow(pool, SCORES, D, 1000)
    await record(log, [_clue(date(2024, 9, 30)), _clue(date(2024, 10, 1))])
    views = Views(Readings(pool, SCORES), lambda: NOW)
    async with views.of(D, Asked()) as view:
        assert (view.shown.position, view.shown.behind, view.shown.is_past) == (1, 2, False)


async def test_a_position_beyond_the_log_is_refused(pool: asyncpg.Pool, log: EventLog) -> None:
    await record(log, [received(1)])
    views = Views(Readings(pool, SCORES), lambda: NOW)
    with pytest.raises(PositionBeyondTheLog, match="第 2 条"):
        async with views.of(D, Asked(as_of="2")):
            pass


@pytest.mark.parametrize("asked", ["2024-10-02", "2024-10-01T12:00:01+08:00", "9999-12-31"])
def test_a_moment_that_has_not_come_is_refused(asked: str) -> None:
    with pytest.raises(MomentInTheFuture):
        read_moment(asked, NOW)


@pytest.mark.parametrize("asked", ["yesterday", "2024-13-01", "2024-02-30", "-1", "1.5", "９月"])
def test_what_is_no_moment_is_refused(asked: str) -> None:
    with pytest.raises(MomentNotUnderstood):
        read_moment(asked, NOW)


def test_a_day_ends_when_it_ends_in_china_and_today_is_so_far() -> None:
    assert read_moment("2024-09-30", NOW) == datetime(2024, 9, 30, 23, 59, 59, 999_999, CHINA)
    assert read_moment("2024-10-01", NOW) == NOW
    assert read_moment("2024-09-30T18:00", NOW) == datetime(2024, 9, 30, 10, tzinfo=UTC)


async def test_a_past_state_survives_that_tables_are_empty(
    pool: asyncpg.Pool, log: EventLog
) -> None:
    await record(log, [_clue(date(2024, 9, 30))])
    await empty(pool)
    past = await Readings(pool, SCORES).as_of(D, 1)
    assert len(await past.source.rows(CLUES, year=2024)) == 1


async def test_what_many_ask_for_at_once_is_replayed_once(
    pool: asyncpg.Pool, log: EventLog
) -> None:
    await record(log, [received(nth) for nth in range(3)])
    readings = Readings(pool, SCORES)
    found = await asyncio.gather(*(readings.as_of(D, 3) for _ in range(5)), readings.as_of(D, 2))
    assert len({id(each.source) for each in found[:5]}) == 1
    assert found[5].source is not found[0].source


@pytest.mark.parametrize(("limit", "most"), [("STATES_KEPT", 2), ("ROWS_KEPT", 5)])
async def test_what_was_asked_for_longest_ago_is_let_go_first(
    pool: asyncpg.Pool, log: EventLog, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(replaying, limit, most)
    await record(log, [_clue(date(2024, 9, day)) for day in range(1, 5)])
    readings = Readings(pool, SCORES)
    first, second = [(await readings.as_of(D, each)).source for each in (1, 2)]
    assert (await readings.as_of(D, 1)).source is first
    third = (await readings.as_of(D, 3)).source
    assert (await readings.as_of(D, 1)).source is first
    assert (await readings.as_of(D, 3)).source is third
    assert (await readings.as_of(D, 2)).source is not second


def _clue(day: date) -> Event:
    return ClueAdopted(
        year=2024, number=day.isoformat(), title="线索", unit="教育局", adopted_on=day
    )
