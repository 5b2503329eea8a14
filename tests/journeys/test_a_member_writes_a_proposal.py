"""A member writes a proposal on the pages, has it signed, and the committee reviews it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Page, expect

from contracts.vocabulary import ActorRole
from tests.journeys.conftest import Town
from tests.journeys.offices import Office, look, office_of

NEW = "/districts/longgang/years/2026/proposals/new"
TITLE = "关于整治老旧小区飞线充电的建议"
PHOTO = FilePayload(name="照片.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 a photograph")
WRONG = FilePayload(name="错传.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 another one")
NO_PHOTO = FilePayload(name="照片.pdf", mimeType="application/pdf", buffer=b"MZ a program")


@pytest.fixture
async def office(town: Town, tmp_path: Path, chromium: str | None) -> AsyncIterator[Office]:
    async with office_of(town, tmp_path, chromium) as opened:
        yield opened


async def press(page: Page, title: str) -> None:
    """Open the form of this name and send it as it stands."""
    if not await page.get_by_role("button", name=title, exact=True).is_visible():
        await page.locator("summary").get_by_text(title, exact=True).click()
    await page.get_by_role("button", name=title, exact=True).click()


async def handed_in_before(town: Town) -> None:
    earlier = {"proposal_id": "old", "year": 2023, "title": "关于治理老旧小区飞线充电问题的提案"}
    await town.done(
        "intake", "receive-proposal", earlier | {"form": "individual", "proposers": ["赵四"]}
    )


async def attaches_a_photograph(member: Page) -> None:
    """What is no photograph is refused, and what was attached by mistake is taken away."""
    await member.get_by_label("附上文件").set_input_files(NO_PHOTO)
    await member.get_by_role("button", name="上传").click()
    await expect(member.get_by_role("alert")).to_contain_text("内容与文件名的类型不符")
    await member.get_by_label("附上文件").set_input_files(PHOTO)
    await member.get_by_role("button", name="上传").click()
    await member.get_by_label("附上文件").set_input_files(WRONG)
    await member.get_by_role("button", name="上传").click()
    await member.get_by_role("button", name="移除附件 错传.pdf").click()
    await expect(member.get_by_role("link", name="错传.pdf")).to_have_count(0)
    await expect(member.get_by_role("link", name="照片.pdf")).to_be_visible()


async def finds_what_is_other(clerk: Page) -> None:
    await clerk.goto("/districts/longgang/years/2026/proposals")
    await clerk.get_by_label("提案类别").select_option("社会建设")
    await expect(clerk.locator("#proposals")).to_contain_text("没有符合条件的提案")
    await clerk.get_by_label("提案类别").select_option("其他")
    await expect(clerk.locator("#proposals tbody tr")).to_have_count(1)
    await look(clerk, "proposals")


async def files_it_as_social(clerk: Page) -> None:
    await clerk.locator("summary").get_by_text("立案", exact=True).click()
    filing = clerk.locator("form[action$='/file-proposal']")
    await filing.get_by_label("案号").fill("20260008")
    await filing.get_by_label("提案类别").select_option("社会建设")
    await look(clerk, "filing")
    await clerk.get_by_role("button", name="立案", exact=True).click()


async def test_a_draft_becomes_a_filed_proposal_with_a_second_name_on_it(
    town: Town, office: Office
) -> None:
    await handed_in_before(town)
    await town.done("intake", "file-proposal", {"proposal_id": "old", "number": "20230077"})
    member = ActorRole.PROPOSER
    async with (
        office.desk_of("chen", "陈一", member) as chen,
        office.desk_of("lin", "林二", member) as lin,
        office.desk_of("liu", "刘科员") as liu,
    ):
        await chen.goto(NEW)
        await chen.get_by_label("案由").press_sequentially(TITLE)
        await expect(chen.locator(".look-alikes")).to_contain_text("飞线充电问题")
        await chen.get_by_label("提案类别").select_option("其他")
        await chen.get_by_label("正文").fill("一、情况……\n二、建议：1. 建充电棚。")
        await look(chen, "draft")
        await press(chen, "暂存草稿")
        await expect(chen.locator("header .state")).to_have_text("草稿")

        await attaches_a_photograph(chen)

        await chen.locator("summary", has_text="征集联名").click()
        await chen.get_by_label("邀请联名的委员").fill("林二、王三")
        await chen.get_by_label("截止日期").fill("2099-12-31")
        await chen.get_by_role("button", name="征集联名", exact=True).click()
        await lin.goto(chen.url.partition("?")[0])
        await press(lin, "签名联名")
        await expect(lin.locator(".signatures")).to_contain_text("已签名")

        await chen.reload()
        await press(chen, "提交提案")
        await expect(chen.get_by_role("alert")).to_contain_text("还有王三没有答复")
        await look(chen, "cosigning")

        place = chen.url.removeprefix(office.address).removesuffix("/submit-proposal")
        proposal_id = place.rpartition("/")[2].partition("?")[0]
        declines = {"proposal_id": proposal_id, "name": "王三"}
        await town.done("intake", "decline-cosigning", declines, role=ActorRole.COMMITTEE)
        await chen.goto(f"/districts/longgang/proposals/{proposal_id}")
        await press(chen, "提交提案")
        await expect(chen.locator("header .state")).to_have_text("待审查")

        await finds_what_is_other(liu)
        await liu.get_by_role("link", name="尚未编号").click()
        await liu.locator("summary", has_text="初审通过").click()
        await liu.get_by_label("初审意见").fill("建议立案")
        await liu.get_by_role("button", name="初审通过", exact=True).click()
        await expect(liu.locator("header .state")).to_have_text("待终审")
        await look(liu, "review")
        await files_it_as_social(liu)
        await expect(liu.locator("header .state")).to_have_text("已立案")
        await expect(liu.locator(".case-head")).to_contain_text("陈一、林二")
        await expect(liu.locator(".case-head")).to_contain_text("社会建设")


async def test_the_proposer_reads_why_a_proposal_is_not_filed(town: Town, office: Office) -> None:
    await handed_in_before(town)
    refusal = {"reason": "academic", "notice": "已转区科技创新局参考。"}
    await town.done("intake", "refuse-proposal", {"proposal_id": "old"} | refusal)
    async with office.desk_of("zhao", "赵四", ActorRole.PROPOSER) as zhao:
        await zhao.goto("/districts/longgang/proposals/old")
        await zhao.get_by_role("link", name="不予立案告知书").click()
        await expect(zhao.locator(".notice-sheet")).to_contain_text("理由是：属于学术研讨")
        await expect(zhao.locator(".notice-sheet")).to_contain_text("已转区科技创新局参考。")
        await look(zhao, "notice")
