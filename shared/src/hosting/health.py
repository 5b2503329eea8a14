"""Is the process alive, is it ready, what does it measure, which version is it."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

import asyncpg
from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from hosting.release import release

Check = Callable[[], Awaitable[bool]]
NOTHING: Mapping[str, Check] = MappingProxyType({})


def health_routes(
    service: str, checks: Mapping[str, Check], notes: Mapping[str, Check] = NOTHING
) -> APIRouter:
    """`checks` decide whether the service is ready; `notes` are shown beside them."""
    router = APIRouter(tags=["operation"])

    @router.get("/livez")
    async def livez() -> dict[str, str]:
        return {"service": service, "state": "alive"}

    @router.get("/readyz", responses={503: {"model": dict[str, str | bool]}})
    async def readyz() -> JSONResponse:
        asked = {**checks, **notes}
        answers = dict(zip(asked, await asyncio.gather(*map(_passes, asked.values())), strict=True))
        ready = all(answers[name] for name in checks)
        return JSONResponse({"service": service, "ready": ready, **answers}, 200 if ready else 503)

    @router.get("/metrics", response_class=PlainTextResponse)
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    @router.get("/version")
    async def service_version() -> dict[str, str | None]:
        """The release, and the commit it was built from where `TIAN_COMMIT` says so."""
        commit = os.environ.get("TIAN_COMMIT") or None
        return {"service": service, "version": release(), "commit": commit}

    return router


async def _passes(check: Check) -> bool:
    try:
        return await check()
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False
