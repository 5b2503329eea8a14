"""One case from its dispatch to its rating, under a strict rulebook, by nothing but the page's forms."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from contracts.vocabulary import ActorRole
from tests.journeys.conftest import ROOT, Town
from tests.journeys.offices import TELEPHONE, Office, look, office_of

CASE = "/districts/longgang/cases/20240001"
LEAD, CO, OTHER = "龙岗区科技创新局", "龙岗区教育局", "龙岗区发展和改革局"
RULEBOOK = (ROOT / "deploy" / "rulebooks" / "baoji.toml").read_text("utf-8")
STRICT = RULEBOOK.replace("[handling]", "[handling]\nleader_signs = true\nreviewed = true", 1)
POINTS = "1. 增设充电设施\n2. 加强巡查"
IS_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
TOO_SMALL_TO_TOUCH = """
[...document.querySelectorAll("main button, main summary, main .more-acts a, main select, main input:not([type=hidden]):not([type=checkbox])")]
    .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 40)
    .map((one) => one.outerHTML.slice(0, 120))
"""


@pytest.fixture
async def office(town: Town, tmp_path: Path, chromium: str | None) -> AsyncIterator[Office]:
    async with office_of(town, tmp_path, chromium) as opened:
        yield opened


async def filed(town: Town) -> None:
    await town.done("evaluation", "adopt-rulebook", {"year": 2024, "text": STRICT})
    proposal = {"proposal_id": "20240001", "year": 2024, "title": "关于整治飞线充电的建议"}
    body = proposal | {"form": "individual", "proposers": ["委员甲"]}
    await town.done("intake", "receive-proposal", body, role=ActorRole.PROPOSER, name="委员甲")
    number = {"proposal_id": "20240001", "number": "20240001"}
    await town.done("intake", "file-proposal", number, role=ActorRole.COMMITTEE)


@dataclass(frozen=True)
class Clerk:
    """Somebody at the page of the case, who does one thing after the other."""

    page: Page
    town: Town

    async def opens(self, command: str) -> Locator:
        """The form of a command: among what is to be done now, or behind a link."""
        await self.page.goto(CASE)
        form = self.page.locator(f'form[action$="/{command}"]').first
        if not await form.count():
            link = self.page.locator(f'.more-acts a[href*="act={command}&"]').first
            if not await link.count():
                link = self.page.locator(f'.more-acts a[href*="act={command}#"]').first
            await self.page.goto(str(await link.get_attribute("href")))
            form = self.page.locator(f'#chosen form[action$="/{command}"]')
        elif not await form.is_visible():
            await self.page.locator("details", has=form).last.locator("summary").first.click()
        return form

    async def does(self, command: str, **typed: str) -> None:
        form = await self.opens(command)
        await fill(form, **typed)
        await form.locator("button[type=submit]").click()
        await expect(self.page.locator(".notice.good")).to_contain_text("已办理")

    async def moves_the_limit(self, command: str, **typed: str) -> str:
        """The new limit is shown before it is confirmed; returns what was shown."""
        form = await self.opens(command)
        await fill(form, **typed)
        await form.get_by_role("button", name="核对新的期限").click()
        shown = await self.page.locator("#chosen .notice").inner_text()
        await look(self.page, f"foreseen-{command}")
        await self.page.locator("#chosen").get_by_role("button", name="确认").click()
        await expect(self.page.locator(".notice.good")).to_contain_text("已办理")
        return shown


async def fill(form: Locator, **typed: str) -> None:
    for name, value in typed.items():
        blank = form.locator(f'[name="{name.replace("_point_", "point-")}"]')
        if await blank.evaluate("one => one.tagName") == "SELECT":
            await blank.select_option(value)
        else:
            await blank.fill(value)


@dataclass(frozen=True)
class People:
    """Who takes part, each with a browser of their own."""

    office: Clerk
    lead: Clerk
    co: Clerk
    proposer: Clerk


@pytest.fixture
async def people(town: Town, office: Office) -> AsyncIterator[People]:
    async with AsyncExitStack() as stack:

        async def clerk(name: str, role: ActorRole, unit: str | None = None) -> Clerk:
            desk = office.desk_of(unit or role.value, name, role, unit)
            return Clerk(await stack.enter_async_context(desk), town)

        yield People(
            office=await clerk("王科长", ActorRole.SUPERVISION),
            lead=await clerk("李工", ActorRole.UNIT, LEAD),
            co=await clerk("赵老师", ActorRole.UNIT, CO),
            proposer=await clerk("委员甲", ActorRole.PROPOSER),
        )


async def test_one_case_is_handled_from_dispatch_to_rating_by_forms(
    town: Town, people: People
) -> None:
    await filed(town)
    await town.settle()
    await begun(people)
    await given_more_time(people)
    await written_and_issued(people)
    await kept_and_rated(town, people)
    case = await town.ask("assignment", "/cases/20240001")
    lead, co = (
        next(each for each in case["assignments"] if each["unit"] == unit) for unit in (LEAD, CO)
    )
    assert (lead["state"], lead["satisfaction"], lead["result_class"]) == (
        "closed",
        "satisfied",
        "B",
    )
    assert [each["standing"] for each in lead["commitments"]] == ["slipped"]
    assert [(each["number"], each["state"]) for each in lead["results"]] == [(1, "done")]
    assert [each["ruling"] for each in lead["drafts"]] == ["sent_back", "passed"]
    assert (co["state"], co["opinion"]) == ("closed", "建议分两期建设，先行试点。")
    assert [each["proposer"] for each in lead["deliveries"]] == ["委员甲"]


async def begun(people: People) -> None:
    """Dispatched with a co-unit, signed, talked to, an opinion given twice and taken up."""
    await people.office.does(
        "dispatch-case", answering=LEAD, answering_role="lead", co_units=CO, origin="district"
    )
    await people.office.does("list-suggestions", suggestions=POINTS)
    await people.lead.does("sign-assignment")
    await look(people.lead.page, "lead-signed")
    await people.lead.does("name-handler", handler="李工", department="产业科")
    await people.lead.does("record-contact", manner="visit", note="已了解意图")
    await people.co.does("sign-assignment")
    await people.co.does("give-co-opinion", opinion="建议分两期建设。")
    await people.lead.does("send-back-co-opinion", reason="请补充试点安排")
    await people.co.does("give-co-opinion", opinion="建议分两期建设，先行试点。")
    await people.lead.does("accept-co-opinion")
    await people.lead.does("suggest-co-unit", co_unit=OTHER, reason="涉及立项")
    await people.office.does("decline-co-unit", reason="立项另行办理")
    await people.office.does("chase-unit", manner="phone", note="请抓紧")


async def given_more_time(people: People) -> None:
    part = (await people.lead.town.ask("assignment", "/cases/20240001"))["assignments"]
    was = next(each["due_on"] for each in part if each["unit"] == LEAD)
    until = f"{int(was[:4]) + 1}{was[4:]}" if not was.endswith("02-29") else was
    shown = await people.lead.moves_the_limit("request-extension", until=until, reason="须论证")
    assert f"{int(was[:4]) + 1}年" in shown
    await look(people.office.page, "office-before")
    await people.office.moves_the_limit("grant-extension")
    await people.office.does("suspend-handling", reason="等待上级政策")
    await people.office.moves_the_limit("resume-handling")


async def written_and_issued(people: People) -> None:
    """A first version is sent back; the second is signed, passed, issued, delivered, published."""
    lead, office = people.lead, people.office
    await lead.does("draft-reply", document_number="深龙函〔2024〕1号", result_class="B")
    check = lead.page.locator(".check")
    await expect(check).to_contain_text("还缺")
    await expect(check).to_contain_text("对第1条建议的答复")
    await look(lead.page, "lead-drafted")
    await fits_a_telephone(lead.page)
    await fits_a_telephone(office.page)
    await prints_what_is_read_and_no_forms(lead.page)
    await lead.does("sign-reply", signed_by="周局长")
    await office.does("send-back-draft", findings="缺少对第2条建议的答复\n公开属性未填")
    await lead.does("record-contact", manner="phone", stage="during")
    await lead.does("make-commitment", text="年内建成充电棚", due_on="2099-12-31")
    answers = {"_point_1": "已选址两处", "_point_2": "每周巡查"}
    await lead.does("draft-reply", openness="public", contact_person="李工", **answers)
    await lead.does("sign-reply", signed_by="周局长")
    await office.does("pass-draft")
    form = await lead.opens("issue-reply")
    await look(lead.page, "lead-issues")
    await form.get_by_role("button", name="发出答复").click()
    await expect(lead.page.locator(".notice.good")).to_contain_text("已办理")
    await lead.does("deliver-reply")
    await lead.does("publish-reply", summary_only="true", address="https://www.example.gov.cn/1")


async def fits_a_telephone(page: Page) -> None:
    """Nothing has to be pushed sideways, and a finger hits what it aims at."""
    wide = page.viewport_size
    await page.set_viewport_size(TELEPHONE)
    await page.goto(CASE)
    await page.evaluate(
        "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
    )
    await look(page, f"telephone-{len(await page.locator('.act').all())}")
    assert not await page.evaluate(IS_TOO_WIDE)
    assert await page.evaluate(TOO_SMALL_TO_TOUCH) == []
    if wide:
        await page.set_viewport_size(wide)


async def prints_what_is_read_and_no_forms(page: Page) -> None:
    """What is folded on the screen is on the paper, and folded again afterwards."""
    await page.goto(CASE)
    await expect(page.locator(".to-do")).to_be_visible()
    suggestion = page.locator(".suggestions li").first
    await expect(suggestion).to_be_hidden()
    await page.emulate_media(media="print")
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    await expect(suggestion).to_be_visible()
    for left_out in (".to-do", ".more", ".beside"):
        assert not await page.locator(left_out).first.is_visible(), left_out
    await page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    await page.emulate_media(media="screen")
    await expect(suggestion).to_be_hidden()


async def kept_and_rated(town: Town, people: People) -> None:
    await people.lead.does(
        "record-result", number="1", answer="已建成", state="done", evidence="验收单"
    )
    await people.lead.does("slip-commitment", due_on="2100-06-30", reason="招标延后")
    await look(people.office.page, "office-case")
    await town.settle()
    await people.proposer.does("rate-reply", satisfaction="satisfied")
    await town.settle()
    await people.office.page.goto(CASE)
    await look(people.office.page, "office-closed")
