"""The console put together: clients to the services, pages, health."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from console.endpoints.pages import add_pages, build_health
from console.endpoints.services import Clients, open_clients
from console.settings import Settings


def create_app(settings: Settings, clients: Clients | None = None) -> FastAPI:
    """The console's ASGI app. Without clients it opens its own and closes them at the end."""
    reached = clients or open_clients(settings)

    @asynccontextmanager
    async def open_for_business(_: FastAPI) -> AsyncIterator[None]:
        yield
        if clients is None:
            await reached.close()

    app = FastAPI(
        title="Tian console", docs_url=None, redoc_url=None, lifespan=open_for_business
    )
    app.include_router(build_health(reached))
    add_pages(app, settings, reached)
    return app
