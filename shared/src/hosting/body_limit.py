"""No request may be larger than what the service could ever accept."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 1_000_000
MOST_BYTES_OF_A_FILE = 21_000_000
FILES = ("/ledger", "/check", "/attachments")


class BodyTooLarge(HTTPException):
    """A request went on after its limit."""

    def __init__(self, most: int) -> None:
        self.most = most
        megabytes = most // 1_000_000
        super().__init__(
            413,
            f"内容太大，最多 {megabytes} MB。请拆分后再提交。"
            f" / Too large: {megabytes} MB at most. Split it and send the parts.",
        )


class BodyLimit:
    """ASGI middleware that counts what arrives, whatever Content-Length says."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = MOST_BYTES_OF_A_FILE if scope["path"].endswith(FILES) else MOST_BYTES
        await self._app(scope, counted(receive, most), send)


def counted(receive: Receive, most: int) -> Receive:
    """The same body, up to `most` bytes of it. Raises BodyTooLarge with the message that goes beyond."""
    arrived = 0

    async def receive_counted() -> Message:
        nonlocal arrived
        message = await receive()
        arrived += len(message.get("body", b""))
        if arrived > most:
            raise BodyTooLarge(most)
        return message

    return receive_counted
