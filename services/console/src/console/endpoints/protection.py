"""Headers on every answer, and the limits for what may be sent in."""

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hosting.body_limit import MOST_BYTES, counted

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

FILES = ("/check", "/attachments", "/summary", "/receipt")
MOST_BYTES_OF_A_FORM = 3 * MOST_BYTES  # what a service takes; a form writes a byte as %E6


class Protection:
    """ASGI middleware: a strict content policy, and no body beyond the limit.

    `limit_bytes` holds where files go, MOST_BYTES_OF_A_FORM elsewhere. A body that announces more is
    answered with the page of `too_large`; one that announces nothing, or too little, ends in a
    BodyTooLarge for whoever reads it.
    """

    def __init__(
        self, app: ASGIApp, *, limit_bytes: int, too_large: Callable[[Request, int], Response]
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

        most = self.limit_bytes if takes_a_file(scope["path"]) else MOST_BYTES_OF_A_FORM
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdigit() and int(announced) > most:
            await _let_pass(receive, most * READ_AT_MOST)
            await self.too_large(Request(scope), most)(scope, receive, send_protected)
            return
        await self.app(scope, counted(receive, most), send_protected)


def takes_a_file(path: str) -> bool:
    """Whether a page of this site sends files to this address."""
    return path.endswith(FILES)


async def _let_pass(receive: Receive, most: int) -> None:
    """Read the body and keep none of it: a browser that cannot finish sending shows no answer."""
    arrived = 0
    while arrived < most:
        message = await receive()
        arrived += len(message.get("body", b""))
        if not message.get("more_body", False):
            return
