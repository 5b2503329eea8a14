"""A ledger tells what its proposals are about, an office says the rest, and the report counts them so."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.journeys.conftest import Town
from tests.journeys.offices import TELEPHONE, Office, look, office_of
from tests.ledger.spreadsheets import a_co_case, an_answered_case, csv_text, lines

YEAR = "/districts/longgang/years/2024"
REPORT = f"{YEAR}/reports/by-category"


@pytest.fixture
async def office(town: Town, tmp_path: Path, chromium: str | None) -> AsyncIterator[Office]:
    async with office_of(town, tmp_path, chromium) as opened:
        yield opened


async def a_ledger_is_brought_in(town: Town) -> None:
    rows = [
        an_answered_case(案号="20240101", 内容类别="社会建设"),
        an_answered_case(案号="20240102", 内容类别="社会", 办理结果类别="B", 满意度="基本满意"),
        a_co_case(案号="20240103", 内容类别="经济建设"),
        an_answered_case(案号="20240104"),
    ]
    report = await town.import_ledger(csv_text(lines(*rows)).encode(), "台账.csv")
    assert (report["new_rows"], report["problems"]) == (4, [])
    await town.settle()


async def counts_on(page: Page) -> dict[str, dict[str, str]]:
    """What the report says, by category and by heading, as far as it is not nought."""
    table = page.locator("table.by-count")
    headings = await table.locator("thead th").all_inner_texts()
    rows = [
        await row.locator("th, td").all_inner_texts()
        for row in await table.locator("tbody tr").all()
    ]
    return {
        group: {
            heading: count for heading, count in zip(headings[1:], row, strict=True) if count != "0"
        }
        for group, *row in rows
    }


async def test_what_the_ledger_leaves_open_an_office_says_and_the_report_counts_it(
    town: Town, office: Office
) -> None:
    await town.adopt_rulebook()
    await a_ledger_is_brought_in(town)
    async with office.desk_of("liu", "刘科员") as page:
        await page.goto(REPORT)
        assert (await counts_on(page))["未分类"]["提出"] == "1"

        await page.goto(f"{YEAR}/proposals?category=uncategorised")
        await page.get_by_role("link", name="20240104").click()
        await page.locator("summary").get_by_text("归类", exact=True).click()
        form = page.locator("form[action$='/categorise-proposal']")
        await form.get_by_label("提案类别").select_option("文化建设")
        await form.get_by_role("button", name="归类").click()
        await expect(page.locator(".timeline")).to_contain_text("归入“文化建设”类。")
        await town.settle()

        await page.goto(REPORT)
        counts = await counts_on(page)
        assert [group for group, found in counts.items() if found] == [
            "经济建设",
            "文化建设",
            "社会建设",
        ]
        assert counts["社会建设"]["提出"] == counts["社会建设"]["已答复（件）"] == "2"
        assert (counts["社会建设"]["满意"], counts["社会建设"]["基本满意"]) == ("1", "1")
        assert "已答复（件）" not in counts["经济建设"]
        await look(page, "by-category")
        await page.set_viewport_size(TELEPHONE)
        noughts = page.locator("tbody td:visible").get_by_text("0", exact=True)
        await expect(noughts).to_have_count(0)
        await look(page, "by-category-on-a-telephone")
        await page.goto(f"{YEAR}/proposals")
        await look(page, "proposals-on-a-telephone")
