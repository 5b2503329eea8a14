"""The console in a real browser: what a clerk does on a desk, and on a telephone."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.async_api import (
    Browser,
    FilePayload,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

from tests.console.stand_ins import Services
from tests.console.test_documents import answer_to
from tests.console.visiting import CASE, CASES, IMPORT, OVERVIEW, PASSWORD

DESK = ViewportSize(width=1280, height=900)
TELEPHONE = ViewportSize(width=390, height=844)

DOCUMENT = "本区共承办提案33件（主办件5件、会办件29件），满意率100%。"

ANY_FILE = "application/octet-stream"
IS_TOO_WIDE = """
[document.documentElement, ...document.querySelectorAll(".scroll")]
    .some((box) => box.scrollWidth > box.clientWidth)
"""


def path_of_the_browser() -> str:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.fail(
            "These tests need Chromium: install the package `chromium`, or set CHROMIUM to its path.",
            pytrace=False,
        )
    return path


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=path_of_the_browser(),
            args=["--no-sandbox", "--disable-gpu", "--headless"],
        )
        yield launched
        await launched.close()


@pytest.fixture
async def address(app: FastAPI) -> AsyncIterator[str]:
    """Where the console listens, for real."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await serving


@asynccontextmanager
async def a_page(
    browser: Browser,
    address: str,
    size: ViewportSize,
    *,
    scripts: bool = True,
    expecting: str | None = None,
) -> AsyncIterator[Page]:
    """A page of somebody who has signed in; whatever the browser complains of fails the test."""
    context = await browser.new_context(
        base_url=address,
        viewport=size,
        locale="zh-CN",
        java_script_enabled=scripts,
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto("/sign-in")
    await page.get_by_label("用户名").fill("liu")
    await page.get_by_label("密码").fill(PASSWORD)
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("区县与年度")
    yield page
    await context.close()
    assert [each for each in complaints if expecting is None or expecting not in each] == []


async def test_a_clerk_signs_in_and_reads_the_year(browser: Browser, address: str) -> None:
    async with a_page(browser, address, DESK) as page:
        await page.get_by_role("link", name="2024 年").click()
        await expect(page).to_have_url(f"{address}{OVERVIEW}")
        await expect(page.get_by_text("分子 32 ／ 分母 33")).to_be_visible()
        await expect(page.get_by_role("button", name="打印")).to_be_visible()

        await page.get_by_role("link", name="查看对照").click()
        await expect(page.locator("#claimed")).to_be_in_viewport()
        await expect(page.get_by_role("row", name="加分合计")).to_contain_text("不一致")


async def test_the_list_narrows_while_the_clerk_types_and_keeps_it_in_the_address(
    browser: Browser, address: str
) -> None:
    async with a_page(browser, address, DESK) as page:
        await page.goto(CASES)
        await expect(page.locator("#cases tbody tr")).to_have_count(4)

        await page.get_by_label("案号或案由").press_sequentially("托育")
        await expect(page.locator("#cases tbody tr")).to_have_count(1)
        await expect(page).to_have_url(f"{address}{CASES}?q=%E6%89%98%E8%82%B2")
        await expect(page.get_by_label("案号或案由")).to_be_focused()

        await page.reload()
        await expect(page.locator("#cases tbody tr")).to_have_count(1)
        await page.get_by_role("link", name="清除条件").click()
        await page.get_by_label("状态").select_option("办理中")
        await expect(page.locator("#cases tbody tr")).to_have_count(1)
        await page.go_back()
        await expect(page.locator("#cases tbody tr")).to_have_count(4)


async def test_the_list_can_be_filtered_without_scripts(browser: Browser, address: str) -> None:
    async with a_page(browser, address, DESK, scripts=False) as page:
        await page.goto(CASES)
        await page.get_by_label("角色").select_option("主办")
        await page.get_by_role("button", name="查询").click()
        await expect(page.locator("#cases tbody tr")).to_have_count(1)


async def test_the_clerk_follows_a_case_to_the_raw_data_of_an_event(
    browser: Browser, address: str
) -> None:
    async with a_page(browser, address, DESK) as page:
        await page.goto(CASES)
        await page.get_by_role("link", name="20240104").click()
        await expect(page).to_have_url(f"{address}{CASE}")
        event = page.locator("#position-12")
        await expect(event).to_contain_text("区教育局答复提案人")
        await expect(event.locator("pre")).to_be_hidden()
        await event.get_by_text("原始数据").click()
        await expect(event.locator("pre")).to_contain_text(
            '"document_number": "龙教函〔2024〕31号"'
        )


@pytest.mark.parametrize("scripts", [True, False])
async def test_the_clerk_checks_a_ledger_and_imports_its_good_rows(
    browser: Browser, address: str, services: Services, *, scripts: bool
) -> None:
    async with a_page(browser, address, DESK, scripts=scripts) as page:
        await page.goto(IMPORT)
        ledger = FilePayload(name="台账.xlsx", mimeType=ANY_FILE, buffer=b"rows")
        await page.get_by_label("台账文件（").set_input_files(ledger)
        await page.get_by_role("button", name="检查").click()
        await expect(page.get_by_role("heading", name="检查结果")).to_be_visible()
        await expect(page.get_by_text("目录中没有“区科创局”")).to_be_visible()
        step = page.locator("#steps [aria-current]")
        await expect(step).to_have_text("核对检查结果")

        await page.get_by_role("button", name="确认导入").click()
        await expect(page.get_by_role("heading", name="检查结果")).to_be_visible()
        assert [each.url.params["check"] for each in services.intake.requests if each.content] == [
            "true"
        ]

        await page.get_by_label("跳过有问题的行").check()
        await page.get_by_role("button", name="确认导入").click()
        await expect(page.get_by_text("已导入。")).to_be_visible()
        await expect(step).to_have_text("确认导入")


async def test_a_file_beyond_the_limit_is_answered_on_the_page(
    browser: Browser, address: str
) -> None:
    async with a_page(browser, address, DESK, expecting="413") as page:
        await page.goto(IMPORT)
        ledger = FilePayload(name="台账.xlsx", mimeType=ANY_FILE, buffer=b"0" * 3_000_000)
        await page.get_by_label("台账文件（").set_input_files(ledger)
        await page.get_by_role("button", name="检查").click()
        await expect(page.get_by_role("alert")).to_have_text("文件超过 1 MB，没有上传。")


async def test_a_search_that_fails_shows_which_service_is_down(
    browser: Browser, address: str, services: Services
) -> None:
    async with a_page(browser, address, DESK, expecting="503") as page:
        await page.goto(CASES)
        services.assignment.is_down = True
        await page.get_by_label("角色").select_option("会办")
        await expect(page.get_by_role("heading", level=1)).to_have_text("服务暂时不可用")
        await expect(page.get_by_text("交办服务（assignment）")).to_be_visible()


@pytest.mark.parametrize("path", ["/", OVERVIEW, CASES, CASE, f"{OVERVIEW}/summary", IMPORT])
async def test_every_page_fits_a_telephone(browser: Browser, address: str, path: str) -> None:
    async with a_page(browser, address, TELEPHONE) as page:
        for language in ("zh", "en"):
            await page.goto(f"/language/{language}?back={path}")
            assert not await page.evaluate(IS_TOO_WIDE), language


async def test_a_clerk_without_a_mouse_reaches_the_content_first(
    browser: Browser, address: str
) -> None:
    async with a_page(browser, address, DESK) as page:
        await page.goto(OVERVIEW)
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator("main")).to_be_focused()


async def test_the_language_is_changed_on_the_page_where_one_is(
    browser: Browser, address: str
) -> None:
    async with a_page(browser, address, DESK) as page:
        await page.goto(f"{CASES}?role=co")
        await page.get_by_role("link", name="English").click()
        await expect(page).to_have_url(f"{address}{CASES}?role=co")
        await expect(page.get_by_role("columnheader", name="Subject")).to_be_visible()


async def test_what_was_done_is_said_once_and_not_again_on_reloading(
    browser: Browser, address: str
) -> None:
    async with a_page(browser, address, DESK) as page:
        await page.goto(f"{CASE}?done=7")
        await expect(page.get_by_text("已办理，记入日志第 7 条。")).to_be_visible()
        await expect(page).to_have_url(f"{address}{CASE}")
        await page.reload()
        await expect(page.get_by_text("已办理，记入日志第 7 条。")).to_be_hidden()


async def test_a_clerk_pastes_a_document_and_goes_from_a_finding_to_its_place(
    browser: Browser, address: str, services: Services
) -> None:
    services.evaluation.answers["/check"] = answer_to(DOCUMENT).model_dump(mode="json")
    async with a_page(browser, address, DESK) as page:
        await page.goto(OVERVIEW)
        await page.get_by_role("link", name="文稿自检").click()
        await page.get_by_label("或粘贴文字").fill(DOCUMENT)
        await page.get_by_role("button", name="检查").click()
        await expect(page.get_by_text("发现疑点 1 处")).to_be_visible()
        await page.get_by_role("link", name="在文稿中查看第 1 处").click()
        await expect(page.locator(".paper .first")).to_be_in_viewport()


async def test_a_checked_document_fits_a_telephone(
    browser: Browser, address: str, services: Services
) -> None:
    services.evaluation.answers["/check"] = answer_to(DOCUMENT).model_dump(mode="json")
    async with a_page(browser, address, TELEPHONE, scripts=False) as page:
        await page.goto(f"{OVERVIEW}/documents")
        await page.get_by_label("或粘贴文字").fill(DOCUMENT)
        await page.get_by_role("button", name="检查").click()
        await expect(page.get_by_text("5 + 29 = 34 ≠ 33")).to_be_visible()
        assert not await page.evaluate(IS_TOO_WIDE)
