"""A service says which release of it runs."""

import re
import tomllib
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from hosting.health import health_routes


@pytest.mark.parametrize(("named", "said"), [("3f5ad292bf7d", "3f5ad292bf7d"), ("", None)])
async def test_a_service_names_the_release_and_the_commit_it_was_built_from(
    named: str, said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIAN_COMMIT", named)
    app = FastAPI()
    app.include_router(health_routes("intake", {}))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://intake") as client:
        answer = (await client.get("/version")).json()
    shared = Path(__file__).parents[2] / "shared" / "pyproject.toml"
    released = tomllib.loads(shared.read_text("utf-8"))["project"]["version"]
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", released)
    assert answer == {"service": "intake", "version": released, "commit": said}
