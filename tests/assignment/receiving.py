"""A real mail server and a real HTTP server that remember what reached them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from tian.ports import free_ports


@dataclass
class MailServer:
    """What was delivered; `refusals` are answered first, one to each letter.

    `refused` is answered to the RCPT of an address, one to each letter for it.
    """

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    refused: dict[str, list[str]] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802  aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refused.get(address):
            return self.refused[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's own name
        if self.refusals:
            return self.refusals.pop(0)
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 queued as 4711"


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    mail = MailServer()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(mail, hostname="mail.test", loop=loop), "127.0.0.1", 0
    )
    mail.port = server.sockets[0].getsockname()[1]
    yield mail
    server.close()
    await server.wait_closed()


@dataclass(frozen=True)
class Posted:
    """A request that reached the server."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class HttpServer:
    """What was posted; `answers` by path, good ones otherwise."""

    address: str
    posted: list[Posted] = field(default_factory=list)
    answers: dict[str, list[tuple[int, Any]]] = field(default_factory=dict)

    def to(self, path: str) -> list[Posted]:
        return [each for each in self.posted if each.path == path]


@asynccontextmanager
async def http_server() -> AsyncIterator[HttpServer]:
    app = FastAPI()
    (port,) = free_ports(1)
    found = HttpServer(f"http://127.0.0.1:{port}")

    @app.post("/{path:path}")
    async def take(path: str, request: Request) -> Response:
        posted = Posted(
            f"/{path}",
            dict(request.query_params),
            dict(request.headers),
            await request.body(),
        )
        found.posted.append(posted)
        waiting = found.answers.get(posted.path)
        status, body = waiting.pop(0) if waiting else (200, {"errcode": 0, "code": 0})
        return JSONResponse(body, status)

    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    yield found
    server.should_exit = True
    await serving
