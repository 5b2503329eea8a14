"""Keep-alive connections for who measures: a full HTTP client takes as much of the processor as the service it asks."""

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any, TypeAlias
from urllib.parse import urlsplit

OK = b"HTTP/1.1 200"
PATIENCE_SECONDS = 30.0
# A server hangs up on who has been silent for five seconds; it must not do so while a request is on its way.
SILENT_SECONDS = 2.0

Line: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class NotAnswered(Exception):
    """The service answered with something else than a result."""


class Lines:
    """Connections to one service; each carries one request at a time, and there are as many as need be."""

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        where = urlsplit(url)
        self._host, self._port = where.hostname, where.port
        self._common = _written({"host": where.netloc, "content-type": "application/json"}, headers)
        self._idle: list[tuple[float, Line]] = []

    async def post(self, path: str, said: object, headers: Mapping[str, str]) -> dict[str, Any]:
        """Raises NotAnswered for any status but 200, TimeoutError after half a minute."""
        body = json.dumps(said, ensure_ascii=False).encode()
        own = _written({"content-length": str(len(body))}, headers)
        line = reader, writer = self._kept() or await self._opened()
        writer.write(f"POST {path} HTTP/1.1\r\n{self._common}{own}\r\n".encode() + body)
        async with asyncio.timeout(PATIENCE_SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
            answer = await reader.readexactly(_length(head))
        if not head.startswith(OK):
            raise NotAnswered(head.decode(), answer.decode())
        self._idle.append((time.monotonic(), line))
        found: dict[str, Any] = json.loads(answer)
        return found

    def close(self) -> None:
        for _, (_, writer) in self._idle:
            writer.close()

    def _kept(self) -> Line | None:
        """The line used last, unless all have been silent for too long."""
        used_at, line = self._idle.pop() if self._idle else (0.0, None)
        if line is None or time.monotonic() - used_at < SILENT_SECONDS:
            return line
        self._idle.append((used_at, line))
        self.close()
        self._idle = []
        return None

    async def _opened(self) -> Line:
        return await asyncio.open_connection(self._host, self._port)


def _written(*many: Mapping[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for each in many for name, value in each.items())


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"\r\ncontent-length:")
    return int(rest.partition(b"\r\n")[0])
