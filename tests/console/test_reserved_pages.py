"""Pages that are for some roles only, asked for by others who type their address."""

import httpx
import pytest
from fastapi import FastAPI

from console.endpoints.reserved import PEOPLE, READERS
from contracts.vocabulary import ActorRole
from tests.console.stand_ins import Services
from tests.console.visiting import OVERVIEW, give_token, send_form, visitor_of, words

DISTRICT = "/districts/longgang"
ADDRESSES = {
    "new": f"{OVERVIEW}/proposals/new",
    "dispatch": f"{OVERVIEW}/dispatch",
    "inbox": f"{DISTRICT}/inbox",
    "outbox": f"{DISTRICT}/outbox",
    "reports": f"{OVERVIEW}/reports",
    "summary": f"{OVERVIEW}/summary",
    "receipt": f"{OVERVIEW}/receipt",
    "import": f"{OVERVIEW}/import",
}
CLOSED = [(role, section) for section in READERS for role in PEOPLE if role not in READERS[section]]


@pytest.fixture
def asked(services: Services) -> Services:
    """The services, none of which is to be asked for a page that is not shown."""
    for each in (services.intake, services.assignment, services.evaluation):
        each.requests.clear()
    return services


@pytest.mark.parametrize(("role", "section"), CLOSED)
async def test_whoever_a_page_is_not_for_is_told_whose_it_is_and_sees_no_form(
    app: FastAPI, asked: Services, private_key: str, role: ActorRole, section: str
) -> None:
    async with visitor_of(app) as client:
        give_token(client, private_key, role)
        page = await client.get(ADDRESSES[section])
    assert page.status_code == 403
    assert f"使用，您是以{role.chinese}身份登录的。" in words(page)
    assert all(reader.chinese in words(page) for reader in READERS[section])
    assert "<form" not in page.text.partition("<main")[2]
    assert asked.evaluation.requests == asked.assignment.requests == asked.intake.requests == []


async def test_a_proposer_is_told_in_english_too(app: FastAPI, private_key: str) -> None:
    async with visitor_of(app) as client:
        give_token(client, private_key, ActorRole.PROPOSER)
        await client.get("/language/en")
        page = await client.get(ADDRESSES["summary"])
    assert "“Annual summary” is for: Supervision office, Handling unit" in words(page)
    assert "You are signed in as: Proposer." in words(page)


@pytest.mark.parametrize("section", ["summary", "receipt", "import"])
async def test_what_is_sent_to_such_a_page_is_turned_away_as_well(
    app: FastAPI, asked: Services, private_key: str, section: str
) -> None:
    async with visitor_of(app) as client:
        give_token(client, private_key, ActorRole.PROPOSER)
        answer = await send_form(client, ADDRESSES[section], {})
    assert answer.status_code == 403
    assert "身份登录的。" in words(answer)
    assert asked.evaluation.requests == asked.intake.requests == []


@pytest.mark.parametrize("role", PEOPLE)
async def test_no_tab_leads_to_a_page_that_is_not_shown(
    app: FastAPI, private_key: str, role: ActorRole
) -> None:
    async with visitor_of(app) as client:
        give_token(client, private_key, role)
        page = (await client.get(OVERVIEW)).text
    closed = {section for each, section in CLOSED if each is role}
    assert [each for each in closed if f'href="{ADDRESSES[each]}"' in page] == []


async def test_who_has_not_signed_in_is_asked_to_before_anything_else(
    visitor: httpx.AsyncClient,
) -> None:
    for address in ADDRESSES.values():
        assert (await visitor.get(address)).headers["location"].startswith("/sign-in")
