"""Whatever is asked of a service, it answers as its interface description says, and never breaks."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.conftest import PATIENCE_SECONDS
from tests.journeys.ledgers import ledger_of
from tests.journeys.machines import Machine, machine

SETTINGS = Path(__file__).with_name("any_request.toml")
EXAMPLES = os.environ.get("TIAN_REQUESTS", "3")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "unsupported_method",
    "ignored_auth",
)


@pytest.fixture(scope="module")
async def running() -> AsyncIterator[Machine]:
    async with machine() as started:
        await started.adopt_rulebook()
        await started.import_until_it_is_through(ledger_of(30))
        await started.settled_figures()
        yield started


@pytest.mark.parametrize("service", ["intake", "assignment", "evaluation"])
async def test_no_request_is_answered_in_an_undocumented_way(
    running: Machine, service: str, tmp_path: Path
) -> None:
    asked = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(SETTINGS)),
        *("run", f"{running.record.urls[service]}/openapi.json"),
        *("--header", f"Authorization: {running.headers['authorization']}"),
        *("--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing"),
        *("--max-examples", EXAMPLES, "--workers", "1", "--seed", "1", "--no-color"),
        *("--generation-database", "none", "--suppress-health-check", "all"),
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(PATIENCE_SECONDS * 10):
        said, _ = await asked.communicate()
    assert asked.returncode == 0, said.decode()
    assert "Test cases:" in said.decode()
