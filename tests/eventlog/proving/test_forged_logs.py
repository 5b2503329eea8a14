"""A log that was signed with the right key, and in which something is twice or missing, is found."""

from pathlib import Path

import asyncpg
import pytest

from eventlog import EventLog
from tests.eventlog.bundles.packing import audited_bundle, exported
from tests.eventlog.proving import forging
from tests.eventlog.proving.forging import Forge, forge
from tests.eventlog.proving.writing import audited, write_events


@pytest.fixture
async def thirty_events(log: EventLog) -> EventLog:
    await write_events(log, 0, 30)
    return log


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (forging.give_20_the_id_of_9, "it has the event id of 9"),
        (forging.give_20_the_version_of_13, "version 2 does not come next in counter-c5"),
        (forging.leave_a_version_out_before_20, "version 4 does not come next in counter-c5"),
    ],
)
async def test_what_is_twice_or_missing_is_found_in_the_database_and_in_a_bundle(
    thirty_events: EventLog,
    connection: asyncpg.Connection,
    pool: asyncpg.Pool,
    tmp_path: Path,
    edit: Forge,
    said: str,
) -> None:
    await forge(connection, pool, edit)
    here = await audited(connection)
    away = audited_bundle(await exported(connection, tmp_path / "bundle.zip")).audit
    for audit in (here, away):
        first = audit.findings[0]
        assert (audit.signed_up_to, first.position, first.english) == (30, 20, said)


@pytest.mark.parametrize(
    ("edit", "position"), [(forging.put_two_at_20, 20), (forging.put_one_before_the_first, 0)]
)
async def test_an_event_that_nobody_reads_is_found(
    thirty_events: EventLog,
    connection: asyncpg.Connection,
    pool: asyncpg.Pool,
    monkeypatch: pytest.MonkeyPatch,
    edit: Forge,
    position: int,
) -> None:
    monkeypatch.setattr("eventlog.auditing.EVENTS_AT_ONCE", 20)
    await forge(connection, pool, edit)
    findings = (await audited(connection)).findings
    (found,) = [each for each in findings if "not all events are read" in each.english]
    assert found.position == position
