"""Shadow tables: where a read model is rebuilt, beside the tables that everybody reads."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from pydantic_core import to_json

from eventlog.log import Connection
from eventlog.readmodels import Key, ReadModel, Rows, Table
from eventlog.tables import Stored, json_columns, overwrite

ROWS_HELD = 40_000

Keys = dict[Table[Any], dict[Key, None]]


class Difference(NamedTuple):
    """How many rows of the tables in use were not what the log says."""

    added_or_changed: int = 0
    removed: int = 0


class Cache(Rows):
    """The rows used last; the others lie in the shadow tables, so that memory has a bound."""

    def __init__(self) -> None:
        super().__init__()
        self._older: dict[Table[Any], dict[Key, Any]] = {}
        self._written: set[Table[Any]] = set()

    @property
    def is_full(self) -> bool:
        return sum(len(held) for held in self.held.values()) > ROWS_HELD

    async def bring(self, keys: Keys, shadow: Stored) -> None:
        """Bring the rows with these keys to hand."""
        for table, wanted in keys.items():
            held = self.held[table]
            older = self._older.get(table, {})
            missing: list[Key] = []
            for key in wanted:
                if key in held:
                    continue
                held[key] = older.pop(key, None)
                if held[key] is None and table in self._written:
                    missing.append(key)
            for row in await shadow.with_keys(table, missing, shadow_of(table)):
                held[table.key_of(row)] = row

    async def flush(self, connection: Connection, district: str) -> None:
        """Write what was changed to the shadow tables, and let go of the rows not used of late."""
        for table, changed in self.changed.items():
            await self._write(connection, district, table, changed)
        self.changed.clear()
        self._older, self.held = self.held, defaultdict(dict)

    async def hand_over(self, connection: Connection, district: str, table: Table[Any]) -> str:
        """The table that all rows of the district are in now: a staging table, if they fit in memory."""
        changed = self.changed.pop(table, {})
        if table in self._written:
            await self._write(connection, district, table, changed)
            return shadow_of(table)
        await _stage(connection, district, table, list(changed.values()))
        return _staging_of(table)

    async def _write(
        self, connection: Connection, district: str, table: Table[Any], changed: dict[Key, Any]
    ) -> None:
        if changed:
            await _stage(connection, district, table, list(changed.values()))
            await connection.execute(_unstage_statement(table))
            await connection.execute(f"truncate {_staging_of(table)}")
            self._written.add(table)


def shadow_of(table: Table[Any]) -> str:
    return f"{table.name}_rebuilding"


def _staging_of(table: Table[Any]) -> str:
    return f"{table.name.replace('.', '_')}_staging"


async def make_shadows(connection: Connection, model: ReadModel) -> None:
    """Begin with empty shadow tables. They are not in the write-ahead log: a crash empties them."""
    await drop_shadows(connection, model)
    for table in model.tables:
        shadow = shadow_of(table)
        await connection.execute(
            f"create unlogged table {shadow} (like {table.name} including defaults)"
        )
        await connection.execute(
            f"alter table {shadow} add primary key (district, {', '.join(table.key)})"
        )


async def drop_shadows(connection: Connection, model: ReadModel) -> None:
    for table in model.tables:
        await connection.execute(f"drop table if exists {shadow_of(table)}")


async def make_staging(connection: Connection, model: ReadModel) -> None:
    for table in model.tables:
        await connection.execute(f"create temporary table {_staging_of(table)} (like {table.name})")


async def _stage(connection: Connection, district: str, table: Table[Any], rows: list[Any]) -> None:
    records = _records(district, table, rows)
    await connection.copy_records_to_table(
        _staging_of(table), columns=("district", *table.columns), records=records
    )


def _key_of(table: Table[Any]) -> str:
    return f"district, {', '.join(table.key)}"


def _records(district: str, table: Table[Any], rows: list[Any]) -> Iterator[list[Any]]:
    values_of = attrgetter(*table.columns)
    in_json = json_columns(table)
    for row in rows:
        record = [district, *values_of(row)]
        for index in in_json:
            held = record[index + 1]
            record[index + 1] = to_json(held).decode() if held else "[]"
        yield record


@lru_cache
def _unstage_statement(table: Table[Any]) -> str:
    columns = ", ".join(table.columns)
    return (
        f"insert into {shadow_of(table)} (district, {columns}) "  # noqa: S608  names of our own
        f"select district, {columns} from {_staging_of(table)} "
        f"on conflict (district, {', '.join(table.key)}) {overwrite(table)}"
    )


async def swap_in(
    connection: Connection, district: str, model: ReadModel, cache: Cache
) -> Difference:
    """Let the tables in use say what was rebuilt of a district, in the shadow tables or in memory.

    Rows that are right already are left alone. Readers see the rows of before until the
    transaction ends, and no lock keeps them waiting.
    """
    written = removed = 0
    for table in model.tables:
        rebuilt = await cache.hand_over(connection, district, table)
        if await connection.fetchval(_any_statement(table), district):
            gone = await connection.execute(_delete_statement(table, rebuilt), district)
            put = await connection.execute(_overwrite_statement(table, rebuilt), district)
            removed += _count(gone)
        else:
            # Nothing to compare with: half as much to do.
            put = await connection.execute(_fill_statement(table, rebuilt), district)
        await connection.execute(f"truncate {_staging_of(table)}")
        written += _count(put)
    return Difference(written, removed)


def _any_statement(table: Table[Any]) -> str:
    return f"select exists (select from {table.name} where district = $1)"  # noqa: S608  names of our own


def _delete_statement(table: Table[Any], rebuilt: str) -> str:
    key = _key_of(table)
    return (
        f"delete from {table.name} where district = $1 and ({key}) in ("  # noqa: S608  names of our own
        f"select {key} from {table.name} where district = $1 "
        f"except select {key} from {rebuilt} where district = $1)"
    )


def _overwrite_statement(table: Table[Any], rebuilt: str) -> str:
    columns = f"district, {', '.join(table.columns)}"
    return (
        f"{_fill_statement(table, rebuilt)} "  # noqa: S608  names of our own
        f"except select {columns} from {table.name} where district = $1 "
        f"on conflict ({_key_of(table)}) {overwrite(table)}"
    )


def _fill_statement(table: Table[Any], rebuilt: str) -> str:
    columns = f"district, {', '.join(table.columns)}"
    return (
        f"insert into {table.name} ({columns}) "  # noqa: S608  names of our own
        f"select {columns} from {rebuilt} where district = $1"
    )


def _count(status: str) -> int:
    return int(status.rsplit(" ", 1)[-1])
