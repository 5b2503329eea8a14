"""One proposal in intake: what was handed in, and the forms of its review."""

import asyncio
from uuid import uuid4

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response

from console.endpoints.acting import Attempt, Counter, FormSent, Receipt
from console.endpoints.answers import EventList, ProposalDetail
from console.endpoints.districts import the_district
from console.endpoints.proposal_acts import ACTS
from console.endpoints.visits import OwnForm, SignedIn, Visit, service_path

pages = APIRouter()

NOTHING_TRIED = Attempt()


@pages.get("/districts/{district}/proposals/{proposal_id}", response_class=HTMLResponse)
async def show_proposal(visit: SignedIn, district: str, proposal_id: str) -> Response:
    return await _page(visit, district, proposal_id, NOTHING_TRIED)


@pages.post(
    "/districts/{district}/proposals/{proposal_id}/{command}",
    response_class=HTMLResponse,
    dependencies=[OwnForm],
)
async def act_on_proposal(
    visit: SignedIn, district: str, proposal_id: str, command: str, form: FormSent
) -> Response:
    act = next((each for each in ACTS if each.command == command), None)
    if act is None:
        raise HTTPException(404)
    place = service_path("districts", district, "proposals", proposal_id)
    counter = Counter(visit, "intake", district, place)
    outcome = await counter.give(act, form, {"proposal_id": proposal_id})
    if isinstance(outcome, Receipt):
        return visit.go(f"{place}?done={outcome.position}")
    return await _page(visit, district, proposal_id, outcome)


async def _page(visit: Visit, district: str, proposal_id: str, attempt: Attempt) -> Response:
    place = service_path("districts", district, "proposals", proposal_id)
    entry, proposal, history = await asyncio.gather(
        the_district(visit, district),
        visit.enquiry.get(ProposalDetail, "intake", place),
        visit.enquiry.get(EventList, "intake", f"{place}/events"),
    )
    role = visit.actor.role if visit.actor else None
    return visit.page(
        "proposal.html",
        status=attempt.status,
        district=entry,
        year=proposal.year,
        section="proposal",
        place=place,
        proposal=proposal,
        timeline=history.events,
        acts=[each for each in ACTS if role and each.is_for(role, proposal.state)],
        tried=next((each for each in ACTS if each.command == attempt.command), None),
        attempt=attempt,
        done=visit.request.query_params.get("done", ""),
        seen=proposal.shown.position if proposal.shown else "",
        new_key=lambda: uuid4().hex,
        tell=lambda event: visit.desk.texts.sentences.tell(visit.language, event),
    )
