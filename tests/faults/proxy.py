"""A TCP proxy that cuts connections at the worst moment: after a request went, before its answer came."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

CHUNK = 65536
BIND, QUERY = b"B", b"Q"
TIDYING_UP = b"pg_advisory_unlock_all"


@dataclass
class Proxy:
    """Forwards bytes; when armed, it cuts at the next request of PostgreSQL's protocol.

    Cut before: the request never arrives. Cut after: it arrives and is carried out, nobody hears.
    """

    port: int
    choice: random.Random
    target: tuple[str, int]
    share: float = 0.0
    cut_before: int = 0
    cut_after: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(*self.target)
        cut = asyncio.Event()
        with suppress(ConnectionError):
            await _first_to_end(
                self._requests(reader, there_writer, cut), _answers(there_reader, writer, cut)
            )
        for each in (writer, there_writer):
            each.close()

    async def _requests(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: asyncio.Event
    ) -> None:
        while data := await reader.read(CHUNK):
            if _is_request(data) and self.choice.random() < self.share:
                if self.choice.random() < 0.25:
                    self.cut_before += 1
                    return
                self.cut_after += 1
                cut.set()
            writer.write(data)
            await writer.drain()


def _is_request(data: bytes) -> bool:
    """Whether somebody waits for the answer; a connection that goes back to its pool is not cut."""
    return data[:1] in {BIND, QUERY} and TIDYING_UP not in data


async def _answers(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: asyncio.Event
) -> None:
    """PostgreSQL answers an append when it is committed; that answer is what gets lost."""
    while data := await reader.read(CHUNK):
        if cut.is_set():
            return
        writer.write(data)
        await writer.drain()


async def _first_to_end(*ways: object) -> None:
    tasks = [asyncio.ensure_future(way) for way in ways]  # type: ignore[call-overload]
    _, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for each in waiting:
        each.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def cutting(host: str, port: int, choice: random.Random) -> AsyncIterator[Proxy]:
    proxy = Proxy(0, choice, (host, port))
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    async with server:
        yield proxy
