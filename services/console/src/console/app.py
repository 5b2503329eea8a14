"""The console put together: clients to the services, pages, health."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from console.endpoints.pages import add_pages
from console.endpoints.services import Clients, open_clients
from console.settings import Settings
from hosting.health import health_routes
from telemetry.requests import REQUESTS_TRACED


def create_app(settings: Settings, clients: Clients) -> FastAPI:
    """The console's ASGI app over these clients; who opened them closes them."""
    app = FastAPI(
        title="提案 · 控制台 (console)", docs_url=None, redoc_url=None, telemetry=REQUESTS_TRACED
    )
    app.include_router(health_routes("console", clients.checks))
    add_pages(app, settings, clients)
    return app


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[FastAPI]:
    """The console with connections to the services, until the block ends."""
    clients = open_clients(settings)
    try:
        yield create_app(settings, clients)
    finally:
        await clients.close()
