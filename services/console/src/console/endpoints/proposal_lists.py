"""The proposals of a year, and earlier ones that are like what somebody types."""

import asyncio
from dataclasses import asdict, dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response

from console.endpoints.answers import LookAlikes, ProposalList, ProposalState, WholeProposal
from console.endpoints.districts import Year, the_district
from console.endpoints.paging import PageNumber, part_of
from console.endpoints.proposal_acts import WRITERS
from console.endpoints.visits import SignedIn, service_path
from contracts.vocabulary import ProposalCategory

pages = APIRouter()


@dataclass(frozen=True)
class LookedFor:
    """What somebody looks for in the list; it stands in the address of the page."""

    category: Annotated[str, Query(max_length=40)] = ""
    state: Annotated[str, Query(max_length=40)] = ""
    q: Annotated[str, Query(max_length=200)] = ""

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value.strip() for name, value in asdict(self).items() if value.strip()}

    def fits(self, proposal: WholeProposal) -> bool:
        """Whether state and words fit; intake goes by the category."""
        words = self.q.strip()
        return self.state in {"", proposal.state} and (
            words in (proposal.number or "") or words in proposal.title
        )


@pages.get("/districts/{district}/years/{year}/proposals", response_class=HTMLResponse)
async def show_proposals(
    visit: SignedIn,
    district: str,
    year: Year,
    looked_for: Annotated[LookedFor, Depends()],
    page: PageNumber = 1,
) -> Response:
    asked = {"category": looked_for.category} if looked_for.category else {}
    entry, listed = await asyncio.gather(
        the_district(visit, district),
        visit.enquiry.get(
            ProposalList,
            "intake",
            service_path("districts", district, "proposals"),
            {"year": str(year)} | asked,
        ),
    )
    return visit.page(
        "proposals.html",
        district=entry,
        year=year,
        section="proposals",
        part=part_of([each for each in listed.proposals if looked_for.fits(each)], page),
        query=urlencode(looked_for.chosen),
        looked_for=looked_for,
        states=list(ProposalState),
        categories=list(ProposalCategory),
        may_write=visit.actor is not None and visit.actor.role in WRITERS,
    )


@pages.get("/districts/{district}/look-alikes", response_class=HTMLResponse)
async def show_look_alikes(
    visit: SignedIn,
    district: str,
    title: Annotated[str, Query(max_length=200)] = "",
    but: Annotated[str, Query(max_length=48)] = "",
) -> Response:
    """The part of a page that follows the title while somebody types it."""
    found = LookAlikes()
    if title.strip():
        path = service_path("districts", district, "look-alikes")
        asked = {"title": title.strip()} | ({"but": but} if but else {})
        found = await visit.enquiry.get(LookAlikes, "intake", path, asked)
    return visit.page("look_alikes.html", code=district, found=found.look_alikes)
