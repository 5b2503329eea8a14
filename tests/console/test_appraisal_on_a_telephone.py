"""A clerk types the self-score in a real browser, beside what was computed."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, async_playwright

from console.endpoints.visits import SESSION_COOKIE
from contracts.appraisal import AppraisalStage
from contracts.identity import Actor, issue_token
from contracts.vocabulary import ActorRole
from hosting.clock import system_clock
from tests.console.stand_ins import Services
from tests.console.test_appraisal import APPRAISAL, accepts, stands_at
from tests.console.test_browser import IS_TOO_WIDE, TELEPHONE, address, path_of_the_browser

__all__ = ["address"]


@pytest.fixture
async def page(address: str, private_key: str) -> AsyncIterator[Page]:
    clerk = Actor(subject="liu", name="刘科员", role=ActorRole.SUPERVISION, district="longgang")
    token = issue_token(clerk, private_key, at=system_clock(), valid=timedelta(hours=1))
    async with async_playwright() as playwright:
        browser: Browser = await playwright.chromium.launch(
            executable_path=path_of_the_browser(),
            args=["--no-sandbox", "--disable-gpu", "--headless"],
        )
        context = await browser.new_context(base_url=address, viewport=TELEPHONE, locale="zh-CN")
        await context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": address}])
        yield await context.new_page()
        await browser.close()


async def test_a_self_score_is_typed_on_a_telephone(page: Page, services: Services) -> None:
    stands_at(services, AppraisalStage.FROZEN)
    accepts(services, "self-score")
    await page.goto(APPRAISAL)
    assert not await page.evaluate(IS_TOO_WIDE)
    claimed = page.get_by_label("提供提案线索或选题并被采用：自评分值")
    assert await claimed.input_value() == "1"
    await claimed.fill("3")
    await page.get_by_label("提供提案线索或选题并被采用：理由").fill("另有一条")
    await page.get_by_role("button", name="保存自评").click()
    await page.wait_for_url(f"**{APPRAISAL}")
    (given,) = [each for each in services.evaluation.requests if each.method == "POST"]
    items = {each["item"]: each for each in json.loads(given.content)["items"]}
    assert (items["adopted-clue"]["claimed"], items["adopted-clue"]["reason"]) == ("3", "另有一条")
    assert len(items) == 7
