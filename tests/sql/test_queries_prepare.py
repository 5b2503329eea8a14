"""A wrong column in a statement fails here, not at the first request."""

import asyncpg
import pytest

from eventlog.statements import load_statements

STATEMENTS = [
    (package, name, text)
    for package in ("eventlog", "intake", "assignment", "evaluation")
    for name, text in load_statements(package).items()
]


@pytest.mark.parametrize(
    ("package", "name", "text"), STATEMENTS, ids=[f"{one[0]}.{one[1]}" for one in STATEMENTS]
)
async def test_statement_fits_the_schema(
    connection: asyncpg.Connection, package: str, name: str, text: str
) -> None:
    await connection.prepare(text)
