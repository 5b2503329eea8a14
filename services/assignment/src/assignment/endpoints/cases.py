"""Questions about cases."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from assignment.endpoints.showing import case_shown, history_shown
from assignment.projections.reading import (
    CaseLine,
    CaseView,
    cases_of_year,
    concerns,
    find_case,
    line_of,
)
from contracts.command import Id, OptionalLine, Year
from contracts.shown import Shown
from contracts.vocabulary import CHINA
from eventlog import EventLog
from hosting.as_of import AskedState, Views
from hosting.clock import Clock
from hosting.history import History, recorded_by_then
from hosting.problems import NotFound
from hosting.reading_rights import Reach, reach_of
from hosting.signing import SignedIn


class CaseList(BaseModel):
    """The cases of a district's year that fit the question."""

    cases: list[CaseLine]
    total: int
    shown: Shown


class OneCase(CaseView):
    """One case, and the state of the log that it is shown in."""

    shown: Shown


class Filter(BaseModel):
    """What a list of cases can be narrowed to; empty fields narrow nothing."""

    role: OptionalLine = ""
    state: OptionalLine = ""
    unit: OptionalLine = ""
    q: OptionalLine = ""

    def fits(self, line: CaseLine) -> bool:
        words = f"{line.number or ''} {line.title} {' '.join(line.units)}".casefold()
        return (
            self.role in {"", line.role}
            and self.state in {"", line.state}
            and (not self.unit or self.unit in line.units)
            and self.q.strip().casefold() in words
        )


def case_routes(views: Views, log: EventLog, clock: Clock) -> APIRouter:
    router = APIRouter(tags=["cases"])

    @router.get("/districts/{district}/years/{year}/cases")
    async def list_cases(
        district: str,
        year: Year,
        actor: SignedIn,
        narrowed: Annotated[Filter, Query()],
        asked: AskedState,
    ) -> CaseList:
        async with views.of(district, asked) as view:
            cases = await cases_of_year(view.source, year)
        today = view.shown.day(clock().astimezone(CHINA).date())
        candidates = [case for case in cases if concerns(case, actor)]
        ids = [case.proposal_id for case in candidates]
        reach = await reach_of(log, district, ids, actor)
        public = [each for each in ids if reach.get(each) is Reach.PUBLISHED]
        histories = await log.read_streams(district, [f"case-{each}" for each in public])
        told = [
            case_shown(case, recorded_by_then(histories[stream], view.shown), actor, how_much)
            if (stream := f"case-{case.proposal_id}") in histories
            else case
            for case in candidates
            if (how_much := reach.get(case.proposal_id))
        ]
        lines = [line_of(case, today) for case in told if case.assignments]
        fitting = [line for line in lines if narrowed.fits(line)]
        return CaseList(cases=fitting, total=len(fitting), shown=view.shown)

    @router.get("/districts/{district}/cases/{proposal_id}")
    async def one_case(
        district: str, proposal_id: Id, actor: SignedIn, asked: AskedState
    ) -> OneCase:
        async with views.of(district, asked) as view:
            found = await find_case(view.source, proposal_id)
        how_much = (await reach_of(log, district, [proposal_id], actor)).get(proposal_id)
        if found is None or how_much is None:
            raise NotFound(f"案件“{proposal_id}”", f"case {proposal_id!r}")
        events = await log.read_stream(district, f"case-{proposal_id}")
        seen = case_shown(found, recorded_by_then(events, view.shown), actor, how_much)
        if how_much is Reach.PUBLISHED and not seen.assignments:
            raise NotFound(f"案件“{proposal_id}”", f"case {proposal_id!r}")
        return OneCase(**dict(seen), shown=view.shown)

    @router.get("/districts/{district}/cases/{proposal_id}/events")
    async def history(
        district: str, proposal_id: Id, actor: SignedIn, asked: AskedState
    ) -> History:
        how_much = (await reach_of(log, district, [proposal_id], actor)).get(proposal_id)
        if how_much is None:
            raise NotFound(f"案件“{proposal_id}”", f"case {proposal_id!r}")
        events = await log.read_stream(district, f"case-{proposal_id}")
        async with views.of(district, asked) as view:
            return history_shown(recorded_by_then(events, view.shown), actor, how_much)

    return router
