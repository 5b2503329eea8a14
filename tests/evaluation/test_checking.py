"""Checking a document over HTTP."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI

from contracts.checking import CheckedDocument
from contracts.figures import Figures
from contracts.identity import Actor, issue_token, new_key, public_part
from contracts.vocabulary import ActorRole
from evaluation.decisions.report import compute_figures
from evaluation.endpoints.checking import checking_routes
from hosting.problems import add_problems

NOW = datetime(2024, 11, 20, 9, tzinfo=UTC)
SAID = "本区共办理提案33件（主办件5件、会办件29件）。".encode()


async def empty_year(district: str, year: int) -> Figures:
    return compute_figures(district, year, 0, (), (), (), None)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """A unit's clerk of one district."""
    private_key = new_key()
    app = FastAPI()
    app.state.public_key, app.state.clock = public_part(private_key), lambda: NOW
    app.include_router(checking_routes(empty_year))
    add_problems(app)
    actor = Actor(
        subject="wang", name="王", role=ActorRole.UNIT, district="longgang", unit="区教育局"
    )
    token = issue_token(actor, private_key, at=NOW, valid=timedelta(hours=1))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://evaluation.test",
        headers={"Authorization": f"Bearer {token}"},
    ) as client:
        yield client


async def check(
    client: httpx.AsyncClient, content: bytes = SAID, **where: str | int
) -> httpx.Response:
    return await client.post("/check", params=where, files={"file": ("总结.txt", content)})


async def test_any_role_may_have_a_document_checked(client: httpx.AsyncClient) -> None:
    answer = await check(client)
    checked = CheckedDocument.model_validate_json(answer.content)
    assert [each.arithmetic for each in checked.findings] == ["5 + 29 = 34 ≠ 33"]
    assert (checked.name, checked.figures) == ("总结.txt", 3)


async def test_with_district_and_year_it_is_set_beside_the_log(client: httpx.AsyncClient) -> None:
    answer = await check(client, district="longgang", year=2024)
    checked = CheckedDocument.model_validate_json(answer.content)
    assert [each.arithmetic for each in checked.findings if each.kind == "record"] == [
        "33 ≠ 0",
        "5 ≠ 0",
        "29 ≠ 0",
    ]


async def test_nobody_asks_about_another_district(client: httpx.AsyncClient) -> None:
    assert (await check(client, district="yantian", year=2024)).status_code == 403


async def test_nobody_asks_without_signing_in(client: httpx.AsyncClient) -> None:
    del client.headers["Authorization"]
    assert (await check(client)).status_code == 401


async def test_a_file_that_cannot_be_read_is_answered_with_what_to_do(
    client: httpx.AsyncClient,
) -> None:
    answer = await check(client, b"\0\1\2")
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("这不是可以检查的文件。")
    assert answer.json()["detail_en"].startswith("This kind of file")
