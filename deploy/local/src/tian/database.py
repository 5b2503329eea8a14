"""The database of the log, for the commands that read it themselves: opened, or said to be out of reach."""

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from urllib.parse import urlsplit

import asyncpg

from tian.database_failures import (
    DatabaseKeepsOut,
    DatabaseUnreachable,
    NoDatabaseAddress,
    NoLogInDatabase,
    NoSuchDatabase,
)
from tian.home import Home
from tian.run_record import database_url

PATIENCE_SECONDS = 20.0
DEFAULT_PORT = 5432
REASONS: tuple[tuple[type[BaseException], str, str], ...] = (
    (ConnectionRefusedError, "那里没有程序接受连接", "nothing accepts connections there"),
    (socket.gaierror, "没有这个主机", "there is no such host"),
    (TimeoutError, "没有回应", "it does not answer"),
    (asyncpg.CannotConnectNowError, "它正在启动或停止", "it is starting or stopping"),
    (asyncpg.TooManyConnectionsError, "它的连接已满", "it has no connection left"),
)


@asynccontextmanager
async def database(home: Home) -> AsyncIterator[asyncpg.Connection]:
    """DATABASE_URL when it is set; otherwise the database of the system that runs here.

    Raises NotRunning, or what is wrong with the address or behind it.
    """
    url = database_url(home)
    connection = await opened(url)
    try:
        with _log_missing(url):
            yield connection
    finally:
        await connection.close()


async def opened(url: str) -> asyncpg.Connection:
    """Raises NoDatabaseAddress, DatabaseUnreachable, DatabaseKeepsOut or NoSuchDatabase."""
    place, name = place_of(url)
    try:
        return await asyncpg.connect(url, timeout=PATIENCE_SECONDS)
    except asyncpg.InvalidAuthorizationSpecificationError as error:
        raise DatabaseKeepsOut(place=place) from error
    except asyncpg.InvalidCatalogNameError as error:
        raise NoSuchDatabase(place=place, name=name) from error
    except (OSError, asyncpg.PostgresError) as error:
        chinese, english = _reason(error)
        raise DatabaseUnreachable(place=place, reason=chinese, reason_en=english) from error
    except (asyncpg.InterfaceError, ValueError, OverflowError) as error:
        raise NoDatabaseAddress from error


def place_of(url: str) -> tuple[str, str]:
    """Host and port, and the name of the database: never user and password. Raises NoDatabaseAddress."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "localhost", parts.port or DEFAULT_PORT
    except ValueError as error:
        raise NoDatabaseAddress from error
    if parts.scheme not in {"postgresql", "postgres"}:
        raise NoDatabaseAddress
    return f"{host}:{port}", parts.path.removeprefix("/")


def _reason(error: Exception) -> tuple[str, str]:
    for kind, chinese, english in REASONS:
        if isinstance(error, kind):
            return chinese, english
    kind_name = type(error).__name__
    return f"连接没有建成（{kind_name}）", f"no connection came about ({kind_name})"


@contextmanager
def _log_missing(url: str) -> Iterator[None]:
    """A database that has no log in it is no bug of ours. Raises NoLogInDatabase."""
    try:
        yield
    except (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError) as error:
        place, name = place_of(url)
        raise NoLogInDatabase(place=place, name=name) from error
