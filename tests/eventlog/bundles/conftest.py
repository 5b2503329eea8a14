"""A bundle of a log of forty-one signed events, of which four more are not signed yet."""

from pathlib import Path

import asyncpg
import pytest

from eventlog import EventLog
from eventlog.notary import Notary
from tests.eventlog.bundles.packing import SIZES, exported
from tests.eventlog.proving.writing import KEY, write_events, write_signed


@pytest.fixture
async def bundle(
    log: EventLog, pool: asyncpg.Pool, connection: asyncpg.Connection, tmp_path: Path
) -> Path:
    await write_signed(log, Notary(pool, KEY, signs_sm3=True), SIZES)
    await write_events(log, SIZES[-1], SIZES[-1] + 4)
    return await exported(connection, tmp_path / "bundle.zip")
