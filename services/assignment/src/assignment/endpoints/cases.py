"""Questions about cases."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from assignment.projections.reading import CaseLine, Cases, CaseView, line_of
from contracts.command import Id, OptionalLine, Year
from contracts.vocabulary import CHINA
from eventlog import EventLog
from hosting.history import History, history_of
from hosting.problems import NotFound
from hosting.signing import Clock, SignedIn


class CaseList(BaseModel):
    """The cases of a district's year that fit the question."""

    cases: list[CaseLine]
    total: int


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


def case_routes(cases: Cases, log: EventLog, clock: Clock) -> APIRouter:
    router = APIRouter(tags=["cases"])

    @router.get("/districts/{district}/years/{year}/cases")
    async def cases_of_year(
        district: str, year: Year, actor: SignedIn, narrowed: Annotated[Filter, Query()]
    ) -> CaseList:
        today = clock().astimezone(CHINA).date()
        lines = [line_of(case, today) for case in await cases.of_year(district, year)]
        fitting = [line for line in lines if narrowed.fits(line)]
        return CaseList(cases=fitting, total=len(fitting))

    @router.get("/districts/{district}/cases/{proposal_id}")
    async def one_case(district: str, proposal_id: Id, actor: SignedIn) -> CaseView:
        found = await cases.find(district, proposal_id)
        if found is None:
            raise NotFound(f"案件“{proposal_id}”", f"case {proposal_id!r}")
        return found

    @router.get("/districts/{district}/cases/{proposal_id}/events")
    async def history(district: str, proposal_id: Id, actor: SignedIn) -> History:
        return history_of(await log.read_stream(district, f"case-{proposal_id}"))

    return router
