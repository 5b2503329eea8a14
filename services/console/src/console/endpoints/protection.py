"""Headers on every answer, and the limit for what may be sent in."""

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

READ_AT_MOST = 10


class Protection:
    """ASGI middleware: a strict content policy, and no body beyond the limit."""

    def __init__(
        self, app: ASGIApp, *, limit_bytes: int, too_large: Callable[[Request], Response]
    ) -> None:
        self.app = app
        self.limit_bytes = limit_bytes
        self.too_large = too_large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdigit() and int(announced) > self.limit_bytes:
            await _let_pass(receive, self.limit_bytes * READ_AT_MOST)
            await self.too_large(Request(scope))(scope, receive, send_protected)
            return
        await self.app(scope, receive, send_protected)


async def _let_pass(receive: Receive, most: int) -> None:
    """Read the body and keep none of it: a browser that cannot finish sending shows no answer."""
    arrived = 0
    while arrived < most:
        message = await receive()
        arrived += len(message.get("body", b""))
        if not message.get("more_body", False):
            return
