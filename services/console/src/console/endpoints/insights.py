"""What lies behind one district's figures: who held the cases, what the answers came to, the years."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from console.endpoints.districts import Year, the_district
from console.endpoints.looking_back import LookedAt
from console.endpoints.places import the_place
from console.endpoints.titles import Place
from console.endpoints.visits import SignedIn, service_path
from contracts.city import DistrictTrends, Trend, TrendPoint
from contracts.holding import CrossCell, Held, Holdings, Insights, Stage
from contracts.rating_levels import USUAL
from contracts.vocabulary import Satisfaction

WIDTH, HEIGHT, MARGIN = 300, 90, 28
BAR_WIDTH = 1000
UNITS_SHOWN, TRENDS_SHOWN = 8, 4
SCORE = "score"

pages = APIRouter()


@dataclass(frozen=True)
class Dot:
    """A year of a trend, and where it stands in the picture."""

    point: TrendPoint
    x: float
    y: float


@dataclass(frozen=True)
class Piece:
    """The days of one stage as a piece of a bar, from `x` on, in parts of `BAR_WIDTH`."""

    held: Held
    x: int
    width: int


@dataclass(frozen=True)
class UnitHeld:
    """What one unit held, by stage; the pieces of its bar are drawn to the scale of all units."""

    unit: str
    stages: tuple[Held, ...]
    pieces: tuple[Piece, ...]

    @property
    def days(self) -> int:
        return sum(each.days for each in self.stages)

    @property
    def still_open(self) -> int:
        return sum(each.still_open for each in self.stages)


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
        first_trends=first_of(trends.trends),
        dots_of=dots_of,
        holdings=holdings,
        handling=next((each for each in holdings.by_stage if each.stage is Stage.HANDLING), None),
        stages=stages_of(holdings.by_stage),
        pieces_of_all=pieces_of(holdings.by_stage, sum(each.days for each in holdings.by_stage)),
        units=units_of(holdings.by_unit),
        units_shown=UNITS_SHOWN,
        insights=insights,
        cross=cross_of(insights.cross),
        titles=titles,
        levels=_levels(titles, insights),
    )


def stages_of(held: Sequence[Held]) -> list[Held]:
    """The stages that took time or go on; all of them where none took a day yet."""
    return [each for each in held if each.days or each.still_open] or list(held)


def pieces_of(held: Sequence[Held], whole: int) -> tuple[Piece, ...]:
    """The stages one beside the other; `whole` days fill the bar."""
    ends = [BAR_WIDTH * days // (whole or 1) for days in accumulate(each.days for each in held)]
    starts = [0, *ends]
    return tuple(
        Piece(each, start, end - start)
        for each, start, end in zip(held, starts, ends, strict=False)
        if end > start
    )


def units_of(held: Iterable[Held]) -> list[UnitHeld]:
    """The units, those that held cases for most days first."""
    by_unit = {
        unit: tuple(stages)
        for unit, stages in groupby(
            sorted(held, key=lambda each: each.unit), lambda each: each.unit
        )
    }
    most = max((sum(each.days for each in stages) for stages in by_unit.values()), default=0)
    found = [UnitHeld(unit, stages, pieces_of(stages, most)) for unit, stages in by_unit.items()]
    return sorted(found, key=lambda each: (-each.days, each.unit))


def first_of(trends: Sequence[Trend]) -> tuple[Trend, ...]:
    """The trends that are shown at once: the score, and the rates that come first."""
    rates = [each for each in trends if each.figure != SCORE]
    score = [each for each in trends if each.figure == SCORE]
    return (*rates[: TRENDS_SHOWN - len(score)], *score)


def _levels(titles: Place, insights: Insights) -> list[str]:
    """The columns of the cross table: the levels of the place, or the usual ones, and what occurs."""
    of_place = [each.code for each in titles.rulebook.levels] if titles.rulebook else list(USUAL)
    found = {cell.satisfaction for cell in insights.cross}
    return [each.value for each in Satisfaction if each in of_place or each in found]


def dots_of(trend: Trend, years: Sequence[int]) -> list[Dot]:
    """The years of a trend from left to right, between the lowest and the highest value.

    Where nothing changed the line is in the middle: at the bottom it would look like nothing.
    """
    known = [float(each.value) for each in trend.points if each.value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    middle = (high + low) / 2
    spread = (high - low) or 1.0
    first, last = min(years, default=0), max(years, default=0)
    steps = (last - first) or 1
    return [
        Dot(
            each,
            round(MARGIN + (WIDTH - 2 * MARGIN) * (each.year - first) / steps, 1),
            round(HEIGHT / 2 - (HEIGHT - 2 * MARGIN) * (float(each.value) - middle) / spread, 1),
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
