"""The list of cases of a year."""

import asyncio
from dataclasses import asdict, dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response

from console.endpoints.answers import (
    CaseList,
    CaseState,
    DistrictDetail,
)
from console.endpoints.districts import Year, the_district
from console.endpoints.looking_back import LookedAt
from console.endpoints.paging import PageNumber, part_of
from console.endpoints.places import the_place
from console.endpoints.visits import SignedIn, service_path
from contracts.vocabulary import Role

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
    page: PageNumber = 1,
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
        part=part_of(listed.cases, page),
        query=urlencode(wanted),
        titles=titles,
        shown=listed.shown,
        moment=moment,
        roles=list(Role),
        states=list(CaseState),
        units=detail.units,
    )
    response.headers["HX-Push-Url"] = f"{place}?{urlencode(wanted)}".rstrip("?")
    return response
