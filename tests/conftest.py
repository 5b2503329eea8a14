"""A PostgreSQL, a NATS, and a fresh database for each test that asks for one.

The servers are embedded ones unless DATABASE_URL and NATS_URL name others, or
TIAN_TEST_BACKEND=containers asks for containers of the images that production uses.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import settings

from eventlog.migrating import migrate
from tests.containers import contained_nats, contained_postgres
from tian.nats_server import EmbeddedNats
from tian.ports import free_ports
from tian.postgres import EmbeddedPostgres, create_database, drop_database
from tian.processes import Program, Supervised

PASSWORD = "tian-test"

# How long an example takes depends on what else the machine does.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long the faults go on, and what decides their moments; `make faults` sets them."""
    faults = parser.getgroup("faults")
    faults.addoption("--cycles", type=int, default=None, help="faults of each kind; few if unset")
    faults.addoption("--seed", type=int, default=None, help="decides every random moment")


@pytest.fixture(scope="session")
async def postgres_url() -> AsyncIterator[str]:
    """The address of a PostgreSQL server, with a database to administer it from."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    running = contained_postgres() if _in_containers() else _embedded_postgres()
    async with running as url:
        yield url


@pytest.fixture(scope="session")
async def nats_url(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a NATS server with JetStream."""
    if url := os.environ.get("NATS_URL"):
        yield url
        return
    running = contained_nats() if _in_containers() else _embedded_nats(tmp_path_factory)
    async with running as url:
        yield url


@pytest.fixture(scope="session")
async def migrated_template(postgres_url: str) -> AsyncIterator[str]:
    """A database with the present schema, that tests get copies of."""
    async with a_database(postgres_url, "template0") as url:
        await migrate(url)
        yield url


@pytest.fixture
async def database(postgres_url: str, migrated_template: str) -> AsyncIterator[str]:
    """The address of a migrated database that no other test knows."""
    async with a_database(postgres_url, _name_in(migrated_template)) as url:
        yield url


@pytest.fixture
async def connection(database: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection to the fresh database."""
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
def chromium() -> str | None:
    """The browser to drive; None for the one that Playwright brought itself."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return os.environ.get("CHROMIUM") or next((path for path in found if path), None)


@asynccontextmanager
async def a_database(server_url: str, template: str) -> AsyncIterator[str]:
    """A database made of a template, until it is no longer needed."""
    name = f"tian_{uuid4().hex}"
    await create_database(server_url, name, template=template)
    try:
        yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
    finally:
        await drop_database(server_url, name)


def _name_in(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _in_containers() -> bool:
    return os.environ.get("TIAN_TEST_BACKEND", "embedded") == "containers"


@asynccontextmanager
async def _embedded_postgres() -> AsyncIterator[str]:
    # Not below pytest's folder, which every run of pytest closes to all users but its own.
    with TemporaryDirectory(prefix="tian-postgres-") as name:
        folder, (port,) = Path(name), free_ports(1)
        server = EmbeddedPostgres(
            folder / "data",
            port,
            PASSWORD,
            folder / "postgres.log",
            settings={"fsync": "off", "full_page_writes": "off"},
        )
        await server.prepare()
        async with _supervised(server.program()):
            yield server.url("postgres")


@asynccontextmanager
async def _embedded_nats(folders: pytest.TempPathFactory) -> AsyncIterator[str]:
    folder = folders.mktemp("nats")
    (port,) = free_ports(1)
    server = EmbeddedNats(folder / "data", port, PASSWORD, folder / "nats.log")
    async with _supervised(server.program()):
        yield server.url


@asynccontextmanager
async def _supervised(program: Program) -> AsyncIterator[None]:
    part = Supervised(program, print)
    try:
        await part.start()
        yield
    finally:
        await part.stop()
