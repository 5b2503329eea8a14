"""The tables of read models in PostgreSQL: rows are loaded by key and written back in one statement.

The statements follow from a table's definition; nobody writes them by hand.
"""

import json
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

import asyncpg
from pydantic_core import to_json

from eventlog.log import Connection
from eventlog.readmodels import Key, Rows, Table

R = TypeVar("R")

Asked: TypeAlias = "Connection | asyncpg.Pool"


class Stored:
    """The rows of one district as they are stored: what readers ask, and followers change."""

    def __init__(self, connection: Asked, district: str) -> None:
        self._connection = connection
        self._district = district

    async def rows(self, table: Table[R], **equal: Any) -> list[R]:
        found = await self._connection.fetch(
            select_statement(table, tuple(equal), _lists_in(equal)), self._district, *equal.values()
        )
        return rows_of(table, found)

    async def load(self, keys: dict[Table[Any], dict[Key, None]], rows: Rows) -> None:
        """Bring the rows with these keys to hand, those that are not there as None."""
        for table, wanted in keys.items():
            for row in await self.with_keys(table, wanted):
                rows.hold(table, table.key_of(row), row)
            held = rows.held[table]
            for key in wanted:
                held.setdefault(key, None)

    async def with_keys(
        self, table: Table[R], keys: Collection[Key], name: str | None = None
    ) -> list[R]:
        if not keys:
            return []
        columns = [list(column) for column in zip(*keys, strict=True)]
        statement = load_statement(table, name or table.name)
        return rows_of(table, await self._connection.fetch(statement, self._district, *columns))

    async def save(self, rows: Rows) -> None:
        """Write back what was changed, one statement for each table."""
        for table, changed in rows.changed.items():
            document = to_json(list(changed.values())).decode()
            await self._connection.execute(save_statement(table), self._district, document)


def _lists_in(equal: dict[str, Any]) -> tuple[str, ...]:
    return tuple(name for name, value in equal.items() if isinstance(value, list))


def rows_of(table: Table[R], found: Sequence[asyncpg.Record]) -> list[R]:
    in_json = json_columns(table)
    if not in_json:
        return [table.row(*record) for record in found]
    rows = []
    for record in found:
        values = list(record)
        for index in in_json:
            values[index] = json.loads(values[index])
        rows.append(table.row(*values))
    return rows


@lru_cache
def json_columns(table: Table[Any]) -> tuple[int, ...]:
    """The places of the columns that hold documents: lists of anything but text."""
    hints = get_type_hints(table.row)
    return tuple(
        index
        for index, name in enumerate(table.columns)
        if get_origin(hints[name]) is list and get_args(hints[name]) != (str,)
    )


@lru_cache
def select_statement(table: Table[Any], equal: tuple[str, ...], lists: tuple[str, ...]) -> str:
    conditions = " ".join(
        f"and {name} = any (${number})" if name in lists else f"and {name} = ${number}"
        for number, name in enumerate(equal, start=2)
    )
    return f"select {', '.join(table.columns)} from {table.name} where district = $1 {conditions}"  # noqa: S608  names of our own


@lru_cache
def load_statement(table: Table[Any], name: str) -> str:
    hints = get_type_hints(table.row)
    sql_types = {str: "text", int: "bigint"}
    arrays = ", ".join(
        f"${number}::{sql_types[hints[column]]}[]" for number, column in enumerate(table.key, 2)
    )
    columns = ", ".join(f"t.{column}" for column in table.columns)
    matches = " and ".join(f"t.{column} = k.{column}" for column in table.key)
    return (
        f"select {columns} from unnest({arrays}) as k ({', '.join(table.key)}) "  # noqa: S608  names of our own
        f"join {name} t on t.district = $1 and {matches}"
    )


@lru_cache
def save_statement(table: Table[Any]) -> str:
    columns = ", ".join(table.columns)
    return (
        f"insert into {table.name} (district, {columns}) "  # noqa: S608  names of our own
        f"select $1, {columns} from json_populate_recordset(null::{table.name}, $2::json) "
        f"on conflict (district, {', '.join(table.key)}) {overwrite(table)}"
    )


def overwrite(table: Table[Any]) -> str:
    others = [column for column in table.columns if column not in table.key]
    assignments = ", ".join(f"{column} = excluded.{column}" for column in others)
    return f"do update set {assignments}"
