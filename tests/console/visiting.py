"""How a visitor in these tests opens pages, sends forms and reads what stands on a page."""

import re
from datetime import timedelta
from html import unescape

import httpx
from fastapi import FastAPI

from console.endpoints.visits import FORM_COOKIE, SESSION_COOKIE
from contracts.identity import Actor, issue_token
from contracts.vocabulary import ActorRole
from hosting.clock import system_clock

PASSWORD = "correct horse"
OVERVIEW = "/districts/longgang/years/2024"
CASES = f"{OVERVIEW}/cases"
IMPORT = f"{OVERVIEW}/import"
CASE = "/districts/longgang/cases/20240104"

TAGS = re.compile(r"<[^>]+>")
SPACES = re.compile(r"\s+")


def visitor_of(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://console.test")


async def send_form(
    client: httpx.AsyncClient, path: str, fields: dict[str, str], **more: object
) -> httpx.Response:
    """Send a form as a page of this site would, with the mark that the page carries."""
    if FORM_COOKIE not in client.cookies:
        await client.get("/sign-in")
    marked = fields | {"form_mark": client.cookies[FORM_COOKIE]}
    return await client.post(path, data=marked, **more)  # type: ignore[arg-type]  # httpx's own


async def sign_in(client: httpx.AsyncClient, username: str) -> None:
    answer = await send_form(client, "/sign-in", {"username": username, "password": PASSWORD})
    assert answer.status_code == 303, answer.text


def give_token(
    client: httpx.AsyncClient,
    private_key: str,
    role: ActorRole,
    *,
    district: str = "longgang",
    unit: str | None = None,
) -> None:
    """Sign somebody in without the password and its slow hash."""
    actor = Actor(subject="liu", name="刘科员", role=role, district=district, unit=unit)
    token = issue_token(actor, private_key, at=system_clock(), valid=timedelta(hours=8))
    client.cookies.set(SESSION_COOKIE, token)


def words(answer: httpx.Response) -> str:
    """What a reader sees, on one line."""
    main = answer.text.partition("<main")[2] or answer.text
    return SPACES.sub(" ", unescape(TAGS.sub(" ", main)))


def joined(answer: httpx.Response) -> str:
    """What a reader sees, without spaces."""
    return words(answer).replace(" ", "")
