"""Two clerks act on one proposal at the same moment: one wins, the other keeps what was typed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from contracts.vocabulary import ActorRole
from tests.journeys.conftest import Town
from tests.journeys.offices import Office, look, office_of

PLACE = "/districts/longgang/proposals/p-1"
NOTICE = "内容与去年第20230077号相近，\n建议已转区住房建设局参考。"


@pytest.fixture
async def office(town: Town, tmp_path: Path, chromium: str | None) -> AsyncIterator[Office]:
    async with office_of(town, tmp_path, chromium) as opened:
        yield opened


async def received(town: Town) -> None:
    proposal = {"proposal_id": "p-1", "year": 2024, "title": "关于整治飞线充电的建议"}
    body = proposal | {"form": "individual", "proposers": ["委员甲"]}
    await town.done("intake", "receive-proposal", body)


async def open_form(page: Page, title: str) -> None:
    await page.goto(PLACE)
    await page.locator("summary", has_text=title).first.click()


async def fill_refusal(page: Page) -> None:
    await open_form(page, "不予立案")
    await page.get_by_label("不予立案的理由").select_option("内容空泛、没有具体建议")
    await page.locator("#refuse-proposal-notice").fill(NOTICE)


async def test_the_slower_clerk_is_told_what_changed_and_keeps_what_was_typed(
    town: Town, office: Office
) -> None:
    await received(town)
    async with office.desk_of("liu", "刘科员") as liu, office.desk_of("chen", "陈科员") as chen:
        await fill_refusal(chen)
        await open_form(liu, "立案")
        await liu.get_by_label("案号").fill("20240301")
        await liu.get_by_role("button", name="立案", exact=True).click()
        await expect(liu.get_by_role("status")).to_contain_text("已办理")

        await chen.get_by_role("button", name="不予立案").click()
        changed = chen.locator(".overtaken")
        await expect(changed.get_by_role("alert")).to_contain_text("刘科员")
        await expect(changed).to_contain_text("审查立案，案号第 20240301 号")
        await expect(chen.locator("#refuse-proposal-notice")).to_have_value(NOTICE)
        await expect(chen.get_by_label("不予立案的理由")).to_have_value("without_suggestion")
        await look(chen, "overtaken")

        await chen.get_by_role("button", name="不予立案").click()
        await expect(chen.get_by_role("alert")).to_contain_text("提案已立案，案号为第20240301号")
        await expect(chen.locator("#refuse-proposal-notice")).to_have_value(NOTICE)
        await look(chen, "refused")
    history = await town.ask("intake", "/proposals/p-1/events")
    assert [each["type"].split(".")[2] for each in history["events"]] == [
        "proposal_received",
        "proposal_filed",
    ]


async def test_what_still_holds_after_the_change_is_sent_again_as_it_stands(
    town: Town, office: Office
) -> None:
    await received(town)
    async with office.desk_of("liu", "刘科员") as liu, office.desk_of("chen", "陈科员") as chen:
        await open_form(liu, "列为重点提案")
        await open_form(chen, "立案")
        await chen.get_by_label("案号").fill("20240302")
        await liu.get_by_role("button", name="列为重点提案").click()
        await expect(liu.get_by_role("status")).to_contain_text("已办理")
        await chen.get_by_role("button", name="立案", exact=True).click()
        await expect(chen.locator(".overtaken")).to_contain_text("列为重点提案")
        await expect(chen.get_by_label("案号")).to_have_value("20240302")
        await chen.get_by_role("button", name="立案", exact=True).click()
        await expect(chen.get_by_role("status")).to_contain_text("已办理")
    proposal = await town.ask("intake", "/proposals/p-1")
    assert (proposal["state"], proposal["key"], proposal["number"]) == ("filed", True, "20240302")


async def test_of_two_who_press_at_the_same_moment_exactly_one_wins(
    town: Town, office: Office
) -> None:
    await received(town)
    async with office.desk_of("liu", "刘科员") as liu, office.desk_of("chen", "陈科员") as chen:
        await fill_refusal(chen)
        await open_form(liu, "立案")
        await liu.get_by_label("案号").fill("20240303")
        await asyncio.gather(
            liu.get_by_role("button", name="立案", exact=True).click(),
            chen.get_by_role("button", name="不予立案").click(),
        )
        for page in (liu, chen):
            await expect(page.locator(".overtaken, .notice.good")).to_have_count(1)
        won = [await page.locator(".notice.good").count() for page in (liu, chen)]
        lost = [await page.locator(".overtaken").count() for page in (liu, chen)]
    assert (sum(won), sum(lost)) == (1, 1)


async def test_a_page_that_nobody_overtook_needs_no_second_attempt(
    town: Town, office: Office
) -> None:
    """One's own act does not count against the next one: the page has caught up before it is shown."""
    await received(town)
    async with office.desk_of("liu", "刘科员", ActorRole.SUPERVISION) as liu:
        await open_form(liu, "列为重点提案")
        await liu.get_by_role("button", name="列为重点提案").click()
        await liu.locator("summary", has_text="立案").first.click()
        await liu.get_by_label("案号").fill("20240304")
        await liu.get_by_role("button", name="立案", exact=True).click()
        await expect(liu.locator("header .state")).to_have_text("已立案")
