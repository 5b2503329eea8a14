"""A clerk pastes a notice into the console, sees which deadlines move, and adopts it."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from console.app import create_app
from console.endpoints.services import Clients
from console.endpoints.visits import SESSION_COOKIE
from console.settings import Settings
from contracts.vocabulary import ActorRole
from hosting.clock import system_clock
from tests.console.visiting import joined, send_form, visitor_of
from tests.journeys.conftest import Town
from tests.journeys.test_a_case_of_a_strict_place import LEAD, PLACE, dispatched, part_of

LONG = PLACE.read_text("utf-8").replace(
    "[limits.lead]\nmonths = 3", "[limits.lead]\nworking_days = 700", 1
)
TEXT = "一、春节：2月5日至11日放假，共7天。"


@pytest.fixture
async def clerk(town: Town, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    accounts = tmp_path / "accounts.toml"
    accounts.write_text("accounts = []\n", encoding="utf-8")
    settings = Settings(
        intake_url="http://town",
        assignment_url="http://town",
        evaluation_url="http://town",
        tian_private_key=SecretStr(town.private_key),
        console_accounts_file=accounts,
        console_uploads=tmp_path / "uploads",
    )
    app = create_app(settings, Clients(town.intake, town.assignment, town.evaluation))
    async with visitor_of(app) as client:
        client.cookies.set(SESSION_COOKIE, town.token(ActorRole.SUPERVISION))
        yield client


async def test_a_notice_is_pasted_seen_and_adopted_and_deadlines_follow(
    town: Town, clerk: httpx.AsyncClient
) -> None:
    await dispatched(town, LONG, system_clock().date().isoformat())
    year = max((await town.ask("assignment", "/calendar"))["years"]) + 1
    here = f"/districts/longgang/years/{year}/calendar"
    assert "本年度的节假日安排还没有公布" in joined(await clerk.get(here))

    notice = {"source": "国务院办公厅通知（样例）", "text": TEXT}
    tried = await send_form(clerk, f"{here}/check", notice)
    assert "1个期限有变化" in joined(tried)
    version = re.search(r'name="version" value="(\d+)"', tried.text)
    later = re.search(r"<strong>(\d{4}-\d{2}-\d{2})</strong>", tried.text)
    assert version
    assert later
    before = await part_of(town, LEAD)
    assert before["due_on"] < later[1]

    confirmed = notice | {"version": version[1], "key": "once"}
    done = await send_form(clerk, here, confirmed)
    assert (done.status_code, done.headers["location"]) == (303, f"{here}?adopted=true")
    await town.settle()
    assert (await part_of(town, LEAD))["due_on"] == later[1]
    shown = joined(await clerk.get(here))
    assert "本区采用" in shown
    assert "王科长（督查室）" in shown

    stale = await send_form(
        clerk,
        here,
        confirmed | {"text": TEXT.replace("11日", "9日").replace("7天", "5天"), "key": "twice"},
    )
    assert stale.status_code == 409
    assert "节假日安排已更新到第" in joined(stale)
    words = joined(await clerk.get("/districts/longgang/years/2024/rulebook?beside=hongkou"))
    assert "主办答复不同700个工作日" in words
