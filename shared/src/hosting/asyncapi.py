"""What a service publishes, for whoever wants to listen: `/asyncapi.json` beside `/openapi.json`."""

from typing import Any

from fastapi import APIRouter

from contracts.schemas import asyncapi_of
from hosting.release import release


def asyncapi_routes(service: str) -> APIRouter:
    router = APIRouter(tags=["operation"])
    document = asyncapi_of(service, release())

    @router.get("/asyncapi.json", include_in_schema=False)
    async def asyncapi() -> dict[str, Any]:
        return document

    return router
