"""A published case, opened by somebody who is not signed in, and then by a member whose it is not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from contracts.vocabulary import ActorRole
from tests.journeys.conftest import Town
from tests.journeys.offices import DESK, Office, look, office_of
from tests.journeys.test_a_supervisor_runs_a_case import CASE, LEAD, answered

PAGE = "/districts/longgang/cases/20240001"
SERVED = [
    ("intake", "/proposals/20240001"),
    ("intake", "/proposals/20240001/events"),
    ("assignment", "/cases/20240001"),
    ("assignment", "/cases/20240001/events"),
    ("evaluation", "/years/2024/figures"),
]


@pytest.fixture
async def office(town: Town, tmp_path: Path, chromium: str | None) -> AsyncIterator[Office]:
    async with office_of(town, tmp_path, chromium) as opened:
        yield opened


async def published(town: Town) -> None:
    await answered(town)
    body = CASE | {"unit": LEAD, "published_on": "2024-06-03"}
    await town.done("assignment", "publish-reply", body, role=ActorRole.UNIT, unit=LEAD)


async def test_a_stranger_is_asked_to_sign_in_and_a_member_reads_what_was_published(
    town: Town, office: Office
) -> None:
    await published(town)
    title = (await town.ask("intake", "/proposals/20240001"))["title"]
    await is_asked_to_sign_in(office, title)
    for service, path in SERVED:
        answer = await getattr(town, service).get(f"/districts/longgang{path}")
        assert (answer.status_code, title in answer.text) == (401, False), path
    await reads_the_answer_and_nothing_else(office, title)


async def is_asked_to_sign_in(office: Office, title: str) -> None:
    """Nothing of the case is on the page, which keeps where the stranger wanted to go."""
    context = await office.browser.new_context(base_url=office.address, viewport=DESK)
    page = await context.new_page()
    for path in (PAGE, PAGE.replace("cases", "proposals"), "/districts/longgang/years/2024"):
        await page.goto(path)
        await expect(page.get_by_role("heading", level=1)).to_have_text("登录")
        await expect(page.locator("input[name=back]")).to_have_value(path)
        seen = await page.content()
        assert title not in seen
        assert LEAD not in seen
    await look(page, "stranger")
    await page.get_by_label("用户名").fill("nobody")
    await page.get_by_label("密码").fill("nothing")
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_role("alert")).to_contain_text("用户名或密码不正确")
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    await expect(page.locator("input[name=back]")).to_have_value("/districts/longgang/years/2024")
    await context.close()


async def reads_the_answer_and_nothing_else(office: Office, title: str) -> None:
    """The title, the answer and no form; what was between the unit and its proposer is left out."""
    async with office.desk_of("stranger", "委员乙", ActorRole.PROPOSER) as member:
        await member.goto(PAGE)
        await expect(member.get_by_role("heading", level=1)).to_have_text(title)
        card = member.locator("article.card", has_text=LEAD)
        await expect(card).to_contain_text("已答复")
        await expect(card).not_to_contain_text("未记录")
        await expect(member.locator("main")).to_contain_text("您看到的是已经公开的答复")
        await look(member, "published")
        await expect(member.locator("main form.act")).to_have_count(0)
        assert await member.locator("article.card").count() == 1
        await expect(member.get_by_text("催办")).to_have_count(0)
        await member.goto("/districts/longgang/years/2024/summary")
        await expect(member.get_by_role("alert")).to_contain_text("您是以提案人身份登录的")
