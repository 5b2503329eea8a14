"""Which proposals came in, and how far review has got with each."""

from typing import Any

import asyncpg
from pydantic import BaseModel

from contracts.catalogue import read_event
from contracts.identity import Actor
from contracts.intake import (
    ProposalFiled,
    ProposalMarkedKey,
    ProposalMerged,
    ProposalReceived,
    ProposalRefused,
    ProposalWithdrawn,
)
from contracts.vocabulary import ActorRole
from eventlog import Recorded
from eventlog.log import Connection
from eventlog.statements import load_statements

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


async def project(connection: Connection, recorded: Recorded) -> None:
    """Write what an event changes; events that say nothing about proposals change nothing."""
    event = read_event(recorded.type, recorded.data)
    district, position = recorded.district, recorded.position
    match event:
        case ProposalReceived():
            await connection.execute(
                STATEMENTS["receive"],
                district,
                event.proposal_id,
                event.year,
                event.title,
                event.form.value,
                list(event.proposers),
                event.fabricated,
                _submitter(recorded),
                position,
            )
            await connection.execute(STATEMENTS["count_year"], district, event.year)
        case ProposalFiled(proposal_id=proposal_id, number=number):
            await connection.execute(STATEMENTS["file"], district, proposal_id, number, position)
        case ProposalRefused(proposal_id=proposal_id, notice=notice):
            await _end(connection, recorded, proposal_id, "refused", notice)
        case ProposalMerged(proposal_id=proposal_id, into_proposal_id=into):
            await _end(connection, recorded, proposal_id, "merged", into)
        case ProposalWithdrawn(proposal_id=proposal_id, reason=reason):
            await _end(connection, recorded, proposal_id, "withdrawn", reason)
        case ProposalMarkedKey(proposal_id=proposal_id):
            await connection.execute(STATEMENTS["mark_key"], district, proposal_id, position)
        case _:
            return


def _submitter(recorded: Recorded) -> str | None:
    """The subject of the proposer who handed a proposal in; nobody's, where an office did."""
    envelope = recorded.envelope
    subject: str = envelope["actor"]
    return subject if envelope["actorrole"] == ActorRole.PROPOSER.value else None


async def _end(
    connection: Connection, recorded: Recorded, proposal_id: str, state: str, note: str
) -> None:
    await connection.execute(
        STATEMENTS["end_review"], recorded.district, proposal_id, state, note, recorded.position
    )


class Proposals:
    """Reads what `project` wrote."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def find(self, district: str, proposal_id: str) -> ProposalView | None:
        row = await self._pool.fetchrow(STATEMENTS["proposal"], district, proposal_id)
        return None if row is None else _view(dict(row))

    async def is_proposer(self, district: str, proposal_id: str, actor: Actor) -> bool:
        """Whether the proposal is this actor's own.

        Names are shared, subjects are not: one that a proposer handed in is that subject's alone.
        Where an office or a ledger brought it in, no subject is known and the name has to do.
        """
        found = await self._pool.fetchval(
            STATEMENTS["is_proposer"], district, proposal_id, actor.subject, actor.name
        )
        return bool(found)

    async def of_year(self, district: str, year: int) -> list[ProposalView]:
        rows = await self._pool.fetch(STATEMENTS["proposals_of_year"], district, year)
        return [_view(dict(row)) for row in rows]

    async def years(self) -> dict[str, list[int]]:
        years: dict[str, list[int]] = {}
        for row in await self._pool.fetch(STATEMENTS["years"]):
            years.setdefault(row["district"], []).append(row["year"])
        return years


def _view(row: dict[str, Any]) -> ProposalView:
    return ProposalView(key=row.pop("is_key"), **row)
