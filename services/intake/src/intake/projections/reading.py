"""Questions about proposals, to the rows of now or of any earlier moment."""

import asyncpg
from pydantic import BaseModel, Field

from contracts.identity import Actor
from contracts.vocabulary import ActorRole
from eventlog.readmodels import Source
from eventlog.statements import load_statements
from intake.projections.rows import PROPOSALS, ProposalRow

WRITTEN = frozenset({"draft", "cosigning", "discarded"})
STATEMENTS = load_statements("intake")


class AttachmentView(BaseModel):
    """A file that is attached to a proposal."""

    sha256: str
    file_name: str
    media_type: str
    size_bytes: int


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
    body: str = ""
    collective: str | None = None
    occasion: str | None = None
    wished_units: list[str] = []
    invited: list[str] = []
    signed: list[str] = []
    declined: list[str] = []
    closes_on: str | None = None
    excellent: bool = False
    publication: str | None = Field(
        default=None,
        description="同意公开为空文字，不同意为理由，未说明为 null / empty: consents; null: not said",
    )
    attachments: list[AttachmentView] = []
    taken_in: list[str] = []
    reviewed_twice: bool = False
    category: str | None = Field(default=None, description="未分类为 null / null: uncategorised")

    @property
    def is_written(self) -> bool:
        return self.state in WRITTEN


def as_published(proposal: ProposalView) -> ProposalView:
    """What everybody reads of a proposal whose answer was made public: its text and whose it is."""
    return ProposalView(
        proposal_id=proposal.proposal_id,
        year=proposal.year,
        number=proposal.number,
        title=proposal.title,
        form=proposal.form,
        proposers=proposal.proposers,
        state=proposal.state,
        key=proposal.key,
        fabricated=proposal.fabricated,
        note=None,
        position=proposal.position,
        body=proposal.body,
        excellent=proposal.excellent,
        category=proposal.category,
    )


async def find_proposal(source: Source, proposal_id: str) -> ProposalView | None:
    for row in await source.rows(PROPOSALS, proposal_id=proposal_id):
        return _view(row)
    return None


async def proposals_of_year(
    source: Source, year: int, actor: Actor, category: str | None = None
) -> list[ProposalView]:
    """The proposals of a year that the actor may see by case number, those without one last.

    With a category only those in it; the empty one is of those that nobody put in any.

    For a proposer these are candidates: what only bears the name may be a namesake's.
    """
    asked = {"year": year} if category is None else {"year": year, "category": category}
    rows = [row for row in await source.rows(PROPOSALS, **asked) if _is_seen_by(row, actor)]
    rows.sort(key=lambda row: (row.number is None, row.number or "", row.proposal_id))
    return [_view(row) for row in rows]


async def may_see(source: Source, proposal_id: str, actor: Actor) -> bool:
    """A draft is seen by its author and by those invited to sign it; the rest as `may_read` says."""
    for row in await source.rows(PROPOSALS, proposal_id=proposal_id):
        return _is_seen_by(row, actor)
    return True


def _is_seen_by(row: ProposalRow, actor: Actor) -> bool:
    if row.state not in WRITTEN:
        return actor.role is not ActorRole.PROPOSER or _concerns(row, actor)
    if row.submitted_by == actor.subject or actor.name in row.invited:
        return True
    return row.submitted_by is None and actor.role is not ActorRole.PROPOSER


def _concerns(row: ProposalRow, actor: Actor) -> bool:
    named = actor.name in {*row.proposers, *row.signed} or bool(row.taken_in)
    return named or row.submitted_by == actor.subject or _is_public(row)


def _is_public(row: ProposalRow) -> bool:
    """Published with an answer, and its proposers did not object."""
    return row.is_published and not row.publication


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
        body=row.body,
        collective=row.collective,
        occasion=row.occasion,
        wished_units=row.wished_units,
        invited=row.invited,
        signed=row.signed,
        declined=row.declined,
        closes_on=row.closes_on,
        excellent=row.is_excellent,
        publication=row.publication,
        attachments=[AttachmentView(**each) for each in row.attachments],
        taken_in=row.taken_in,
        reviewed_twice=row.reviewed_twice,
        category=row.category or None,
    )
