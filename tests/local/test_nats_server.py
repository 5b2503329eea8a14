"""The embedded NATS keeps its streams on disk and lets in only who knows the password."""

import os
import signal
from pathlib import Path

import nats
import pytest

from tests.local.programs import until
from tian.nats_server import EmbeddedNats, is_there
from tian.ports import free_ports
from tian.processes import Supervised


@pytest.fixture
def server(tmp_path: Path) -> EmbeddedNats:
    (port,) = free_ports(1)
    return EmbeddedNats(tmp_path / "a folder", port, "a-password", tmp_path / "nats.log")


async def test_a_stream_survives_the_killing_of_its_server(server: EmbeddedNats) -> None:
    part = Supervised(server.program(), print)
    await part.start()
    client = await nats.connect(server.url)
    await client.jetstream().add_stream(name="NOTES", subjects=["notes"])
    await client.jetstream().publish("notes", b"kept")
    await client.close()
    killed = part.pid
    assert killed
    os.kill(killed, signal.SIGKILL)
    await until(lambda: part.pid not in {killed, None})
    while not await is_there(server.url):
        await until(lambda: part.pid is not None)
    client = await nats.connect(server.url)
    assert (await client.jetstream().get_msg("NOTES", 1)).data == b"kept"
    await client.close()
    await part.stop()
    assert not await is_there(server.url)


async def test_only_who_knows_the_password_gets_in(server: EmbeddedNats) -> None:
    part = Supervised(server.program(), print)
    await part.start()
    assert await is_there(server.url)
    assert not await is_there(server.url.replace("a-password", "a-guess"))
    await part.stop()
