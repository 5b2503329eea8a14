"""Questions about many districts at once, and about one over the years."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.concurrency import run_in_threadpool

from contracts.city import CityOverview, CityRanking, DistrictTrends
from contracts.command import Year
from contracts.directory import District
from contracts.identity import ALL_DISTRICTS, Actor, MayNot
from contracts.vocabulary import ActorRole
from evaluation.decisions.city.ordering import ranking
from evaluation.decisions.city.overview import Place, side_by_side
from evaluation.decisions.city.trends import trends
from evaluation.endpoints import examples
from evaluation.endpoints.refreshing import Refreshing
from evaluation.projections.overviews import Kept, KeptRows, read_year
from hosting.directories import Directories
from hosting.signing import SignedIn

CITY_ROLES = frozenset(
    {
        ActorRole.SUPERVISION,
        ActorRole.COMMITTEE,
        ActorRole.LEADER,
        ActorRole.AUDITOR,
        ActorRole.SERVICE,
    }
)
ANSWERS_KEPT = 8
WITHOUT_A_LOG = Kept(None, 0, 0)

Figure = Annotated[
    str,
    Query(
        max_length=100,
        description="指标编号，如 satisfaction_rate，得分为 score / id of a rate, or score",
        examples=["satisfaction_rate"],
    ),
]


class OneDistrictOnly(MayNot):
    """各区对比只给可以查看多个区的督查室、提案委、领导和审计账号。请换用市级账号，或在本区查看本区的指标。 / Districts are compared for supervision, committee, leaders and auditors whose account sees more than one. Sign in with such an account, or look at your own district's figures."""


def check_sees_a_city(actor: Actor) -> None:
    """Raises OneDistrictOnly."""
    if actor.role not in CITY_ROLES or not actor.is_of_a_city:
        raise OneDistrictOnly


@dataclass(frozen=True)
class Told:
    """An overview with what it was made of, and as it is written."""

    rows: KeptRows
    overview: CityOverview
    written: str


class City:
    """Finds the overview of the districts that somebody may see.

    Rows that are the same as the last time give the same answer, and it is not made again.
    """

    def __init__(self, refreshing: Refreshing, directories: Directories) -> None:
        self._refreshing = refreshing
        self._directories = directories
        self._told: OrderedDict[tuple[int, tuple[str, ...]], Told] = OrderedDict()

    async def overview(self, year: int, actor: Actor) -> Told:
        """Raises OneDistrictOnly."""
        check_sees_a_city(actor)
        districts = [each for each in self._directories if actor.reads(each.code)]
        codes = tuple(each.code for each in districts)
        asked = None if actor.district == ALL_DISTRICTS else codes
        await self._refreshing.freshen(asked)
        rows = await self._refreshing.overviews.of_year(year, asked)
        last = self._told.get((year, codes))
        if last is None or last.rows != rows:
            last = await run_in_threadpool(_told, year, districts, rows)
            self._told[year, codes] = last
        self._told.move_to_end((year, codes))
        while len(self._told) > ANSWERS_KEPT:
            self._told.popitem(last=False)
        return last


def _told(year: int, districts: Sequence[District], rows: KeptRows) -> Told:
    kept = read_year(year, rows)
    places = [
        _place(each.code, each.name, each.name_en, kept.get(each.code, WITHOUT_A_LOG))
        for each in districts
    ]
    overview = side_by_side(year, places)
    return Told(rows, overview, overview.model_dump_json())


def city_routes(refreshing: Refreshing, directories: Directories) -> APIRouter:
    router, city = APIRouter(tags=["city"]), City(refreshing, directories)

    @router.get(
        "/city/years/{year}/overview", response_model=CityOverview, responses=examples.OVERVIEW
    )
    async def city_overview(year: Year, actor: SignedIn) -> Response:
        """A year of every district that the token may see, side by side.

        Only rates of the same formula are compared; the groups that are not say why. Each line says
        the position of the log that it is of, and how many events came since.
        """
        return _json((await city.overview(year, actor)).written)

    @router.get(
        "/city/years/{year}/ranking", response_model=CityRanking, responses=examples.RANKING
    )
    async def city_ranking(
        year: Year, actor: SignedIn, by: Figure = "satisfaction_rate"
    ) -> Response:
        """The districts by one rate or the score; equals share a rank."""
        return _json(ranking((await city.overview(year, actor)).overview, by).model_dump_json())

    @router.get("/districts/{district}/trends", responses=examples.TRENDS)
    async def district_trends(district: str, actor: SignedIn) -> DistrictTrends:
        """A district's rates and score over the years; years under another formula stand apart."""
        await refreshing.freshen([district])
        kept = await refreshing.overviews.of_district(district)
        briefs = [each.brief for each in kept if each.brief is not None]
        position, behind = (kept[0].position or 0, kept[0].behind) if kept else (0, 0)
        return trends(district, position, behind, briefs)

    return router


def _place(code: str, name: str, name_en: str, kept: Kept) -> Place:
    return Place(code, name, name_en, kept.brief, kept.position, kept.behind)


def _json(written: str) -> Response:
    """Written once: the framework would check a thousand lines again that were checked when made."""
    return Response(written, media_type="application/json")
