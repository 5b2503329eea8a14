"""Signing in with a local account, signing out, and the choice of language."""

from contextlib import suppress
from datetime import timedelta
from math import ceil
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from console.endpoints.accounts import Account, HeldBack
from console.endpoints.answers import DistrictEntry, DistrictList
from console.endpoints.guessing import Caller
from console.endpoints.known_browsers import known_browser, new_mark
from console.endpoints.language import language_of
from console.endpoints.services import Enquiry, ServiceDown, ServiceFailed, ServiceRefused
from console.endpoints.visits import (
    BROWSER_COOKIE,
    FORM_COOKIE,
    LANGUAGE_COOKIE,
    SESSION_COOKIE,
    Anyone,
    OwnForm,
    Visit,
    path_on_this_site,
)
from contracts.identity import issue_token
from hosting.clock import system_clock

SESSION = timedelta(hours=8)
A_QUESTION = timedelta(minutes=1)
LANGUAGE_IS_KEPT = timedelta(days=365)
BROWSER_IS_KNOWN = timedelta(days=180)

LONGEST_NAME = 100
LONGEST_PASSWORD = 256  # a hash takes longer, the longer the password is
TOO_MANY = 429

pages = APIRouter()


@pages.get("/sign-in", response_class=HTMLResponse)
async def show_sign_in(visit: Anyone, back: str = "/") -> Response:
    return await _form(visit, back=path_on_this_site(back))


@pages.post("/sign-in", response_class=HTMLResponse, dependencies=[OwnForm])
async def sign_in(
    visit: Anyone,
    username: Annotated[str, Form(max_length=LONGEST_NAME)] = "",
    password: Annotated[str, Form(max_length=LONGEST_PASSWORD)] = "",
    back: Annotated[str, Form()] = "/",
) -> Response:
    now, name, back = system_clock(), username.strip(), path_on_this_site(back)
    try:
        account = await visit.desk.accounts.admit(name, password, _caller(visit, name), now)
    except HeldBack as held:
        return await _form(
            visit, back=back, username=username, held=ceil(held.pause.total_seconds())
        )
    if account is None:
        return await _form(visit, back=back, username=username, is_wrong=True)
    key = visit.desk.private_key
    token = issue_token(account.actor, key, at=now, valid=SESSION)
    response = RedirectResponse(back, status_code=303)
    visit.keep(response, SESSION_COOKIE, token, int(SESSION.total_seconds()))
    visit.keep(response, FORM_COOKIE, visit.new_form_mark)
    known_for = int(BROWSER_IS_KNOWN.total_seconds())
    visit.keep(response, BROWSER_COOKIE, new_mark(account, key), known_for)
    return response


@pages.post("/sign-out", dependencies=[OwnForm])
async def sign_out() -> Response:
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(SESSION_COOKIE)
    response.delete_cookie(FORM_COOKIE)
    return response


@pages.get("/language/{code}")
async def choose_language(visit: Anyone, code: str, back: str = "/") -> Response:
    response = RedirectResponse(path_on_this_site(back), status_code=303)
    seconds = int(LANGUAGE_IS_KEPT.total_seconds())
    visit.keep(response, LANGUAGE_COOKIE, language_of(code), seconds)
    return response


def _caller(visit: Visit, username: str) -> Caller:
    client, mark = visit.request.client, visit.request.cookies.get(BROWSER_COOKIE, "")
    account = visit.desk.accounts.named(username)
    host = client.host if client else ""
    return Caller(host, known_browser(mark, account, visit.desk.private_key))


async def _form(
    visit: Visit, *, back: str, username: str = "", is_wrong: bool = False, held: int = 0
) -> HTMLResponse:
    """The page to sign in on; `held` are the seconds after which to try again."""
    demo_password = visit.desk.settings.demo_hint
    accounts = visit.desk.accounts.accounts if demo_password else ()
    status = TOO_MANY if held else 401 if is_wrong else 200
    page = visit.page(
        "sign_in.html",
        status=status,
        back=back,
        username=username,
        is_wrong=is_wrong,
        held=held,
        demo_password=demo_password,
        demo_accounts=accounts,
        places=await _places_of(visit, accounts),
    )
    if held:
        page.headers["Retry-After"] = str(held)
    return page


async def _places_of(visit: Visit, accounts: tuple[Account, ...]) -> dict[str, DistrictEntry]:
    """The districts of the demo accounts, by code; none where intake does not tell."""
    places: dict[str, DistrictEntry] = {}
    with suppress(ServiceDown, ServiceFailed, ServiceRefused):
        for account in {each.district: each for each in accounts}.values():
            actor, key = account.actor, visit.desk.private_key
            token = issue_token(actor, key, at=system_clock(), valid=A_QUESTION)
            enquiry = Enquiry(visit.desk.clients, token)
            listed = await enquiry.get(DistrictList, "intake", "/districts")
            places |= {each.code: each for each in listed.districts}
    return places
