"""The embedded PostgreSQL keeps what it was given, whatever happens to its process."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import psutil
import pytest

from tests.local.programs import until
from tian.failures import DidNotStart
from tian.ports import free_ports, is_free
from tian.postgres import CLUSTER, SETTINGS, EmbeddedPostgres, create_database, is_there
from tian.processes import Supervised


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[EmbeddedPostgres]:
    """A data folder that each test starts a server on; what a test writes has a database of its own."""
    # Not below pytest's folder, which every run of pytest closes to all users but its own.
    with TemporaryDirectory(prefix="tian-postgres-") as name:
        folder, (port,) = Path(name), free_ports(1)
        server = EmbeddedPostgres(folder / "data", port, "a-password", folder / "postgres.log")
        await server.prepare()
        yield server


async def write_a_note(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("create table note as select 'kept' as words")
    await connection.close()


async def read_the_note(url: str) -> str:
    connection = await asyncpg.connect(url)
    words: str = await connection.fetchval("select words from note")
    await connection.close()
    return words


async def test_what_was_written_is_there_after_a_stop_and_a_start(server: EmbeddedPostgres) -> None:
    first = Supervised(server.program(), print)
    await first.start()
    await server.create_database("stopped")
    await write_a_note(server.url("stopped"))
    await first.stop()
    assert is_free(server.port)
    await server.prepare()
    second = Supervised(server.program(), print)
    await second.start()
    await server.create_database("stopped")
    assert await read_the_note(server.url("stopped")) == "kept"
    await second.stop()


async def test_a_killed_server_comes_back_with_what_was_committed(server: EmbeddedPostgres) -> None:
    part = Supervised(server.program(), print)
    await part.start()
    await server.create_database("killed")
    await write_a_note(server.url("killed"))
    killed = part.pid
    assert killed
    os.kill(killed, signal.SIGKILL)
    await until(lambda: part.pid not in {killed, None})
    while not await is_there(server.url("killed")):
        await until(lambda: part.pid is not None)
    assert await read_the_note(server.url("killed")) == "kept"
    await part.stop()


async def test_a_stop_leaves_no_process_behind(server: EmbeddedPostgres) -> None:
    part = Supervised(server.program(), print)
    await part.start()
    assert part.pid
    family = [psutil.Process(part.pid), *psutil.Process(part.pid).children(recursive=True)]
    assert len(family) > 1
    await part.stop()
    await until(lambda: not any(process.is_running() for process in family))


async def test_a_start_that_was_cut_short_begins_anew(server: EmbeddedPostgres) -> None:
    half_made = server.data.with_name("data.new")
    server.data.rename(half_made)
    (half_made / "PG_VERSION").unlink()
    await server.prepare()
    part = Supervised(server.program(), print)
    await part.start()
    assert await is_there(server.url("postgres"))
    await part.stop()


async def test_only_who_knows_the_password_gets_in(server: EmbeddedPostgres) -> None:
    part = Supervised(server.program(), print)
    await part.start()
    assert await is_there(server.url("postgres"))
    assert not await is_there(server.url("postgres").replace("a-password", "a-guess"))
    await part.stop()


async def test_a_database_that_cannot_be_made_is_said_in_the_servers_words(
    postgres_url: str,
) -> None:
    with pytest.raises(DidNotStart, match="no_such_template"):
        await create_database(postgres_url, "anything", template="no_such_template")


def test_the_database_in_containers_is_set_up_like_this_one() -> None:
    said = (Path(__file__).parents[2] / "docker-compose.yml").read_text(encoding="utf-8").split()
    wanted = [*CLUSTER, *(f"{name}={value}" for name, value in SETTINGS.items())]
    assert [each for each in wanted if each not in said] == []


async def test_texts_sort_by_their_bytes(postgres_url: str) -> None:
    """By the rules of a language, case and hyphens would come last."""
    connection = await asyncpg.connect(postgres_url)
    texts = ["aba", "ab-b", "B"]
    given = await connection.fetchval(
        "select array_agg(x order by x) from unnest($1::text[]) x", texts
    )
    await connection.close()
    assert given == ["B", "ab-b", "aba"]
