"""Speaks to the services over HTTP as the supervision office, and is patient while one restarts."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from annual_summary import Summary
from contracts.city import CityRanking
from contracts.explained import ExplainedRulebook
from contracts.figures import Figures, SideBySide
from contracts.receipt import Receipt as FiguresReceipt
from contracts.receipt import read_receipt
from contracts.reports import ReportList
from contracts.vocabulary import ActorRole
from ledger import LedgerReport
from tian.addresses import Addresses
from tian.answers import Progress, Receipt
from tian.failures import (
    FileMissing,
    RulebookMissing,
    ServiceRefused,
    ServiceUnreachable,
    UnknownFollower,
)
from tian.home import Home
from tian.language import either
from tian.services import SERVICES, service_label

PATIENCE_SECONDS = 60.0
RETRY_SECONDS = 1.0
ANSWER_SECONDS = 120.0
NOT_NOW = frozenset({502, 503, 504})
NOT_FOUND = 404

Waiting = Callable[[str], None]


@dataclass(frozen=True)
class Ledger:
    """A ledger file as it is handed over."""

    name: str
    content: bytes


def read_ledger(file: Path) -> Ledger:
    if not file.is_file():
        raise FileMissing(path=file)
    return Ledger(file.name, file.read_bytes())


@dataclass(frozen=True)
class Client:
    """The services, asked for one district."""

    home: Home
    addresses: Addresses
    http: httpx.AsyncClient
    district: str
    waiting: Waiting

    async def command(self, service: str, name: str, fields: Mapping[str, Any]) -> Receipt:
        path = f"/districts/{self.district}/commands/{name}"
        response = await self._send(service, "POST", path, json=dict(fields))
        return Receipt.model_validate_json(response.content)

    async def import_ledger(
        self,
        ledger: Ledger,
        year: int,
        *,
        check: bool = False,
        skip_bad: bool = False,
        from_above: bool = False,
    ) -> LedgerReport:
        """Hand over a ledger, or a list of what the upper level hands down.

        Asking again is harmless: rows that are there stay as they are.

        Raises RulebookMissing.
        """
        kind = "handed-down" if from_above else "ledger"
        try:
            response = await self._send(
                "intake",
                "POST",
                f"/districts/{self.district}/years/{year}/{kind}",
                params={"check": str(check).lower(), "skip_bad": str(skip_bad).lower()},
                files={"file": (ledger.name, ledger.content)},
            )
        except ServiceRefused as refusal:
            if refusal.facts["title"] != "NoRulebookAdopted":
                raise
            raise RulebookMissing(district=self.district, year=year) from refusal
        return LedgerReport.model_validate_json(response.content)

    async def adopt_rulebook(self, year: int, text: str) -> Receipt:
        return await self.command("evaluation", "adopt-rulebook", {"year": year, "text": text})

    async def adopted_rulebook(self, year: int) -> ExplainedRulebook | None:
        """The rulebook that is in force for a year, in words; None where none was adopted."""
        path = f"/districts/{self.district}/years/{year}/rulebook"
        try:
            response = await self._send("evaluation", "GET", path)
        except ServiceRefused as refusal:
            if refusal.facts["status"] != NOT_FOUND:
                raise
            return None
        return ExplainedRulebook.model_validate_json(response.content)

    async def figures(self, year: int, *, as_of: str = "", happened_by: str = "") -> Figures:
        """The figures of now, or as they were recorded or had happened by an earlier moment."""
        path = f"/districts/{self.district}/years/{year}/figures"
        asked = {"as_of": as_of, "happened_by": happened_by}
        params = {name: value for name, value in asked.items() if value}
        response = await self._send("evaluation", "GET", path, params=params)
        return Figures.model_validate_json(response.content)

    async def figures_receipt(self, year: int, *, as_of: str = "") -> FiguresReceipt:
        """The figures with all that is needed to compute them again."""
        path = f"/districts/{self.district}/years/{year}/figures/receipt"
        params = {"as_of": as_of} if as_of else {}
        response = await self._send("evaluation", "GET", path, params=params)
        return read_receipt(response.content)

    async def ranking(self, year: int, figure: str) -> CityRanking:
        """All districts by one rate, or by the score."""
        path = f"/city/years/{year}/ranking"
        response = await self._send("evaluation", "GET", path, params={"by": figure})
        return CityRanking.model_validate_json(response.content)

    async def summary(self, year: int, signed_on: date | None) -> Summary:
        path = f"/districts/{self.district}/years/{year}/summary.json"
        params = {"signed_on": signed_on.isoformat()} if signed_on else {}
        response = await self._send("evaluation", "GET", path, params=params)
        return Summary.model_validate_json(response.content)

    async def figures_under(self, year: int, rulebook: str) -> SideBySide:
        """The figures under a shipped rulebook, beside those of the adopted one."""
        path = f"/districts/{self.district}/years/{year}/figures"
        response = await self._send("evaluation", "GET", path, params={"rulebook": rulebook})
        return SideBySide.model_validate_json(response.content)

    async def figures_under_text(self, year: int, text: str) -> SideBySide:
        """The figures under a rulebook of one's own, beside those of the adopted one."""
        path = f"/districts/{self.district}/years/{year}/figures"
        response = await self._send("evaluation", "POST", path, json={"text": text})
        return SideBySide.model_validate_json(response.content)

    async def fetch(self, service: str, path: str, params: Mapping[str, str]) -> bytes:
        """The bytes of an answer, such as a file, about this district."""
        address = f"/districts/{self.district}{path}"
        return (await self._send(service, "GET", address, params=params)).content

    async def listed_reports(self) -> ReportList:
        response = await self._send("evaluation", "GET", "/reports")
        return ReportList.model_validate_json(response.content)

    async def progress(self) -> Progress:
        response = await self._send("intake", "GET", f"/districts/{self.district}/log")
        return Progress.model_validate_json(response.content)

    async def operate(self, service: str, path: str, fields: Mapping[str, Any]) -> None:
        """Ask a service to look after one of its own followers."""
        if service not in self.addresses.urls:
            raise UnknownFollower(follower=service)
        await self._send(service, "POST", path, json=dict(fields))

    async def _send(self, service: str, method: str, path: str, **parts: Any) -> httpx.Response:
        """Send, and send again for a minute while the service is away; every request may be repeated."""
        url = self.addresses.urls[service]
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                response = await self.http.request(method, url + path, **parts)
            except httpx.TransportError:
                response = None
            if response is not None and response.status_code not in NOT_NOW:
                return _accepted(service, response)
            if time.monotonic() > give_up_at:
                raise ServiceUnreachable(
                    service=SERVICES[service],
                    service_en=service,
                    url=url,
                    seconds=int(PATIENCE_SECONDS),
                    logs=self.home.logs,
                )
            label = service_label(service)
            self.waiting(either(f"等待{label}恢复……", f"waiting for {label} to come back"))
            await asyncio.sleep(RETRY_SECONDS)


@asynccontextmanager
async def connected(
    home: Home, addresses: Addresses, district: str, waiting: Waiting
) -> AsyncIterator[Client]:
    """A client that signs with the supervision office's token."""
    token = addresses.token(ActorRole.SUPERVISION, district)
    headers = {"Authorization": f"Bearer {token}"}
    timeout = httpx.Timeout(ANSWER_SECONDS, connect=5)
    # The services are on this machine or in its network: a proxy for the internet is not asked.
    async with httpx.AsyncClient(headers=headers, timeout=timeout, trust_env=False) as http:
        yield Client(home, addresses, http, district, waiting)


def _accepted(service: str, response: httpx.Response) -> httpx.Response:
    if response.is_success:
        return response
    problem = _problem_of(response)
    raise ServiceRefused(
        service=SERVICES[service],
        service_en=service,
        status=response.status_code,
        title=problem.get("title", ""),
        detail=problem.get("detail") or "没有说明原因",
        detail_en=problem.get("detail_en") or problem.get("detail") or "no reason given",
    )


def _problem_of(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
