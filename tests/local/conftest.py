"""A port that somebody else listens on; a place with a signed log, and one that knows nothing of it."""

import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from eventlog import EventLog
from eventlog.notary import Notary
from eventlog.proving.keys import LogKey, new_log_key
from tests.eventlog.proving.writing import write_events
from tests.local.places import Place


@pytest.fixture
def a_taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
async def place(database: str, tmp_path: Path) -> AsyncIterator[Place]:
    pem = new_log_key()
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "log.pem").write_text(pem)
    key = LogKey.read(pem, "tian.local/log")
    async with asyncpg.create_pool(database, min_size=1, max_size=4) as pool:
        log, notary = EventLog(pool), Notary(pool, key)
        for end in (10, 40):
            await write_events(log, end - (10 if end == 10 else 30), end)
            await notary.issue_due()
        yield Place(tmp_path, pool, database, key)


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of somebody who has neither our key nor our database."""
    return tmp_path_factory.mktemp("elsewhere")
