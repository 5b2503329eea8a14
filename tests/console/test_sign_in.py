"""Signing in and out."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pwdlib import PasswordHash
from pydantic import SecretStr, ValidationError

from console.app import create_app
from console.endpoints.accounts import (
    CHECKS_AT_ONCE,
    MOST_WAITING,
    Account,
    Accounts,
    HeldBack,
)
from console.endpoints.guessing import PACES, Caller, Counted
from console.endpoints.visits import BROWSER_COOKIE, SESSION_COOKIE
from console.settings import Settings
from contracts.identity import Actor, issue_token, new_key, public_part, read_token
from contracts.vocabulary import ActorRole
from tests.console.stand_ins import Services
from tests.console.visiting import OVERVIEW, PASSWORD, send_form, sign_in, visitor_of, words


async def test_a_visitor_is_asked_to_sign_in_and_comes_back_to_the_page(
    visitor: httpx.AsyncClient,
) -> None:
    asked = await visitor.get(f"{OVERVIEW}/cases?role=co")
    assert asked.status_code == 303
    assert asked.headers["location"].startswith("/sign-in?back=")

    page = await visitor.get(asked.headers["location"])
    assert f'name="back" value="{OVERVIEW}/cases?role=co"' in page.text


async def test_the_right_password_gives_a_token_that_no_script_can_read(
    visitor: httpx.AsyncClient, private_key: str
) -> None:
    answer = await send_form(visitor, "/sign-in", {"username": "liu", "password": PASSWORD})

    cookie = next(
        each for each in answer.headers.get_list("set-cookie") if each.startswith(SESSION_COOKIE)
    )
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age=28800" in cookie
    now = datetime.now(UTC)
    actor = read_token(visitor.cookies[SESSION_COOKIE], public_part(private_key), at=now)
    assert (actor.name, actor.role, actor.district) == (
        "刘科员",
        ActorRole.SUPERVISION,
        "longgang",
    )


@pytest.mark.parametrize("username", ["liu", "nobody"])
async def test_a_wrong_password_is_told_in_the_same_words_whether_or_not_the_name_is_known(
    visitor: httpx.AsyncClient, username: str
) -> None:
    answer = await send_form(visitor, "/sign-in", {"username": username, "password": "wrong"})

    assert answer.status_code == 401
    assert "用户名或密码不正确，请核对后重新输入。" in words(answer)
    assert SESSION_COOKIE not in visitor.cookies


@pytest.mark.parametrize("username", ["liu", "nobody"])
async def test_an_unknown_name_costs_one_hash_like_a_known_one(
    visitor: httpx.AsyncClient, username: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = []
    verify: Callable[..., bool] = PasswordHash.verify

    def counting(hasher: PasswordHash, password: str, known: str) -> bool:
        checked.append(known)
        return verify(hasher, password, known)

    monkeypatch.setattr(PasswordHash, "verify", counting)
    await send_form(visitor, "/sign-in", {"username": username, "password": "wrong"})

    assert len(checked) == 1
    assert checked[0].startswith("$argon2id$")


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same moment during a whole test: no pause ends in it."""
    now = datetime.now(UTC)
    monkeypatch.setattr("console.endpoints.sign_in.system_clock", lambda: now)


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords checked without the slow hash."""
    monkeypatch.setattr(PasswordHash, "verify", lambda _, password, known: password == PASSWORD)


@pytest.mark.usefixtures("stopped_clock", "quick_hashes")
@pytest.mark.parametrize("username", ["liu", "nobody"])
async def test_after_a_few_wrong_passwords_even_the_right_one_has_to_wait(
    visitor: httpx.AsyncClient, username: str, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(PACES[Counted.NAME].free):
        wrong = await send_form(
            visitor, "/sign-in", {"username": username, "password": "my-secret"}
        )
        assert wrong.status_code == 401

    right = {"username": username, "password": PASSWORD}
    held = await send_form(visitor, "/sign-in", right)
    assert held.status_code == 429
    assert held.headers["retry-after"] == "2"
    assert "登录尝试过多，请在 2 秒后重试。" in words(held)
    assert SESSION_COOKIE not in visitor.cookies
    await visitor.get("/language/en")
    assert "Try again in 2 seconds." in words(await send_form(visitor, "/sign-in", right))

    told = [each.getMessage() for each in caplog.records if "sign-in" in each.getMessage()]
    assert len(told) == PACES[Counted.NAME].free + 2
    account = "liu" if username == "liu" else "(unknown)"
    assert all(f"account {account}, address 127.0.0.1" in each for each in told)
    assert not [each for each in told if "my-secret" in each or PASSWORD in each]


@pytest.mark.usefixtures("stopped_clock", "quick_hashes")
async def test_a_browser_that_signed_in_before_is_not_shut_out_by_strangers(
    app: FastAPI, visitor: httpx.AsyncClient
) -> None:
    await sign_in(visitor, "liu")
    async with visitor_of(app) as stranger:
        wrong = {"username": "liu", "password": "wrong"}
        said = [(await send_form(stranger, "/sign-in", wrong)).status_code for _ in range(50)]
        assert said[-1] == 429
        stranger.cookies.set(BROWSER_COOKIE, "made-up.seal")
        answer = await send_form(stranger, "/sign-in", {"username": "liu", "password": PASSWORD})
        assert answer.status_code == 429

    await send_form(visitor, "/sign-out", {})
    await sign_in(visitor, "liu")

    another = await send_form(visitor, "/sign-in", {"username": "chen", "password": "wrong"})
    assert another.status_code == 401  # the name has its own count


async def test_no_more_passwords_wait_than_can_soon_be_looked_at(settings: Settings) -> None:
    accounts = Accounts.read(settings.console_accounts_file)
    callers = [Caller(f"203.0.113.{number}") for number in range(100)]
    now = datetime.now(UTC)
    checked = asyncio.gather(
        *(accounts.admit(each.host, "guess", each, now) for each in callers), return_exceptions=True
    )
    await asyncio.sleep(0)
    own_desk = Caller("203.0.113.1", browser="seen-before")
    known = await accounts.admit("liu", PASSWORD, own_desk, now)
    assert known is not None
    answers = await checked
    assert answers.count(None) == CHECKS_AT_ONCE + MOST_WAITING
    assert len([each for each in answers if isinstance(each, HeldBack)]) == 100 - answers.count(
        None
    )


@pytest.mark.parametrize("field", ["username", "password"])
async def test_a_password_or_name_longer_than_any_is_not_looked_at(
    visitor: httpx.AsyncClient, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(PasswordHash, "verify")
    fields = {"username": "liu", "password": "wrong"} | {field: "0" * 257}
    assert (await send_form(visitor, "/sign-in", fields)).status_code == 422


@pytest.mark.parametrize("back", ["//evil.test/", "https://evil.test/", "/\\evil.test", "evil"])
async def test_signing_in_never_leads_to_another_site(
    visitor: httpx.AsyncClient, back: str
) -> None:
    fields = {"username": "liu", "password": PASSWORD, "back": back}
    answer = await send_form(visitor, "/sign-in", fields)
    assert answer.headers["location"] == "/"


async def test_a_form_from_another_site_is_not_obeyed(clerk: httpx.AsyncClient) -> None:
    answer = await clerk.post("/sign-out", data={"form_mark": "guessed"})
    assert answer.status_code == 403
    assert "表单已失效" in words(answer)
    assert (await clerk.get("/")).status_code == 200


async def test_a_form_without_any_mark_is_not_obeyed(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post("/sign-in", data={"username": "liu", "password": PASSWORD})
    assert answer.status_code == 403


async def test_signing_out_ends_the_session(visitor: httpx.AsyncClient) -> None:
    await sign_in(visitor, "liu")
    assert (await visitor.get("/")).status_code == 200
    await send_form(visitor, "/sign-out", {})
    assert (await visitor.get("/")).headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    ("age", "with_own_key"), [(timedelta(hours=9), True), (timedelta(), False)]
)
async def test_an_expired_or_forged_token_is_not_let_in(
    visitor: httpx.AsyncClient, private_key: str, age: timedelta, *, with_own_key: bool
) -> None:
    actor = Actor(subject="liu", name="刘", role=ActorRole.SUPERVISION, district="longgang")
    key = private_key if with_own_key else new_key()
    issued_at = datetime.now(UTC) - age
    token = issue_token(actor, key, at=issued_at, valid=timedelta(hours=8))
    visitor.cookies.set(SESSION_COOKIE, token)
    assert (await visitor.get("/")).status_code == 303


async def test_the_demo_lists_its_accounts_and_elsewhere_nothing_is_listed(
    settings: Settings, services: Services, visitor: httpx.AsyncClient
) -> None:
    assert "演示账号" not in words(await visitor.get("/sign-in"))

    with_hint = settings.model_copy(update={"console_demo_password": SecretStr(PASSWORD)})
    async with visitor_of(create_app(with_hint, services.clients())) as guest:
        page = await guest.get("/sign-in")
        assert "刘科员" in words(page)
        assert "督查室 · 龙岗区" in words(page)
        assert PASSWORD in words(page)
        await sign_in(guest, "chen")


async def test_the_demo_can_be_entered_while_intake_is_down(
    settings: Settings, services: Services
) -> None:
    services.intake.is_down = True
    with_hint = settings.model_copy(update={"console_demo_password": SecretStr(PASSWORD)})
    async with visitor_of(create_app(with_hint, services.clients())) as guest:
        page = await guest.get("/sign-in")
    assert page.status_code == 200
    assert "督查室 · longgang" in words(page)


def test_an_account_without_an_argon2_hash_is_refused() -> None:
    with pytest.raises(ValidationError, match="password_hash"):
        Account(
            username="liu",
            name="刘科员",
            role=ActorRole.SUPERVISION,
            district="longgang",
            password_hash="plain",
        )


async def test_every_request_carries_the_visitors_own_token(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    await clerk.get("/")
    assert (
        services.intake.last.headers["authorization"] == f"Bearer {clerk.cookies[SESSION_COOKIE]}"
    )


def test_the_console_in_containers_can_be_taken_out_of_the_demo() -> None:
    """`-` and not `:-`: an empty password in .env is one that is not shown."""
    said = (Path(__file__).parents[2] / "docker-compose.yml").read_text(encoding="utf-8")
    assert "CONSOLE_DEMO_PASSWORD: ${CONSOLE_DEMO_PASSWORD-tian-demo}\n" in said
    assert "CONSOLE_SECURE_COOKIES: ${CONSOLE_SECURE_COOKIES:-false}\n" in said
