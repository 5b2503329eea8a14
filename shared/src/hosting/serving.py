"""A service's endpoints, served until it is told to stop, and everything closed afterwards."""

import signal
from contextlib import AbstractAsyncContextManager
from types import FrameType

import uvicorn
from fastapi import FastAPI

import telemetry

# Less than docker-compose.yml lets a service take to stop: a line that somebody holds open ends too.
LAST_REQUESTS_SECONDS = 12
ENDINGS = (signal.SIGINT, signal.SIGTERM)


async def serve(
    name: str, running: AbstractAsyncContextManager[FastAPI], bind: str, port: int
) -> None:
    """Run a service until it is told to stop (SIGINT or SIGTERM)."""
    telemetry.start(name)
    async with running as app:
        config = uvicorn.Config(
            app,
            host=bind,
            port=port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=LAST_REQUESTS_SECONDS,
        )
        # uvicorn sends itself the signal again when it has stopped, which would end the process before
        # what runs beside it is closed, and what was traced is sent.
        for each in ENDINGS:
            signal.signal(each, _heard)
        await uvicorn.Server(config).serve()
        for each in ENDINGS:
            signal.signal(each, signal.SIG_DFL)


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Uvicorn has stopped because of this signal."""
