"""A notary for the log of a test."""

import asyncpg
import pytest

from eventlog.notary import Notary
from tests.eventlog.proving.writing import KEY


@pytest.fixture
def notary(pool: asyncpg.Pool) -> Notary:
    return Notary(pool, KEY)
