"""Migrations run once, in order, and are never edited."""

import asyncpg
import pytest

from eventlog.migrating import MigrationChanged, migrate, migrations_of
from tests.conftest import a_database

ONE_TABLE = "0007_one_table.sql"
FILL = """
insert into log.event (district, position, stream, version, event_id, type, body, leaf_hash)
select 'district-' || d, n, 'case-' || n, 1, gen_random_uuid(), 'tian.t', b, sha256('\\x00' || b)
from generate_series(1, 20) d, generate_series(1, 3) n,
  lateral (select convert_to(d || ' ' || n, 'UTF8') as b) body
"""
EVERYTHING = "select * from log.event order by district, position"
AGAIN = """
insert into log.event (district, position, stream, version, event_id, type, body, leaf_hash)
select district, 99, 'another', 1, event_id, type, body, leaf_hash from log.event limit 1
"""


async def test_a_migrated_database_has_nothing_left_to_do(database: str) -> None:
    assert await migrate(database) == []


async def test_an_edited_migration_is_refused_by_name(
    database: str, connection: asyncpg.Connection
) -> None:
    await connection.execute("update public.migration set sha256 = 'x' where package = 'eventlog'")
    with pytest.raises(MigrationChanged, match=r"eventlog/0001_log\.sql"):
        await migrate(database)


async def test_events_of_the_sixteen_parts_are_kept_when_they_become_one_table(
    postgres_url: str,
) -> None:
    """What an older version recorded keeps its position and its bytes, and cannot be changed."""
    scripts = dict(migrations_of("eventlog"))
    before = [text for name, text in scripts.items() if name < ONE_TABLE]
    async with a_database(postgres_url, "template0") as url:
        connection = await asyncpg.connect(url)
        try:
            for text in before:
                await connection.execute(text)
            await connection.execute(FILL)
            recorded = await connection.fetch(EVERYTHING)
            for name, text in scripts.items():
                if name >= ONE_TABLE:
                    await connection.execute(text)
            assert await connection.fetch(EVERYTHING) == recorded
            assert len(recorded) == 60
            with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
                await connection.execute("delete from log.event")
            with pytest.raises(asyncpg.UniqueViolationError, match="an_event_is_recorded_once"):
                await connection.execute(AGAIN)
        finally:
            await connection.close()
