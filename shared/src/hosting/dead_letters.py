"""What a follower could not take: a person has it tried again, or lets the follower pass it by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

import asyncpg
from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, StringConstraints

from contracts.identity import Actor
from contracts.refusal import Refused
from contracts.vocabulary import ActorRole
from eventlog import Follower
from eventlog.log import STATEMENTS
from hosting.following import Subscription
from hosting.problems import NotFound
from hosting.signing import SignedIn, require_role

KEEPERS = frozenset({ActorRole.SUPERVISION, ActorRole.OPERATOR})

PositionAsked = Annotated[int, Path(ge=1, le=2**53)]
Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class StillFails(Refused):
    """已再试一次，仍未通过：{reason}。请先排除原因再试；若永远无法通过，请说明理由后跳过。"""

    english: ClassVar[str] = (
        "It was tried again and still fails: {reason}. Mend the cause and retry; where it can"
        " never be taken, pass it by and say why."
    )


class NotHeldThere(Refused):
    """“{follower}”已不停在第 {position} 条。请刷新后再看。"""

    english: ClassVar[str] = "{follower} is not held at {position} any more. Look again."


class Decision(BaseModel):
    """Why somebody lets a follower pass an event by."""

    model_config = ConfigDict(extra="forbid")

    why: Why


class Settled(BaseModel):
    """The event is no dead letter any more."""

    follower: str
    position: int
    passed_by: bool


@dataclass(frozen=True)
class Letter:
    """Where a dead letter lies."""

    district: str
    follower: str
    position: int


class DeadLetters:
    """The dead letters of the followers of one service."""

    def __init__(self, pool: asyncpg.Pool, subscriptions: Sequence[Subscription]) -> None:
        self._pool = pool
        self._subscriptions = subscriptions

    async def retry(self, letter: Letter) -> None:
        """Have it tried again at once. Raises NotFound, StillFails, or what the rules say now."""
        subscription = self._subscription_of(letter)
        if (await self._find(letter))["refused"]:
            await self._react_again(subscription.follower, letter)
            return
        await subscription.retry(letter.district)
        row = await self._pool.fetchrow(STATEMENTS["dead_letter"], *_key(letter))
        if row is not None:
            raise StillFails(reason=row["reason"])

    async def pass_by(self, letter: Letter, actor: Actor, why: str) -> None:
        """Let the follower go on behind the event, and keep who decided it and why.

        Raises NotFound or NotHeldThere.
        """
        subscription = self._subscription_of(letter)
        found = await self._find(letter)
        async with self._pool.acquire() as connection, connection.transaction():
            if not found["refused"]:
                moved = await connection.fetchval(
                    STATEMENTS["step_over"],
                    letter.follower,
                    letter.district,
                    letter.position - 1,
                    letter.position,
                )
                if moved is None:
                    raise NotHeldThere(follower=letter.follower, position=letter.position)
            await connection.execute(
                STATEMENTS["pass_by"],
                *_key(letter),
                found["event_id"],
                found["reason"],
                why,
                actor.subject,
                actor.name,
            )
            await connection.execute(STATEMENTS["drop_dead_letter"], *_key(letter))
        await subscription.retry(letter.district)

    async def _react_again(self, follower: Follower, letter: Letter) -> None:
        refusal = await follower.react_again(letter.district, letter.position)
        if refusal is not None:
            raise refusal
        await self._pool.execute(STATEMENTS["drop_dead_letter"], *_key(letter))

    async def _find(self, letter: Letter) -> asyncpg.Record:
        row = await self._pool.fetchrow(STATEMENTS["dead_letter"], *_key(letter))
        if row is None:
            raise _not_found(letter)
        return row

    def _subscription_of(self, letter: Letter) -> Subscription:
        """Each service looks after its own followers."""
        for subscription in self._subscriptions:
            if letter.follower in subscription.follower.checkpoints:
                return subscription
        raise _not_found(letter)


def _key(letter: Letter) -> tuple[str, str, int]:
    return letter.district, letter.follower, letter.position


def _not_found(letter: Letter) -> NotFound:
    return NotFound(
        f"“{letter.follower}”在第 {letter.position} 条的积压事件",
        f"dead letter of {letter.follower} at {letter.position} in this service",
    )


def dead_letter_routes(letters: DeadLetters) -> APIRouter:
    router = APIRouter(
        tags=["operation"], prefix="/districts/{district}/dead-letters/{follower}/{position}"
    )

    @router.post("/retry", responses={404: {}, 409: {}})
    async def retry(
        district: str, follower: str, position: PositionAsked, actor: SignedIn
    ) -> Settled:
        require_role(actor, KEEPERS)
        await letters.retry(Letter(district, follower, position))
        return Settled(follower=follower, position=position, passed_by=False)

    @router.post("/pass", responses={404: {}, 409: {}})
    async def pass_by(
        district: str, follower: str, position: PositionAsked, decision: Decision, actor: SignedIn
    ) -> Settled:
        require_role(actor, KEEPERS)
        await letters.pass_by(Letter(district, follower, position), actor, decision.why)
        return Settled(follower=follower, position=position, passed_by=True)

    return router
