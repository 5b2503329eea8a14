"""How far each follower has come in a district's log, and what it could not take."""

from datetime import datetime
from uuid import UUID

import asyncpg
from fastapi import APIRouter
from pydantic import BaseModel

from contracts.vocabulary import ActorRole
from eventlog.log import STATEMENTS
from eventlog.rebuilding import LOCK_SPACE
from hosting.signing import SignedIn, require_role

OVERSEERS = frozenset({ActorRole.SUPERVISION, ActorRole.AUDITOR, ActorRole.OPERATOR})
FOLLOWERS = (
    "intake",
    "intake.reactions",
    "assignment",
    "assignment.reactions",
    "assignment-messages",
    "evaluation",
    "evaluation.reactions",
)


class DeadLetter(BaseModel):
    """An event that a follower refused or cannot get past."""

    follower: str
    position: int
    event_id: UUID
    reason: str
    refused: bool
    traceparent: str | None
    noted_at: datetime


class Rebuild(BaseModel):
    """A rebuild that the district is in or waits for; one that nobody runs was broken off."""

    follower: str
    position: int
    head: int
    began_at: datetime
    moved_at: datetime
    is_running: bool


class PassedBy(BaseModel):
    """An event that a follower was let pass by: what was wrong, who decided it, when and why."""

    follower: str
    position: int
    event_id: UUID
    failure: str
    why: str
    decided_by: str
    decided_by_name: str
    decided_at: datetime


class Progress(BaseModel):
    """`settled` means that every follower has taken the whole log of the district."""

    district: str
    head: int
    relayed: int
    followers: dict[str, int]
    settled: bool
    dead_letters: list[DeadLetter]
    rebuilds: list[Rebuild]
    passed_by: list[PassedBy]


def progress_routes(pool: asyncpg.Pool) -> APIRouter:
    router = APIRouter(tags=["operation"])

    @router.get("/districts/{district}/log")
    async def progress(district: str, actor: SignedIn) -> Progress:
        require_role(actor, OVERSEERS)
        head = await pool.fetchval(STATEMENTS["head"], district) or 0
        rows = await pool.fetch(STATEMENTS["progress"], district)
        dead_letters = await pool.fetch(STATEMENTS["dead_letters"], district)
        rebuilds = await pool.fetch(STATEMENTS["rebuilds"], district, LOCK_SPACE)
        passed_by = await pool.fetch(STATEMENTS["passed_by"], district)
        followers = dict.fromkeys(FOLLOWERS, 0) | {row["follower"]: row["position"] for row in rows}
        return Progress(
            district=district,
            head=head,
            relayed=await pool.fetchval(STATEMENTS["relayed"], district) or 0,
            followers=followers,
            settled=all(position >= head for position in followers.values()),
            dead_letters=[DeadLetter(**dict(row)) for row in dead_letters],
            rebuilds=[Rebuild(**dict(row)) for row in rebuilds],
            passed_by=[PassedBy(**dict(row)) for row in passed_by],
        )

    return router
