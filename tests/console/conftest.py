"""A console over stand-ins, and visitors who are signed in to it or not."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pwdlib import PasswordHash
from pydantic import SecretStr

from console.app import create_app
from console.settings import Settings
from contracts.identity import new_key
from contracts.vocabulary import ActorRole
from tests.console.stand_ins import Services, working_services
from tests.console.visiting import PASSWORD, give_token, visitor_of

ACCOUNT = """
[[accounts]]
username = "{username}"
name = "{name}"
role = "{role}"
district = "longgang"
password_hash = "{hashed}"
"""


@pytest.fixture(scope="session")
def private_key() -> str:
    return new_key()


@pytest.fixture(scope="session")
def accounts_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hashed = PasswordHash.recommended().hash(PASSWORD)
    people = (("liu", "刘科员", "supervision"), ("chen", "陈主任", "leader"))
    path = tmp_path_factory.mktemp("console") / "accounts.toml"
    tables = (
        ACCOUNT.format(username=username, name=name, role=role, hashed=hashed)
        for username, name, role in people
    )
    path.write_text("".join(tables), encoding="utf-8")
    return path


@pytest.fixture
def settings(accounts_file: Path, private_key: str, tmp_path: Path) -> Settings:
    return Settings(
        intake_url="http://intake.test",
        assignment_url="http://assignment.test",
        evaluation_url="http://evaluation.test",
        tian_private_key=SecretStr(private_key),
        console_accounts_file=accounts_file,
        console_uploads=tmp_path / "uploads",
        console_upload_limit_mb=1,
    )


@pytest.fixture
def services() -> Services:
    return working_services()


@pytest.fixture
def app(settings: Settings, services: Services) -> FastAPI:
    return create_app(settings, services.clients())


@pytest.fixture
async def visitor(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who has not signed in."""
    async with visitor_of(app) as client:
        yield client


@pytest.fixture
async def clerk(app: FastAPI, private_key: str) -> AsyncIterator[httpx.AsyncClient]:
    """The clerk of the supervision office, signed in."""
    async with visitor_of(app) as client:
        give_token(client, private_key, ActorRole.SUPERVISION)
        yield client


@pytest.fixture
async def leader(app: FastAPI, private_key: str) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor_of(app) as client:
        give_token(client, private_key, ActorRole.LEADER)
        yield client
