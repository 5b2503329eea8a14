"""Several districts side by side, and what lies behind one district's figures."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from console.endpoints.districts import Year, the_district
from console.endpoints.looking_back import LookedAt
from console.endpoints.places import the_place
from console.endpoints.titles import Place
from console.endpoints.visits import SignedIn, service_path
from contracts.city import CityOverview, Compared, DistrictLine, DistrictTrends, Trend, TrendPoint
from contracts.holding import CrossCell, Holdings, Insights
from contracts.rating_levels import USUAL
from contracts.vocabulary import Satisfaction

WIDTH, HEIGHT, MARGIN = 300, 90, 28
CROWDED = 30

pages = APIRouter()


@dataclass(frozen=True)
class ShownGroup:
    """Districts that can be compared by one figure, in the order of their ranks."""

    compared: Compared
    lines: tuple[DistrictLine, ...]


@dataclass(frozen=True)
class Dot:
    """A year of a trend, and where it stands in the picture."""

    point: TrendPoint
    x: float
    y: float


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


@pages.get("/districts/{district}/years/{year}/insights", response_class=HTMLResponse)
async def show_insights(
    visit: SignedIn,
    district: str,
    year: Year,
    moment: LookedAt,
    minutes: Annotated[int, Query(ge=1, le=10_080)] = 10,
) -> Response:
    place = ("districts", district, "years", year)
    ask = visit.enquiry.get
    entry, titles, trends, holdings, insights = await asyncio.gather(
        the_district(visit, district),
        the_place(visit, district, year, moment),
        ask(DistrictTrends, "evaluation", service_path("districts", district, "trends")),
        ask(Holdings, "evaluation", service_path(*place, "holdings"), moment.asked),
        ask(
            Insights,
            "evaluation",
            service_path(*place, "insights"),
            moment.asked | {"minutes": str(minutes)},
        ),
    )
    return visit.page(
        "insights.html",
        district=entry,
        year=year,
        section="insights",
        moment=moment,
        shown=insights.shown,
        trends=trends,
        dots_of=dots_of,
        holdings=holdings,
        insights=insights,
        cross=cross_of(insights.cross),
        titles=titles,
        levels=_levels(titles, insights),
    )


def _levels(titles: Place, insights: Insights) -> list[str]:
    """The columns of the cross table: the levels of the place, or the usual ones, and what occurs."""
    of_place = [each.code for each in titles.rulebook.levels] if titles.rulebook else list(USUAL)
    found = {cell.satisfaction for cell in insights.cross}
    return [each.value for each in Satisfaction if each in of_place or each in found]


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


def dots_of(trend: Trend, years: Sequence[int]) -> list[Dot]:
    """The years of a trend from left to right, between the lowest and the highest value."""
    known = [float(each.value) for each in trend.points if each.value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    spread = (high - low) or 1.0
    first, last = min(years, default=0), max(years, default=0)
    steps = (last - first) or 1
    return [
        Dot(
            each,
            round(MARGIN + (WIDTH - 2 * MARGIN) * (each.year - first) / steps, 1),
            round(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (float(each.value) - low) / spread, 1),
        )
        for each in trend.points
        if each.value is not None
    ]


def cross_of(cells: Sequence[CrossCell]) -> dict[str, dict[str, CrossCell]]:
    """The cells by result and rating."""
    found: dict[str, dict[str, CrossCell]] = {}
    for cell in cells:
        found.setdefault(cell.result, {})[cell.satisfaction] = cell
    return found
