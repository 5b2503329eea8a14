"""Applies numbered `.sql` files once each, forward only, under a lock."""

import hashlib
from importlib.resources import files
from importlib.util import find_spec

import asyncpg

from eventlog.statements import load_statements

MIGRATED_PACKAGES = ("eventlog", "intake", "assignment", "evaluation")
LOCK = 7_411_240
STATEMENTS = load_statements("eventlog")


class MigrationChanged(Exception):
    """已执行过的迁移文件被改动：{file}。请恢复原文件，改动写进新的迁移文件。 / An applied migration was edited; restore it and write a new one."""


def migrations_of(package: str) -> list[tuple[str, str]]:
    """Name and text of a package's migrations, in order. A package that is not installed has none."""
    if find_spec(package) is None:
        return []
    folder = files(package).joinpath("migrations")
    if not folder.is_dir():
        return []
    scripts = [entry for entry in folder.iterdir() if entry.name.endswith(".sql")]
    return [
        (entry.name, entry.read_text(encoding="utf-8"))
        for entry in sorted(scripts, key=lambda entry: entry.name)
    ]


async def migrate(database_url: str) -> list[str]:
    """Bring a database to the present schema; returns what was applied, as `package/name`."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(STATEMENTS["lock_migrations"], LOCK)
        await connection.execute(STATEMENTS["create_migration_table"])
        applied: list[str] = []
        for package in MIGRATED_PACKAGES:
            for name, text in migrations_of(package):
                if await _apply(connection, package, name, text):
                    applied.append(f"{package}/{name}")
        return applied
    finally:
        await connection.close()


async def _apply(connection: asyncpg.Connection, package: str, name: str, text: str) -> bool:
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = await connection.fetchval(STATEMENTS["applied_migration"], package, name)
    if known == digest:
        return False
    if known is not None:
        message = (MigrationChanged.__doc__ or "").format(file=f"{package}/{name}")
        raise MigrationChanged(message)
    async with connection.transaction():
        await connection.execute(text)
        await connection.execute(STATEMENTS["note_migration"], package, name, digest)
    return True
