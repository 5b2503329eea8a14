"""An import that others get ahead of, and limits of a list that follow the calendar: over a real log."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import chinese_calendar
import pytest

from contracts.handing_down import ProposalHandedDown
from contracts.identity import Actor
from contracts.rulebook import read_rulebook
from contracts.vocabulary import ActorRole, ProposalForm, Role
from contracts.working_days import read_calendar
from eventlog import EventLog, Handling, Intent, Provenance
from eventlog.identifying import id_at
from hosting.directories import read_directories
from intake.app import DECIDER
from intake.commands import FileProposal, IntakeCommand, ReceiveProposal
from intake.endpoints.handing_down import HandedDownList
from intake.endpoints.importing import Desk, Import
from ledger import LedgerReport, read_ledger
from tests.journeys.ledgers import changed_ledger

DEPLOY = Path(__file__).parents[2] / "deploy"
SAMPLE = DEPLOY / "samples/longgang-2024.xlsx"
TEXT = (DEPLOY / "rulebooks/shenzhen-2024.toml").read_text("utf-8")
RULEBOOK = read_rulebook(TEXT)
CLERK = Actor(subject="clerk", name="王科长", role=ActorRole.SUPERVISION, district="longgang")
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
HELD, RIGHT = "20240104", "20240140"
PLACE = ("longgang", 2024, CLERK)


@pytest.fixture
async def desk(database: str) -> AsyncIterator[Desk]:
    calendar = read_calendar((DEPLOY / "calendars/china.toml").read_text("utf-8"))
    async with asyncpg.create_pool(database, min_size=1, max_size=4) as pool:
        handling: Handling[Any, Any, Any] = Handling(EventLog(pool), DECIDER, lambda: NOW)
        yield Desk(handling, read_directories(DEPLOY / "districts"), lambda: NOW, calendar)


def importing(desk: Desk, content: bytes) -> Import:
    directory = desk.directories.find("longgang")
    ledger = read_ledger(content, "台账.xlsx", district=directory, year=2024)
    return Import(desk, *PLACE, ledger, RULEBOOK)


async def give(desk: Desk, command: IntakeCommand) -> None:
    provenance = Provenance(actor=CLERK, correlation_id=uuid4())
    await desk.handling.handle("longgang", Intent(command, id_at(NOW), provenance))


async def file_another(desk: Desk, number: str) -> None:
    """Somebody files a proposal of their own under a number."""
    received = ReceiveProposal(
        at=NOW,
        proposal_id="p-1",
        year=2024,
        title="关于整治飞线充电的建议",
        form=ProposalForm.INDIVIDUAL,
        proposers=("委员甲",),
    )
    await give(desk, received)
    await give(desk, FileProposal(at=NOW, proposal_id="p-1", number=number))


async def imported(desk: Desk, content: bytes) -> LedgerReport:
    again = importing(desk, content)
    await again.foresee()
    await again.write()
    return again.report(checked_only=False)


async def test_a_number_that_is_taken_meanwhile_keeps_out_its_row_alone_and_the_next_import_completes(
    desk: Desk,
) -> None:
    overtaken = importing(desk, SAMPLE.read_bytes())
    await overtaken.foresee()
    assert not overtaken.has_errors
    await file_another(desk, HELD)
    await overtaken.write()

    report = overtaken.report(checked_only=False)
    (error,) = [each for each in report.problems if each.severity == "error"]
    assert (error.code, report.written) == ("number_taken", True)
    assert (report.new_rows, report.different_rows) == (32, 1)
    assert "1行因此没有写入" in report.message
    assert "再导入一次" in report.message
    assert "import again" in report.message_en

    mended = await imported(desk, changed_ledger(SAMPLE, {HELD: {"案号": RIGHT}}))
    assert (mended.new_rows, mended.unchanged_rows, mended.different_rows) == (1, 32, 0)
    assert "没有写入" not in mended.message
    again = await imported(desk, changed_ledger(SAMPLE, {HELD: {"案号": RIGHT}}))
    assert (again.new_rows, again.unchanged_rows, again.written) == (0, 33, False)


async def test_the_limit_of_a_list_from_above_leaves_out_days_off_where_it_counts_working_days(
    desk: Desk,
) -> None:
    text = TEXT.replace("months = 3", "working_days = 30").replace(
        "months = 1", "working_days = 12"
    )
    directory = desk.directories.find("longgang")
    ledger = read_ledger(SAMPLE.read_bytes(), "清单.xlsx", district=directory, year=2024)
    rows = {placed.row.number: placed.row for placed in ledger.rows}
    batch = HandedDownList(desk, *PLACE, ledger, read_rulebook(text))
    batch.calendar = desk.calendar
    await batch.foresee()
    await batch.write()
    counted = set()
    for number, row in rows.items():
        for recorded in await desk.handling.log.read_stream("longgang", f"proposal-{number}"):
            if recorded.type == ProposalHandedDown.type and row.due_on is None:
                due_on = date.fromisoformat(recorded.data["due_on"])
                worked = chinese_calendar.get_workdays(row.dispatched_on, due_on)
                counted.add((row.role, len([day for day in worked if day > row.dispatched_on])))
    assert {days for role, days in counted if role is not Role.CO} == {30}
    assert {days for role, days in counted if role is Role.CO} <= {12}
