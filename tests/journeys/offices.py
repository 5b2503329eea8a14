"""The console over a town, in a real browser, with people who have signed in."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import uvicorn
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright
from pydantic import SecretStr

from console.app import create_app
from console.endpoints.services import Clients
from console.endpoints.visits import SESSION_COOKIE
from console.settings import Settings
from contracts.identity import Actor, issue_token
from contracts.vocabulary import ActorRole
from hosting.clock import system_clock
from tests.journeys.conftest import Town

DESK = ViewportSize(width=1280, height=900)
TELEPHONE = ViewportSize(width=390, height=844)


@dataclass
class Office:
    """Where the console of a town listens, and the browser that people open it with."""

    town: Town
    address: str
    browser: Browser

    @asynccontextmanager
    async def desk_of(
        self,
        subject: str,
        name: str,
        role: ActorRole = ActorRole.COMMITTEE,
        unit: str | None = None,
        size: ViewportSize = DESK,
    ) -> AsyncIterator[Page]:
        """A browser of somebody's own, signed in; whatever it complains of fails the test."""
        context = await self.browser.new_context(base_url=self.address, viewport=size)
        await context.add_cookies([self._cookie(subject, name, role, unit)])  # type: ignore[list-item]  # playwright's own
        page = await context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        await _closed(context)
        assert complaints == []

    def _cookie(self, subject: str, name: str, role: ActorRole, unit: str | None) -> dict[str, str]:
        district = self.town.district
        actor = Actor(subject=subject, name=name, role=role, district=district, unit=unit)
        valid = timedelta(minutes=10)
        token = issue_token(actor, self.town.private_key, at=system_clock(), valid=valid)
        return {"name": SESSION_COOKIE, "value": token, "url": self.address}


async def _closed(context: BrowserContext) -> None:
    await context.close()


@asynccontextmanager
async def office_of(town: Town, folder: Path, chromium: str | None) -> AsyncIterator[Office]:
    accounts = folder / "accounts.toml"
    accounts.write_text("accounts = []\n", encoding="utf-8")
    settings = Settings(
        intake_url="http://intake.test",
        assignment_url="http://assignment.test",
        evaluation_url="http://evaluation.test",
        tian_private_key=SecretStr(town.private_key),
        console_accounts_file=accounts,
        console_uploads=folder / "uploads",
    )
    app = create_app(settings, Clients(town.intake, town.assignment, town.evaluation))
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--headless"]
        )
        yield Office(town, f"http://127.0.0.1:{port}", browser)
        await browser.close()
    server.should_exit = True
    await serving


async def look(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at the page."""
    if folder := os.environ.get("TIAN_PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)
