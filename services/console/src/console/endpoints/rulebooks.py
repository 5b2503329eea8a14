"""The adopted rulebook in words, another one beside it, and what a year comes to under that."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from console.endpoints.districts import Year, the_district
from console.endpoints.places import the_place
from console.endpoints.visits import SignedIn, service_path
from contracts.explained import ExplainedRulebook, RuleLine
from contracts.figures import RulebookList, SideBySide

SECTIONS = {
    "limits": "期限",
    "classes": "办理结果类别",
    "levels": "评价等次",
    "formulas": "指标公式",
    "handling": "答复之前",
    "supervision": "督办",
    "score": "评分",
    "calendar": "考评日程",
}

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


@dataclass(frozen=True)
class Pair:
    """One rule in the adopted rulebook and in another one; either may lack it."""

    adopted: RuleLine | None
    other: RuleLine | None
    differs: bool

    @property
    def either(self) -> RuleLine | None:
        return self.adopted or self.other


@pages.get("/districts/{district}/years/{year}/rulebook", response_class=HTMLResponse)
async def show_rulebook(
    visit: SignedIn,
    district: str,
    year: Year,
    beside: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    entry, shipped, place = await asyncio.gather(
        the_district(visit, district),
        visit.enquiry.get(RulebookList, "evaluation", "/rulebooks"),
        the_place(visit, district, year),
    )
    other = None
    if beside:
        path = service_path("districts", district, "years", year, "rulebook")
        asked = {"rulebook": beside}
        other = await visit.enquiry.get(ExplainedRulebook, "evaluation", path, asked)
    sections = _sections(place.rulebook, other)
    return visit.page(
        "rulebook.html",
        district=entry,
        year=year,
        section="rulebook",
        rulebooks=shipped.rulebooks,
        adopted=place.rulebook,
        other=other,
        beside=beside,
        sections=sections,
        names=SECTIONS,
        differing=sum(pair.differs for pairs in sections.values() for pair in pairs),
    )


def _sections(
    adopted: ExplainedRulebook | None, other: ExplainedRulebook | None
) -> dict[str, list[Pair]]:
    """The rules of both by section, in the order of the adopted one, then what only the other has."""
    ours = {line.key: line for line in adopted.lines} if adopted else {}
    theirs = {line.key: line for line in other.lines} if other else {}
    sections: defaultdict[str, list[Pair]] = defaultdict(list)
    for key, line in {**ours, **{k: v for k, v in theirs.items() if k not in ours}}.items():
        left, right = ours.get(key), theirs.get(key)
        told = {(each.label, each.said) if each else None for each in (left, right)}
        differs = adopted is not None and other is not None and len(told) > 1
        sections[line.section].append(Pair(left, right, differs))
    return sections
