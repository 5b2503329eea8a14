"""A place as an auditor meets it: a signed log, its key, and the command."""

import os
import subprocess
import sysconfig
from pathlib import Path

import asyncpg

from eventlog.proving.keys import LogKey
from tests.eventlog.proving.writing import D

TIAN = Path(sysconfig.get_path("scripts")) / "tian"


class Place:
    """A database with a signed log of forty events, and the key in a home."""

    def __init__(self, home: Path, pool: asyncpg.Pool, url: str, key: LogKey) -> None:
        self.home, self.pool, self.url = home, pool, url
        self.log_key = key
        self.key = str(key.signer(D).verifier)

    def tian(
        self, *arguments: str | Path, home: Path | None = None, url: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "TIAN_HOME": str(home or self.home)}
        environment["DATABASE_URL"] = self.url if url is None else url
        return subprocess.run(
            [TIAN, *arguments], env=environment, capture_output=True, text=True, check=False
        )

    async def event_id(self, position: int) -> str:
        found = await self.pool.fetchval(
            "select event_id::text from log.event where position = $1", position
        )
        return str(found)

    async def tamper(self, statement: str) -> None:
        async with self.pool.acquire() as connection, connection.transaction():
            await connection.execute("set local session_replication_role = replica")
            await connection.execute(statement)


def far_away(
    place: Place, elsewhere: Path, *arguments: str | Path
) -> subprocess.CompletedProcess[str]:
    """The command where there is neither our database nor our key."""
    return place.tian(*arguments, home=elsewhere, url="")
