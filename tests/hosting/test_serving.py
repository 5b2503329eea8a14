"""A service that is told to stop closes what it opened, and its process ends well."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import FastAPI

from hosting.serving import serve
from tian.ports import free_ports

PATIENCE_SECONDS = 60.0


@asynccontextmanager
async def running() -> AsyncIterator[FastAPI]:
    app = FastAPI()

    @app.get("/")
    async def answer() -> str:
        return "here"

    try:
        yield app
    finally:
        await asyncio.sleep(0.1)
        print("closed", flush=True)  # noqa: T201  what the test listens to


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
async def test_what_runs_beside_the_endpoints_is_closed_before_the_process_ends(
    told: signal.Signals,
) -> None:
    (port,) = free_ports(1)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.hosting.test_serving", str(port)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(PATIENCE_SECONDS), httpx.AsyncClient() as client:
        while process.returncode is None:
            try:
                await client.get(f"http://127.0.0.1:{port}/")
            except httpx.TransportError:
                await asyncio.sleep(0.1)
            else:
                break
        process.send_signal(told)
        said, complaints = await process.communicate()
    assert (process.returncode, b"closed" in said.splitlines()) == (0, True), complaints.decode()


if __name__ == "__main__":
    asyncio.run(serve("stopping", running(), "127.0.0.1", int(sys.argv[1])))
