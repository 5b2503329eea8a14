"""Playing the sample year: what is filed for which ledger, and what is said when it cannot be."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest

from tian.addresses import Addresses
from tian.client import Client, Ledger, read_ledger
from tian.failures import RulebookMissing
from tian.home import Home
from tian.sample_year import LedgerDiffers, LedgerHasErrors, play_the_year, sample_ledger
from tian.services import SERVICES

ANOTHER = Ledger("另一份.xlsx", b"another")


class Services:
    """Services that accept everything; they remember the commands and answer one ledger report."""

    def __init__(self, **report: object) -> None:
        self.given: list[tuple[str, dict[str, object]]] = []
        self.report = {
            "ledger_name": "台账.xlsx",
            "sha256": "ab" * 32,
            "checked_only": False,
            "total_rows": 0,
            "new_rows": 0,
            "unchanged_rows": 0,
            "different_rows": 0,
            "clues_new": 0,
            "clues_unchanged": 0,
            "problems": [],
            "written": True,
            "message": "",
            "message_en": "",
        } | report

    @property
    def commands(self) -> list[str]:
        return [name for name, _ in self.given]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        if "/commands/" in request.url.path:
            self.given.append((name, json.loads(request.content)))
        answers: dict[str, object] = {
            "ledger": self.report,
            "log": {"head": 1, "settled": True},
            "figures": {
                "district": "longgang",
                "year": 2024,
                "position": 1,
                "total": 0,
                "by_role": [],
                "rates": [],
                "score": None,
                "comparisons": [],
                "rehandled": [],
            },
        }
        return httpx.Response(200, json=answers.get(name, {"recorded": 1}))


def without_rulebook(_request: httpx.Request) -> httpx.Response:
    problem = {"title": "NoRulebookAdopted", "status": 409, "detail": "没有规则"}
    content_type = {"content-type": "application/problem+json"}
    return httpx.Response(409, content=json.dumps(problem), headers=content_type)


def client_of(answer: httpx.MockTransport, folder: Path) -> Client:
    urls = {service: f"http://{service}" for service in SERVICES}
    http = httpx.AsyncClient(transport=answer)
    return Client(Home(folder), Addresses(urls, ""), http, "longgang", lambda _sentence: None)


def play(services: Services, ledger: Ledger, folder: Path) -> None:
    client = client_of(httpx.MockTransport(services), folder)
    asyncio.run(play_the_year(client, ledger, lambda _step: None))


def test_the_shipped_claims_are_filed_with_the_shipped_ledger(tmp_path: Path) -> None:
    services = Services()
    play(services, read_ledger(sample_ledger()), tmp_path)
    assert services.commands.count("claim-figure") == 10


def test_the_shipped_ledger_is_followed_by_visits_and_nothing_that_is_finished_is_chased(
    tmp_path: Path,
) -> None:
    services = Services()
    play(services, read_ledger(sample_ledger()), tmp_path)
    visits = [fields for name, fields in services.given if name == "chase-unit"]
    assert [each["manner"] for each in visits] == ["return_visit"] * 3


def test_another_ledger_is_not_compared_with_the_shipped_claims(tmp_path: Path) -> None:
    services = Services()
    play(services, ANOTHER, tmp_path)
    assert services.commands == ["adopt-rulebook"]


def test_rows_that_differ_from_the_log_are_answered_with_a_fresh_start(tmp_path: Path) -> None:
    with pytest.raises(LedgerDiffers, match="用 --fresh 重新开始"):
        play(Services(different_rows=2), ANOTHER, tmp_path)


def test_a_ledger_with_errors_of_its_own_is_not_answered_with_a_fresh_start(
    tmp_path: Path,
) -> None:
    problem = {"severity": "error", "code": "x", "message": "有误", "message_en": "wrong"}
    with pytest.raises(LedgerHasErrors, match="1 处错误") as refused:
        play(Services(problems=[problem]), ANOTHER, tmp_path)
    assert "--fresh" not in refused.value.sentence


def test_an_import_without_a_rulebook_names_the_command_that_adopts_one(tmp_path: Path) -> None:
    client = client_of(httpx.MockTransport(without_rulebook), tmp_path)
    with pytest.raises(RulebookMissing, match="tian adopt --district longgang --year 2025"):
        asyncio.run(client.import_ledger(ANOTHER, 2025))
