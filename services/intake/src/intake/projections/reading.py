"""Questions about proposals, to the rows of now or of any earlier moment."""

import asyncpg
from pydantic import BaseModel

from contracts.identity import Actor
from eventlog.readmodels import Source
from eventlog.statements import load_statements
from intake.projections.proposals import PROPOSALS, ProposalRow

STATEMENTS = load_statements("intake")


class ProposalView(BaseModel):
    """One proposal as intake knows it."""

    proposal_id: str
    year: int
    number: str | None
    title: str
    form: str
    proposers: list[str]
    state: str
    key: bool
    fabricated: bool
    note: str | None
    position: int


async def find_proposal(source: Source, proposal_id: str) -> ProposalView | None:
    for row in await source.rows(PROPOSALS, proposal_id=proposal_id):
        return _view(row)
    return None


async def proposals_of_year(source: Source, year: int) -> list[ProposalView]:
    """The proposals of a year by case number, those without one last."""
    rows = await source.rows(PROPOSALS, year=year)
    rows.sort(key=lambda row: (row.number is None, row.number or "", row.proposal_id))
    return [_view(row) for row in rows]


async def is_proposer(source: Source, proposal_id: str, actor: Actor) -> bool:
    """Whether the proposal is this actor's own.

    Names are shared, subjects are not: one that a proposer handed in is that subject's alone.
    Where an office or a ledger brought it in, no subject is known and the name has to do.
    """
    for row in await source.rows(PROPOSALS, proposal_id=proposal_id):
        if row.submitted_by is not None:
            return row.submitted_by == actor.subject
        return actor.name in row.proposers
    return False


async def years_of_districts(pool: asyncpg.Pool) -> dict[str, list[int]]:
    """The years in which each district has proposals."""
    years: dict[str, list[int]] = {}
    for row in await pool.fetch(STATEMENTS["years"]):
        years.setdefault(row["district"], []).append(row["year"])
    return years


def _view(row: ProposalRow) -> ProposalView:
    return ProposalView(
        proposal_id=row.proposal_id,
        year=row.year,
        number=row.number,
        title=row.title,
        form=row.form,
        proposers=row.proposers,
        state=row.state,
        key=row.is_key,
        fabricated=row.fabricated,
        note=row.note,
        position=row.position,
    )
