"""Migrations run once, in order, and are never edited."""

import asyncpg
import pytest

from eventlog.migrating import MigrationChanged, migrate


async def test_a_migrated_database_has_nothing_left_to_do(database: str) -> None:
    assert await migrate(database) == []


async def test_an_edited_migration_is_refused_by_name(
    database: str, connection: asyncpg.Connection
) -> None:
    await connection.execute("update public.migration set sha256 = 'x' where package = 'eventlog'")
    with pytest.raises(MigrationChanged, match=r"eventlog/0001_log\.sql"):
        await migrate(database)
