"""The districts a visitor may see, and the overview of one district's year."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import HTMLResponse, Response

from console.endpoints.answers import DistrictEntry, DistrictList
from console.endpoints.looking_back import LookedAt
from console.endpoints.places import the_place
from console.endpoints.proposal_acts import WRITERS
from console.endpoints.visits import SignedIn, Visit, service_path
from contracts.figures import Figures, RateInFull

FIRST_YEAR, LAST_YEAR = 1949, 2100  # as the commands take them

Year = Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR)]
RateId = Annotated[str, Path(max_length=100)]

NOT_FOUND = 404

pages = APIRouter()


@pages.get("/", response_class=HTMLResponse)
async def show_districts(visit: SignedIn) -> Response:
    listed = await visit.enquiry.get(DistrictList, "intake", "/districts")
    return visit.page(
        "districts.html",
        districts=listed.districts,
        may_write=visit.actor is not None and visit.actor.role in WRITERS,
    )


@pages.get("/districts/{district}", response_class=HTMLResponse)
async def show_district(visit: SignedIn, district: str) -> Response:
    """The latest year of the district; without a year, the list of districts."""
    listed = await visit.enquiry.get(DistrictList, "intake", "/districts")
    entry = listed.entry(district)
    if entry not in listed.districts:
        raise HTTPException(NOT_FOUND)
    if not entry.years:
        return visit.go("/")
    return visit.go(service_path("districts", district, "years", max(entry.years)))


@pages.get("/districts/{district}/import")
async def open_import(visit: SignedIn, district: str, year: int) -> Response:
    """Where the form goes that asks for the year of a first ledger."""
    return visit.go(service_path("districts", district, "years", year, "import"))


@pages.get("/districts/{district}/years/{year}", response_class=HTMLResponse)
async def show_overview(visit: SignedIn, district: str, year: Year, moment: LookedAt) -> Response:
    entry, titles, figures = await asyncio.gather(
        the_district(visit, district),
        the_place(visit, district, year, moment),
        visit.enquiry.get(
            Figures,
            "evaluation",
            service_path("districts", district, "years", year, "figures"),
            moment.asked,
        ),
    )
    return visit.page(
        "overview.html",
        district=entry,
        year=year,
        section="overview",
        titles=titles,
        figures=figures,
        shown=figures.shown,
        moment=moment,
        differing=[each for each in figures.comparisons if each.differs],
    )


@pages.get("/districts/{district}/years/{year}/rates/{rate}", response_class=HTMLResponse)
async def show_rate(
    visit: SignedIn, district: str, year: Year, rate: RateId, moment: LookedAt
) -> Response:
    """Why a rate is what it is: every case of its numerator, and every one that is not in it."""
    path = service_path("districts", district, "years", year, "rates", rate)
    entry, titles, found = await asyncio.gather(
        the_district(visit, district),
        the_place(visit, district, year, moment),
        visit.enquiry.get(RateInFull, "evaluation", path, moment.asked),
    )
    return visit.page(
        "rate.html",
        district=entry,
        year=year,
        section="rate",
        titles=titles,
        rate=found.rate,
        met=found.met,
        shown=found.shown,
        moment=moment,
    )


async def the_district(visit: Visit, code: str) -> DistrictEntry:
    """The district with its years, for the head of a page."""
    return (await visit.enquiry.get(DistrictList, "intake", "/districts")).entry(code)
