"""The facts of a district's year, all read at one moment of the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import asyncpg

from contracts.identity import Actor
from contracts.vocabulary import Role, Satisfaction
from evaluation.projections.writing import STATEMENTS
from evaluation.state import AssignmentFact, ClaimFact, ClueFact


@dataclass(frozen=True)
class YearFacts:
    """Everything a year's figures rest on, as of a position of the district's log."""

    position: int
    assignments: Sequence[AssignmentFact]
    clues: Sequence[ClueFact]
    claims: Sequence[ClaimFact]


class Facts:
    """Reads what `writing.project` wrote."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def of_year(self, district: str, year: int) -> YearFacts:
        async with (
            self._pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            position = await connection.fetchval(STATEMENTS["position"], district)
            assignments = await connection.fetch(STATEMENTS["assignments_of_year"], district, year)
            clues = await connection.fetch(STATEMENTS["clues_of_year"], district, year)
            claims = await connection.fetch(STATEMENTS["claims_of_year"], district, year)
        return YearFacts(
            position=position or 0,
            assignments=[_assignment(dict(row)) for row in assignments],
            clues=[ClueFact(**dict(row)) for row in clues],
            claims=[ClaimFact(**dict(row)) for row in claims],
        )

    async def reported_rating(
        self, district: str, proposal_id: str
    ) -> tuple[Satisfaction, date] | None:
        """The rating that a ledger tells of, and its day."""
        row = await self._pool.fetchrow(STATEMENTS["reported_rating"], district, proposal_id)
        return None if row is None else (Satisfaction(row["satisfaction"]), row["rated_on"])

    async def units_of_case(self, district: str, proposal_id: str) -> list[str]:
        rows = await self._pool.fetch(STATEMENTS["units_of_case"], district, proposal_id)
        return [row["unit"] for row in rows]

    async def may_rate(self, district: str, proposal_id: str, actor: Actor) -> bool:
        """Whether an actor is a proposer of the case, or of one that was merged into it.

        Names are shared, subjects are not: what a proposer handed in, that subject alone rates.
        Where an office or a ledger brought it in, no subject is known and the name has to do.
        """
        found = await self._pool.fetchval(
            STATEMENTS["may_rate"], district, proposal_id, actor.subject, actor.name
        )
        return bool(found)


def _assignment(row: dict[str, Any]) -> AssignmentFact:
    positions = {
        name: position
        for name in ("dispatched", "completed", "rated")
        if (position := row.pop(f"{name}_position")) is not None
    }
    satisfaction = row.pop("satisfaction")
    return AssignmentFact(
        role=Role(row.pop("role")),
        satisfaction=Satisfaction(satisfaction) if satisfaction else None,
        positions=positions,
        **row,
    )
