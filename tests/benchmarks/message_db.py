"""message-db: its SQL function `write_message`, called by pgbench, each message in its own stream."""

from pathlib import Path

import asyncpg

from tests.benchmarks.measuring import Contestant, Place, Sample
from tests.benchmarks.node import modules
from tests.benchmarks.payload import TEXT, TYPE
from tests.benchmarks.raw import fresh_database, pgbench

DATABASE = "bench_message_db"
# In the order of its install.sh. The extension pgcrypto is left out: PostgreSQL has had
# gen_random_uuid() of its own since version 13, and the embedded server has no pgcrypto.
PARTS = ("schema", "tables", "types", "functions", "indexes", "views")


async def prepare(place: Place) -> None:
    folder = await modules(place) / "@eventide/message-db/database"
    await fresh_database(place, DATABASE)
    connection = await asyncpg.connect(place.url(DATABASE))
    try:
        for script in scripts_of(folder):
            await connection.execute(script.read_text(encoding="utf-8"))
            await connection.execute("set search_path to message_store, public")
    finally:
        await connection.close()


def scripts_of(folder: Path) -> list[Path]:
    """Types before what uses them; functions and views call each other only when they run."""
    return [
        script
        for part in PARTS
        for script in sorted((folder / part).glob("*.sql"), key=lambda each: each.name)
    ]


async def run(place: Place, clients: int, seconds: float) -> Sample:
    data = TEXT.replace("'", "''")
    script = (
        "select message_store.write_message(gen_random_uuid()::varchar,"
        f" 'case-' || gen_random_uuid()::varchar, '{TYPE}', '{data}'::jsonb, null, -1);"
    )
    url = place.url(DATABASE)
    connection = await asyncpg.connect(url)
    await connection.execute(f"alter database {DATABASE} set search_path to message_store, public")
    await connection.close()
    return await pgbench(url, script, clients, seconds)


MESSAGE_DB = Contestant("message-db", "message-db 1.3.1", "message-db 1.3.1", prepare, run)
