"""What is attached to proposals, kept by its hash, and proposals that look alike."""

import asyncpg
from pydantic import BaseModel

from contracts.likeness import pairs_of
from eventlog.statements import load_statements

STATEMENTS = load_statements("intake")


class LookAlike(BaseModel):
    """A proposal whose title is like another; `likeness` goes from 0 to 1."""

    proposal_id: str
    year: int
    number: str | None
    title: str
    state: str
    proposers: list[str]
    likeness: float


class Papers:
    """Attached files, content-addressed in PostgreSQL, and look-alikes found by index."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def keep(self, district: str, sha256: str, content: bytes) -> None:
        """Keep a file under its SHA-256 in hex; what is kept already stays."""
        await self._pool.execute(STATEMENTS["keep_paper"], district, sha256, content)

    async def find(self, district: str, sha256: str) -> bytes | None:
        content: bytes | None = await self._pool.fetchval(STATEMENTS["paper"], district, sha256)
        return content

    async def look_alikes(self, district: str, title: str, but: str) -> list[LookAlike]:
        """Proposals of any year with a like title, the likest first; the one named `but` is left out."""
        pairs = pairs_of(title)
        if not pairs:
            return []
        rows = await self._pool.fetch(STATEMENTS["look_alikes"], district, pairs, but)
        return [LookAlike(**dict(row)) for row in rows]
