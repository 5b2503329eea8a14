"""The list of cases of a year, and one case with everything that happened to it."""

import asyncio
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response

from console.endpoints.answers import (
    CaseDetail,
    CaseList,
    CaseState,
    DistrictDetail,
    EventList,
    LoggedEvent,
    ProposalDetail,
)
from console.endpoints.districts import Year, the_district
from console.endpoints.looking_back import LookedAt, Moment
from console.endpoints.places import the_place
from console.endpoints.services import Answer, ServiceRefused
from console.endpoints.visits import SignedIn, Visit, service_path
from contracts.evaluation import ReplyRated
from contracts.holding import CaseHolding
from contracts.intake import LedgerRowRecorded
from contracts.vocabulary import CHINA, Role
from hosting.signing import system_clock

NOT_FOUND = 404

pages = APIRouter()


@dataclass(frozen=True)
class Filter:
    """What somebody looks for in the list; it stands in the address of the page."""

    role: Annotated[str, Query(max_length=40)] = ""
    state: Annotated[str, Query(max_length=40)] = ""
    unit: Annotated[str, Query(max_length=200)] = ""
    q: Annotated[str, Query(max_length=200)] = ""

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value.strip() for name, value in asdict(self).items() if value.strip()}


@pages.get("/districts/{district}/years/{year}/cases", response_class=HTMLResponse)
async def show_cases(
    visit: SignedIn,
    district: str,
    year: Year,
    chosen: Annotated[Filter, Depends()],
    moment: LookedAt,
) -> Response:
    place = service_path("districts", district, "years", year, "cases")
    wanted = chosen.chosen | moment.asked
    entry, titles, detail, listed = await asyncio.gather(
        the_district(visit, district),
        the_place(visit, district, year, moment),
        visit.enquiry.get(DistrictDetail, "intake", service_path("districts", district)),
        visit.enquiry.get(CaseList, "assignment", place, wanted),
    )
    response = visit.page(
        "cases.html",
        district=entry,
        year=year,
        section="cases",
        chosen=chosen,
        listed=listed,
        titles=titles,
        shown=listed.shown,
        moment=moment,
        roles=list(Role),
        states=list(CaseState),
        units=detail.units,
    )
    response.headers["HX-Push-Url"] = f"{place}?{urlencode(wanted)}".rstrip("?")
    return response


@pages.get("/districts/{district}/cases/{proposal_id}", response_class=HTMLResponse)
async def show_case(visit: SignedIn, district: str, proposal_id: str, moment: LookedAt) -> Response:
    place = service_path("districts", district, "cases", proposal_id)
    proposal_place = service_path("districts", district, "proposals", proposal_id)
    asked = partial(_if_known, visit, moment)
    nobody = CaseHolding(proposal_id=proposal_id, number="", title="", stretches=())
    entry, proposal, case, holding, histories = await asyncio.gather(
        the_district(visit, district),
        visit.enquiry.get(ProposalDetail, "intake", proposal_place, moment.asked),
        asked(CaseDetail(proposal_id=proposal_id), "assignment", place),
        asked(nobody, "evaluation", f"{place}/holding"),
        asyncio.gather(
            visit.enquiry.get(EventList, "intake", f"{proposal_place}/events", moment.asked),
            asked(EventList(), "assignment", f"{place}/events"),
            asked(EventList(), "evaluation", f"{place}/events"),
        ),
    )
    timeline = _in_order_of_the_log(histories)
    titles = await the_place(visit, district, proposal.year, moment)
    return visit.page(
        "case.html",
        district=entry,
        year=proposal.year,
        section="case",
        proposal=proposal,
        case=case,
        titles=titles,
        stretches=holding.stretches,
        timeline=timeline,
        remark=_remark_in(timeline),
        ratings=_ratings_in(timeline),
        today=_today(proposal),
        shown=proposal.shown,
        moment=moment,
        tell=lambda event: visit.desk.texts.sentences.tell(visit.language, event, titles),
    )


def _today(proposal: ProposalDetail) -> date:
    """The day that lateness is counted to: that of the moment which is shown."""
    today = system_clock().astimezone(CHINA).date()
    return proposal.shown.day(today) if proposal.shown else today


def _in_order_of_the_log(histories: Iterable[EventList]) -> list[LoggedEvent]:
    """All events once, by their position."""
    by_position = {event.position: event for history in histories for event in history.events}
    return [by_position[position] for position in sorted(by_position)]


def _remark_in(timeline: list[LoggedEvent]) -> str:
    """What the ledger remarks on the proposal."""
    rows = [event.data["row"] for event in timeline if event.type == LedgerRowRecorded.type]
    return next((row["remark"] for row in reversed(rows) if row.get("remark")), "")


def _ratings_in(timeline: list[LoggedEvent]) -> dict[str, dict[int, str]]:
    """For each unit the rating of each round; within a round the last one stands."""
    ratings: dict[str, dict[int, str]] = {}
    for event in timeline:
        if event.type == ReplyRated.type:
            of_unit = ratings.setdefault(event.data["unit"], {})
            of_unit[event.data.get("handling_round", 1)] = event.data["satisfaction"]
    return ratings


async def _if_known(
    visit: Visit, moment: Moment, unknown: Answer, service: str, path: str
) -> Answer:
    """The answer, or what stands for it where the service has not heard of the case yet."""
    try:
        return await visit.enquiry.get(type(unknown), service, path, moment.asked)
    except ServiceRefused as refusal:
        if refusal.status == NOT_FOUND:
            return unknown
        raise
