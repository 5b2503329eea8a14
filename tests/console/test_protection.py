"""Headers, cookies and pages that give an attacker nothing to work with."""

import re
from collections.abc import AsyncIterator
from itertools import chain

import httpx
import pytest
from fastapi.routing import APIRoute

from console.app import create_app
from console.endpoints import calendar, documents, ledger, proposals, receipts, summaries
from console.endpoints.protection import MOST_BYTES_OF_A_FORM, takes_a_file
from console.settings import Settings
from tests.console.stand_ins import Services
from tests.console.visiting import (
    CASE,
    CASES,
    IMPORT,
    OVERVIEW,
    send_form,
    sign_in,
    visitor_of,
    words,
)

INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE
)
A_FILE_BEGINS = b'--part\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
PAGES = ["/sign-in", "/", OVERVIEW, CASES, CASE, IMPORT]


@pytest.mark.parametrize("path", [*PAGES, "/static/console.css", "/no-such-page", "/livez"])
async def test_every_answer_carries_the_content_policy(clerk: httpx.AsyncClient, path: str) -> None:
    policy = (await clerk.get(path)).headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_needs_more_than_the_policy_allows(
    clerk: httpx.AsyncClient, path: str
) -> None:
    page = (await clerk.get(path)).text
    assert INLINE.findall(page) == []
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', page) == []


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_is_kept_on_a_shared_computer(clerk: httpx.AsyncClient, path: str) -> None:
    page = await clerk.get(path)
    assert page.headers["cache-control"] == "no-store"
    assert '"historyCacheSize":0' in page.text
    assert '"allowEval":false' in page.text


async def test_every_form_that_changes_something_carries_the_mark(
    clerk: httpx.AsyncClient,
) -> None:
    for path in PAGES:
        page = (await clerk.get(path)).text
        for form in re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL):
            assert 'name="form_mark"' in form


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
async def test_a_body_beyond_the_limit_is_refused_on_a_page_that_says_so(
    clerk: httpx.AsyncClient, services: Services, headers: dict[str, str]
) -> None:
    too_much = {"file": ("台账.xlsx", b"0" * (1024 * 1024 + 1))}
    answer = await send_form(clerk, f"{IMPORT}/check", {}, files=too_much, headers=headers)
    assert answer.status_code == 413
    assert '<main id="main"' in answer.text
    assert "文件超过 1 MB，没有上传。" in words(answer)
    assert "content-security-policy" in answer.headers
    assert services.intake.requests == []


@pytest.mark.parametrize(
    ("path", "limit", "sentence"),
    [
        ("/sign-in", MOST_BYTES_OF_A_FORM, "内容超过 3 MB，没有办理。"),
        (f"{IMPORT}/check", 1024 * 1024, "文件超过 1 MB，没有上传。"),
    ],
)
async def test_a_body_that_announces_no_length_is_read_up_to_the_limit_and_no_further(
    visitor: httpx.AsyncClient, path: str, limit: int, sentence: str
) -> None:
    piece = b"0" * 65_536
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        yield A_FILE_BEGINS
        while taken < 10 * limit:
            taken += len(piece)
            yield piece

    in_parts = {"content-type": "multipart/form-data; boundary=part"}
    answer = await visitor.post(path, content=endless(), headers=in_parts)
    assert answer.request.headers["transfer-encoding"] == "chunked"
    assert answer.status_code == 413
    assert sentence in words(answer)
    assert "content-security-policy" in answer.headers
    assert taken <= limit + 2 * len(piece)


async def test_a_page_that_takes_no_file_refuses_one_at_once(visitor: httpx.AsyncClient) -> None:
    announced = {"content-length": str(MOST_BYTES_OF_A_FORM + 1)}
    answer = await visitor.post("/sign-in", content=b"username=", headers=announced)
    assert answer.status_code == 413
    assert "内容超过 3 MB，没有办理。" in words(answer)


def test_every_form_with_a_file_goes_where_files_are_taken() -> None:
    groups = (calendar, documents, ledger, proposals, receipts, summaries)
    with_a_file = [
        route.path
        for route in chain.from_iterable(group.pages.routes for group in groups)
        if isinstance(route, APIRoute)
        and any(
            "UploadFile" in str(each.field_info.annotation) for each in route.dependant.body_params
        )
    ]
    assert len(with_a_file) == len(groups)
    assert [path for path in with_a_file if not takes_a_file(path)] == []


async def test_behind_tls_the_session_is_sent_over_tls_only(
    settings: Settings, services: Services
) -> None:
    secure = settings.model_copy(update={"console_secure_cookies": True})
    async with visitor_of(create_app(secure, services.clients())) as client:
        client.base_url = httpx.URL("https://console.test")
        await sign_in(client, "liu")
        answer = await send_form(client, "/sign-in", {"username": "liu", "password": "wrong"})
        assert answer.status_code == 401
        assert all(cookie.secure for cookie in client.cookies.jar)


def test_the_private_key_is_not_shown_with_the_settings(settings: Settings) -> None:
    assert settings.private_key not in repr(settings)
