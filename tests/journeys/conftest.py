"""A town: the three services on one database and one NATS, as they are put together for real."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import nats
import pytest
from nats.js.errors import NotFoundError

import assignment.app
import assignment.settings
import evaluation.app
import evaluation.settings
import intake.app
import intake.settings
from contracts.identity import Actor, issue_token, new_key, public_part
from contracts.vocabulary import ActorRole
from eventlog.transport import STREAM
from hosting.clock import system_clock

ROOT = Path(__file__).parents[2]
RULEBOOK = ROOT / "deploy/rulebooks/shenzhen-2024.toml"
SAMPLE = ROOT / "deploy/samples/longgang-2024.xlsx"
PATIENCE_SECONDS = 60.0


@dataclass
class Town:
    """The front doors of the three services, and a key to sign in with."""

    private_key: str
    intake: httpx.AsyncClient
    assignment: httpx.AsyncClient
    evaluation: httpx.AsyncClient
    district: str = "longgang"

    def token(self, role: ActorRole, *, unit: str | None = None, name: str = "王科长") -> str:
        actor = Actor(subject=role.value, name=name, role=role, district=self.district, unit=unit)
        return issue_token(actor, self.private_key, at=system_clock(), valid=timedelta(minutes=10))

    def as_(
        self,
        role: ActorRole = ActorRole.SUPERVISION,
        *,
        unit: str | None = None,
        name: str = "王科长",
    ) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token(role, unit=unit, name=name)}"}

    async def give(
        self,
        service: str,
        command: str,
        body: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        client: httpx.AsyncClient = getattr(self, service)
        return await client.post(
            f"/districts/{self.district}/commands/{command}",
            json=body,
            headers=headers or self.as_(),
        )

    async def done(self, service: str, command: str, body: dict[str, Any], **actor: Any) -> None:
        """Give a command that must be accepted, and wait until everybody has heard of it."""
        answer = await self.give(service, command, body, self.as_(**actor))
        assert answer.status_code == 200, answer.text
        await self.settle()

    async def adopt_rulebook(self, year: int = 2024) -> None:
        text = RULEBOOK.read_text(encoding="utf-8")
        await self.done("evaluation", "adopt-rulebook", {"year": year, "text": text})

    async def import_ledger(
        self, content: bytes, name: str = "longgang-2024.xlsx", year: int = 2024, **options: bool
    ) -> dict[str, Any]:
        answer = await self.intake.post(
            f"/districts/{self.district}/years/{year}/ledger",
            params={key: str(value).lower() for key, value in options.items()},
            files={"file": (name, content)},
            headers=self.as_(),
        )
        assert answer.status_code == 200, answer.text
        report: dict[str, Any] = answer.json()
        return report

    async def ask(self, service: str, path: str) -> dict[str, Any]:
        client: httpx.AsyncClient = getattr(self, service)
        answer = await client.get(f"/districts/{self.district}{path}", headers=self.as_())
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def figures(self, year: int = 2024) -> dict[str, Any]:
        await self.settle()
        return await self.ask("evaluation", f"/years/{year}/figures")

    async def settle(self) -> None:
        """Wait until relay and followers have come to the end of the log, and it has stopped growing."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            quiet_at = -1
            while True:
                progress = await self.ask("intake", "/log")
                if progress["settled"] and progress["head"] == quiet_at:
                    return
                quiet_at = progress["head"] if progress["settled"] else -1
                await asyncio.sleep(0.05)


@pytest.fixture
async def town(
    database: str, nats_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    async with town_of(database, nats_url, ROOT / "deploy/districts") as opened:
        yield opened


@asynccontextmanager
async def town_of(database: str, nats_url: str, districts: Path) -> AsyncIterator[Town]:
    """A town of these districts, by the folder of their directories."""
    client = await nats.connect(nats_url)
    with suppress(NotFoundError):
        await client.jetstream().delete_stream(STREAM)
    await client.close()
    private_key = new_key()
    common: dict[str, Any] = {
        "database_url": database,
        "nats_url": nats_url,
        "tian_public_key": public_part(private_key),
        "tian_districts": districts,
        "tian_calendar": ROOT / "deploy/calendars/china.toml",
    }
    async with AsyncExitStack() as stack:
        clients: list[httpx.AsyncClient] = []
        for app in (
            await stack.enter_async_context(intake.app.running(intake.settings.Settings(**common))),
            await stack.enter_async_context(
                assignment.app.running(assignment.settings.Settings(**common))
            ),
            await stack.enter_async_context(
                evaluation.app.running(evaluation.settings.Settings(**common))
            ),
        ):
            transport = httpx.ASGITransport(app=app)
            client_of_app = httpx.AsyncClient(
                transport=transport, base_url="http://town", timeout=60.0
            )
            clients.append(await stack.enter_async_context(client_of_app))
        yield Town(private_key, clients[0], clients[1], clients[2])


def pretty(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1)
