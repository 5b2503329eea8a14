"""Two clerks on one case: who is slower is told what changed, and keeps what was typed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from contracts.vocabulary import ActorRole
from tests.journeys.conftest import Town
from tests.journeys.offices import Office, look, office_of
from tests.journeys.test_a_supervisor_runs_a_case import LEAD, by_unit, dispatched

CASE = "/districts/longgang/cases/20240001"
SAID = "已与提案人商定\n分两步办理。"


@pytest.fixture
async def office(town: Town, tmp_path: Path, chromium: str | None) -> AsyncIterator[Office]:
    async with office_of(town, tmp_path, chromium) as opened:
        yield opened


async def test_of_two_clerks_of_a_unit_the_slower_reads_what_the_other_did(
    town: Town, office: Office
) -> None:
    await dispatched(town)
    await by_unit(town, "sign-assignment", LEAD, signed_on="2024-03-11")
    unit = ActorRole.UNIT
    async with (
        office.desk_of("li", "李工", unit, LEAD) as li,
        office.desk_of("wu", "吴工", unit, LEAD) as wu,
    ):
        contact = 'form[action$="/record-contact"]'
        for page in (li, wu):
            await page.goto(CASE)
            await page.locator(".acts-list summary", has_text="登记与提案人的联系").click()
        await wu.locator(contact).get_by_label("联系方式").select_option("visit")
        await wu.locator(contact).get_by_label("沟通情况").fill(SAID)
        await li.locator(".acts-list summary", has_text="确定承办科室和经办人").click()
        await li.locator('form[action$="/name-handler"]').get_by_label("经办人").fill("李工")
        await li.get_by_role("button", name="确定承办科室和经办人").click()
        await expect(li.locator(".notice.good")).to_contain_text("已办理")

        await wu.get_by_role("button", name="登记与提案人的联系").click()
        changed = wu.locator(".overtaken")
        await expect(changed.get_by_role("alert")).to_contain_text("李工")
        await expect(changed).to_contain_text("确定经办人李工")
        kept = wu.locator("#chosen")
        await expect(kept.get_by_label("沟通情况")).to_have_value(SAID)
        await expect(kept.get_by_label("联系方式")).to_have_value("visit")
        await look(wu, "overtaken-case")
        await kept.get_by_role("button", name="登记与提案人的联系").click()
        await expect(wu.locator(".notice.good")).to_contain_text("已办理")
    case = await town.ask("assignment", "/cases/20240001")
    part = next(each for each in case["assignments"] if each["unit"] == LEAD)
    assert (part["handler"], part["contacts"][0]["note"]) == ("李工", SAID)
