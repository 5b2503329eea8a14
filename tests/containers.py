"""PostgreSQL and NATS in containers, for tests that shall meet the images production uses."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from testcontainers.core.container import DockerContainer

from tian import nats_server, postgres

POSTGRES_IMAGE = "postgres:18"
NATS_IMAGE = "nats:2"
PASSWORD = "tian-test"
START_SECONDS = 60.0
POLL_SECONDS = 0.2


class ContainerDidNotStart(Exception):
    """A container does not answer. See `docker ps -a` and `docker logs`."""


@asynccontextmanager
async def contained_postgres() -> AsyncIterator[str]:
    container = DockerContainer(POSTGRES_IMAGE)
    container.with_env("POSTGRES_PASSWORD", PASSWORD).with_exposed_ports(5432)
    container.with_env("POSTGRES_INITDB_ARGS", " ".join(postgres.CLUSTER))
    with container as started:
        address = f"{started.get_container_host_ip()}:{started.get_exposed_port(5432)}"
        url = f"postgresql://postgres:{PASSWORD}@{address}/postgres"
        await _until(postgres.is_there, url)
        yield url


@asynccontextmanager
async def contained_nats() -> AsyncIterator[str]:
    container = DockerContainer(NATS_IMAGE)
    container.with_command("-js").with_exposed_ports(4222)
    with container as started:
        url = f"nats://{started.get_container_host_ip()}:{started.get_exposed_port(4222)}"
        await _until(nats_server.is_there, url)
        yield url


async def _until(is_there: Callable[[str], Awaitable[bool]], url: str) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while not await is_there(url):
        if time.monotonic() > give_up_at:
            raise ContainerDidNotStart(url)
        await asyncio.sleep(POLL_SECONDS)
