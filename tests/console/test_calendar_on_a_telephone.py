"""A clerk tries a notice on a telephone, and reads two rulebooks one below the other."""

from playwright.async_api import Page, expect

from tests.console import test_calendar
from tests.console.stand_ins import Services
from tests.console.test_appraisal_on_a_telephone import page
from tests.console.test_browser import IS_TOO_WIDE, address
from tests.console.test_calendar import HERE, town
from tests.console.test_rulebook_in_words import HERE as RULEBOOK
from tests.console.test_rulebook_in_words import with_rulebook

__all__ = ["address", "page", "town"]


async def test_both_pages_fit_a_telephone(page: Page, town: Services) -> None:
    with_rulebook(town, "shenzhen-2024")
    await page.goto(HERE)
    await expect(page.locator("table.month")).to_have_count(12)
    assert not await page.evaluate(IS_TOO_WIDE)
    await page.get_by_label("文件名称和文号").fill(test_calendar.OF_2024["source"])
    await page.get_by_label("通知正文").fill("四、劳动节：5月1日至5日放假。")
    await page.get_by_role("button", name="看会动哪些期限").click()
    await expect(page.get_by_role("heading", name="采用以后的变化")).to_be_visible()
    assert not await page.evaluate(IS_TOO_WIDE)
    await page.get_by_role("button", name="确认采用").click()
    await expect(page.get_by_text("已采用。")).to_be_visible()

    await page.goto(f"{RULEBOOK}?beside=hongkou")
    assert not await page.evaluate(IS_TOO_WIDE)
    first = page.locator("tr.differs td").first
    box = await first.bounding_box()
    assert box
    assert box["width"] > 300
