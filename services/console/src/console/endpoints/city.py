"""Several districts side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from console.endpoints.districts import Year
from console.endpoints.visits import SignedIn, service_path
from contracts.city import CityOverview, Compared, DistrictLine

CROWDED = 30

pages = APIRouter()


@dataclass(frozen=True)
class ShownGroup:
    """Districts that can be compared by one figure, in the order of their ranks."""

    compared: Compared
    lines: tuple[DistrictLine, ...]


@pages.get("/city/years/{year}", response_class=HTMLResponse)
async def show_city(
    visit: SignedIn,
    year: Year,
    by: Annotated[str, Query(max_length=100)] = "satisfaction_rate",
) -> Response:
    path = service_path("city", "years", year, "overview")
    overview = await visit.enquiry.get(CityOverview, "evaluation", path)
    mains = [each for each in overview.compared if each.is_main]
    chosen = next((each.figure for each in mains if each.figure == by), "")
    chosen = chosen or (mains[0].figure if mains else "")
    return visit.page(
        "city.html",
        year=year,
        overview=overview,
        mains=mains,
        chosen=chosen,
        groups=groups_of(overview, chosen),
        unranked=[line for line in overview.lines if chosen not in line.standings],
        crowded=CROWDED,
    )


def groups_of(overview: CityOverview, figure: str) -> list[ShownGroup]:
    return [
        ShownGroup(group, _in_order(overview.lines, group))
        for group in overview.compared
        if group.figure == figure
    ]


def _in_order(lines: Sequence[DistrictLine], group: Compared) -> tuple[DistrictLine, ...]:
    members = (
        line
        for line in lines
        if group.figure in line.standings and line.standings[group.figure].group == group.group
    )
    return tuple(sorted(members, key=lambda line: _place(line, group.figure)))


def _place(line: DistrictLine, figure: str) -> tuple[bool, int, str]:
    rank = line.standings[figure].rank
    return rank is None, rank or 0, line.district
