"""What a service publishes, for whoever wants to listen: `/asyncapi.json` beside `/openapi.json`."""

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter

from contracts.schemas import asyncapi_of


def asyncapi_routes(service: str) -> APIRouter:
    router = APIRouter(tags=["operation"])
    document = asyncapi_of(service, version(f"tian-{service}"))

    @router.get("/asyncapi.json", include_in_schema=False)
    async def asyncapi() -> dict[str, Any]:
        return document

    return router
