"""The pages of the appraisal, the city and the insights on a telephone: nothing to push sideways."""

import pytest
from playwright.async_api import Browser

from contracts.appraisal import AppraisalStage
from tests.console.sample_city import a_city, some_holdings, some_insights, some_trends
from tests.console.stand_ins import YEAR, Services
from tests.console.test_appraisal import APPRAISAL, stands_at
from tests.console.test_browser import IS_TOO_WIDE, TELEPHONE, a_page, address, browser

__all__ = ["address", "browser"]

CITY = "/city/years/2024"
INSIGHTS = f"{YEAR}/insights"
# What a finger aims at. Links in running text and in tables are read, not aimed at.
TOO_SMALL = """
[...document.querySelectorAll("main button, main summary, main select, main input:not([type=hidden]):not([type=checkbox])")]
    .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44)
    .map((one) => one.outerHTML.slice(0, 120))
"""


@pytest.fixture
def told(services: Services) -> Services:
    services.evaluation.answers |= {
        f"{CITY}/overview": a_city().model_dump_json(),
        "/districts/longgang/trends": some_trends().model_dump_json(),
        f"{YEAR}/holdings": some_holdings().model_dump_json(),
        INSIGHTS: some_insights().model_dump_json(),
    }
    stands_at(services, AppraisalStage.SUBMITTED)
    return services


@pytest.mark.parametrize("path", [APPRAISAL, CITY, INSIGHTS])
async def test_a_page_fits_and_what_is_pressed_is_large_enough(
    browser: Browser, address: str, told: Services, path: str
) -> None:
    async with a_page(browser, address, TELEPHONE) as page:
        for language in ("zh", "en"):
            await page.goto(f"/language/{language}?back={path}")
            await page.evaluate(
                "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
            )
            assert not await page.evaluate(IS_TOO_WIDE), language
            assert await page.evaluate(TOO_SMALL) == [], language
