"""Questions about who held cases how long, and about what stands behind the answers of a year."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query

from contracts.command import Id, Year
from contracts.holding import CaseHolding, Holdings, Insights
from contracts.vocabulary import CHINA
from evaluation.decisions.holding.answers import insights_of
from evaluation.decisions.holding.summing import holding_of, holdings_of
from evaluation.endpoints.readers import with_readable_cases
from evaluation.projections.courses import course_of, courses_of_year
from eventlog import EventLog
from hosting.as_of import Asked, AskedState, View, Views
from hosting.clock import Clock
from hosting.problems import NotFound
from hosting.reading_rights import may_read
from hosting.rulebooks import adopted_rulebook
from hosting.signing import SignedIn

Minutes = Annotated[
    int,
    Query(
        ge=1,
        le=10_080,
        description="答复后多少分钟内算“很快” / within how many minutes a rating is quick",
        examples=[10],
    ),
]


@dataclass(frozen=True)
class Courses:
    """Finds the events of cases: those that the figures count now, or those of an earlier moment.

    They are replayed in memory and kept for as long as nothing new is counted, so that the
    projection, on which every command waits, has no more to do.
    """

    followed: Views
    in_memory: Views
    clock: Clock

    @asynccontextmanager
    async def of(self, district: str, asked: Asked) -> AsyncIterator[View]:
        """Raises what `Views.of` raises."""
        if asked.as_of.strip() or asked.happened_by.strip():
            async with self.in_memory.of(district, asked) as view:
                yield view
            return
        async with self.followed.of(district, asked) as now:
            shown = now.shown
        async with self.in_memory.of(district, replace(asked, as_of=str(shown.position))) as view:
            yield replace(view, shown=shown)


def holding_routes(courses: Courses, log: EventLog) -> APIRouter:
    router = APIRouter(tags=["holding"])

    @router.get("/districts/{district}/years/{year}/holdings")
    async def holdings(district: str, year: Year, actor: SignedIn, asked: AskedState) -> Holdings:
        """Who held the cases of a year, for how many calendar days, by stage and by unit."""
        async with courses.of(district, asked) as view:
            cases, shown = await courses_of_year(view.source, year), view.shown
        today = shown.day(courses.clock().astimezone(CHINA).date())
        found = await asyncio.to_thread(holdings_of, district, year, cases, today)
        told = found.model_copy(update={"shown": shown})
        return await with_readable_cases(log, district, actor, told)

    @router.get("/districts/{district}/cases/{proposal_id}/holding")
    async def holding(
        district: str, proposal_id: Id, actor: SignedIn, asked: AskedState
    ) -> CaseHolding:
        """Who held one case, from when to when."""
        async with courses.of(district, asked) as view:
            case, shown = await course_of(view.source, proposal_id), view.shown
        if case is None or not await may_read(log, district, proposal_id, actor):
            raise NotFound(f"提案“{proposal_id}”", f"case {proposal_id!r}")
        today = shown.day(courses.clock().astimezone(CHINA).date())
        return holding_of(case, today).model_copy(update={"shown": shown})

    @router.get("/districts/{district}/years/{year}/insights")
    async def insights(
        district: str, year: Year, actor: SignedIn, asked: AskedState, minutes: Minutes = 10
    ) -> Insights:
        """Results beside ratings, ratings given at once, and answers in the last week of the limit."""
        async with courses.of(district, asked) as view:
            cases, shown = await courses_of_year(view.source, year), view.shown
        rulebook = await adopted_rulebook(log, district, year, until=shown.position)
        found = await asyncio.to_thread(insights_of, district, year, cases, rulebook, minutes)
        told = found.model_copy(update={"shown": shown})
        return await with_readable_cases(log, district, actor, told)

    return router
