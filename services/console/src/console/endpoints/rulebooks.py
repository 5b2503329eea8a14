"""A year under another rulebook, beside the adopted one."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from console.endpoints.districts import Year, the_district
from console.endpoints.visits import SignedIn, service_path
from contracts.figures import RulebookList, SideBySide

pages = APIRouter()


@pages.get("/districts/{district}/years/{year}/rulebooks", response_class=HTMLResponse)
async def show_rulebooks(
    visit: SignedIn,
    district: str,
    year: Year,
    rulebook: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    entry, shipped = await asyncio.gather(
        the_district(visit, district), visit.enquiry.get(RulebookList, "evaluation", "/rulebooks")
    )
    both = None
    if rulebook:
        path = service_path("districts", district, "years", year, "figures")
        both = await visit.enquiry.get(SideBySide, "evaluation", path, {"rulebook": rulebook})
    return visit.page(
        "rulebooks.html",
        district=entry,
        year=year,
        section="rulebooks",
        rulebooks=shipped.rulebooks,
        chosen=rulebook,
        both=both,
    )
