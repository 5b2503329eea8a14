"""The whole system as the `tian` command runs it, as real processes."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from contracts.identity import Actor, issue_token
from contracts.vocabulary import ActorRole
from hosting.clock import system_clock
from tests.journeys.conftest import PATIENCE_SECONDS, RULEBOOK
from tian.home import Home
from tian.ports import free_ports
from tian.run_record import RunRecord, read_run
from tian.services import UNENCRYPTED
from tian.system import running_system

YEAR = "/districts/longgang/years/2024"
UNAVAILABLE = (httpx.TransportError, httpx.HTTPStatusError)


@dataclass
class Machine:
    """The whole system as the `tian` command runs it, with a clerk's token."""

    home: Home
    record: RunRecord
    headers: dict[str, str]

    def now(self) -> RunRecord:
        record = read_run(self.home)
        assert record is not None
        return record

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(headers=self.headers, timeout=30.0, verify=UNENCRYPTED)

    async def ask(self, service: str, path: str) -> dict[str, Any]:
        async with self._client() as client:
            answer = (await client.get(self.record.urls[service] + path)).raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    async def adopt_rulebook(self) -> None:
        body = {"year": 2024, "text": RULEBOOK.read_text(encoding="utf-8")}
        url = f"{self.record.urls['evaluation']}/districts/longgang/commands/adopt-rulebook"
        async with self._client() as client:
            (await client.post(url, json=body)).raise_for_status()

    async def import_until_it_is_through(self, content: bytes) -> None:
        """What a clerk does: import the file, and import it again when that failed."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                try:
                    async with self._client() as client:
                        files = {"file": ("big.csv", content)}
                        url = self.record.urls["intake"] + YEAR + "/ledger"
                        (await client.post(url, files=files)).raise_for_status()
                except UNAVAILABLE:
                    await asyncio.sleep(0.2)
                else:
                    return

    async def until_it_is_half_way(self) -> None:
        """Wait for a random moment at which rows are written and others wait to be followed."""
        moment = random.randrange(100, 2000)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (progress := await self.ask("intake", "/districts/longgang/log"))[
                "head"
            ] < moment:
                await asyncio.sleep(0.01)
        assert not progress["settled"], "the import was through before it could be disturbed"

    async def settled_figures(self) -> dict[str, Any]:
        quiet_at = -1
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                try:
                    progress = await self.ask("intake", "/districts/longgang/log")
                except UNAVAILABLE:
                    await asyncio.sleep(0.2)
                    continue
                if progress["settled"] and progress["head"] == quiet_at:
                    return await self.ask("evaluation", YEAR + "/figures")
                quiet_at = progress["head"] if progress["settled"] else -1
                await asyncio.sleep(0.1)


@asynccontextmanager
async def machine() -> AsyncIterator[Machine]:
    """Not below pytest's folder, which every run of pytest closes to all users but its own."""
    with TemporaryDirectory(prefix="tian-crash-") as folder:
        home = Home(Path(folder))
        (port,) = free_ports(1)
        async with running_system(home, say=print, step=print, wanted_port=port) as record:
            yield Machine(home, record, {"authorization": f"Bearer {_clerks_token(home)}"})


def _clerks_token(home: Home) -> str:
    clerk = Actor(subject="clerk", name="王科长", role=ActorRole.SUPERVISION, district="*")
    private_key = home.private_key.read_text(encoding="utf-8")
    return issue_token(clerk, private_key, at=system_clock(), valid=timedelta(hours=1))
