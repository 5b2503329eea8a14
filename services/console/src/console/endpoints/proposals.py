"""One proposal with the forms of its intake and review, and a new draft."""

import asyncio
import re
from typing import Annotated, Any
from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter, File, HTTPException, UploadFile
from fastapi.responses import HTMLResponse, Response

from console.endpoints.acting import Attempt, Counter, FormSent, Receipt
from console.endpoints.answers import EventList, WholeProposal
from console.endpoints.districts import Year, the_district
from console.endpoints.places import the_place
from console.endpoints.proposal_acts import (
    ACTS,
    BEFORE_FIRST_REVIEW,
    REMOVE_ATTACHMENT,
    SAVE_DRAFT,
    WRITERS,
)
from console.endpoints.services import ServiceDown, ServiceRefused, Upload
from console.endpoints.titles import NOWHERE
from console.endpoints.visits import OwnForm, SignedIn, Visit, only_for_readers_of, service_path
from contracts.vocabulary import ActorRole

pages = APIRouter()

NOTHING_TRIED = Attempt()
NOT_FOUND = 404
ATTACHERS = frozenset({"draft", "received", "first_reviewed", "sent_back"})
BEGUN_ON_A_PAGE = re.compile(r"([0-9]{4})-[0-9a-f]{10}")
ABOUT_THE_FILE = frozenset({409, 413, 422})


@pages.get(
    "/districts/{district}/years/{year}/proposals/new",
    response_class=HTMLResponse,
    dependencies=[only_for_readers_of("new")],
)
async def show_new_draft(visit: SignedIn, district: str, year: Year) -> Response:
    begun_in = await _year_to_write_in(visit, district, year)
    proposal_id = f"{begun_in}-{uuid4().hex[:10]}"
    return await _new_draft(visit, district, proposal_id, begun_in, NOTHING_TRIED)


@pages.get("/districts/{district}/proposals/{proposal_id}", response_class=HTMLResponse)
async def show_proposal(visit: SignedIn, district: str, proposal_id: str) -> Response:
    return await _page(visit, district, proposal_id, NOTHING_TRIED)


@pages.get("/districts/{district}/proposals/{proposal_id}/notice", response_class=HTMLResponse)
async def show_notice(visit: SignedIn, district: str, proposal_id: str) -> Response:
    """What the proposers are told of a proposal that is not filed, as a sheet to print."""
    place = service_path("districts", district, "proposals", proposal_id)
    entry, proposal, history = await asyncio.gather(
        the_district(visit, district),
        visit.enquiry.get(WholeProposal, "intake", place),
        visit.enquiry.get(EventList, "intake", f"{place}/events"),
    )
    refusals = [each for each in history.events if each.type.endswith(".proposal_refused.v1")]
    if not refusals:
        raise HTTPException(NOT_FOUND)
    return visit.page(
        "notice.html",
        district=entry,
        year=proposal.year,
        section="proposal",
        proposal=proposal,
        refusal=refusals[-1],
    )


@pages.get("/districts/{district}/proposals/{proposal_id}/attachments/{sha256}")
async def read_attachment(
    visit: SignedIn, district: str, proposal_id: str, sha256: str
) -> Response:
    place = service_path("districts", district, "proposals", proposal_id)
    proposal = await visit.enquiry.get(WholeProposal, "intake", place)
    one = next((each for each in proposal.attachments if each.sha256 == sha256), None)
    if one is None:
        raise HTTPException(NOT_FOUND)
    content = await visit.enquiry.get_file("intake", f"{place}/attachments/{sha256}", {})
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(one.file_name)}"}
    return Response(content, media_type="application/octet-stream", headers=headers)


@pages.post(
    "/districts/{district}/proposals/{proposal_id}/attachments",
    response_class=HTMLResponse,
    dependencies=[OwnForm],
)
async def attach(
    visit: SignedIn, district: str, proposal_id: str, file: Annotated[UploadFile, File()]
) -> Response:
    place = service_path("districts", district, "proposals", proposal_id)
    upload = Upload(name=file.filename or "附件", content=await file.read())
    try:
        receipt = await visit.enquiry.send_file(
            Receipt, "intake", f"{place}/attachments", {}, upload
        )
    except ServiceRefused as refusal:
        if refusal.status not in ABOUT_THE_FILE:
            raise
        attempt = Attempt(sentence=visit.sentence_of(refusal), status=refusal.status)
        return await _page(visit, district, proposal_id, attempt)
    await Counter(visit, "intake", district, place).caught_up(receipt.position)
    return visit.go(f"{place}?done={receipt.position}")


@pages.post(
    "/districts/{district}/proposals/{proposal_id}/{command}",
    response_class=HTMLResponse,
    dependencies=[OwnForm],
)
async def act_on_proposal(
    visit: SignedIn, district: str, proposal_id: str, command: str, form: FormSent
) -> Response:
    act = next((each for each in (*ACTS, REMOVE_ATTACHMENT) if each.command == command), None)
    if act is None:
        raise HTTPException(NOT_FOUND)
    place = service_path("districts", district, "proposals", proposal_id)
    outcome = await Counter(visit, "intake", district, place).give(
        act, form, {"proposal_id": proposal_id}
    )
    if isinstance(outcome, Receipt):
        return visit.go(f"{place}?done={outcome.position}")
    if act.command == SAVE_DRAFT.command and not form.seen:
        year = _year_of(proposal_id)
        if year is not None:
            return await _new_draft(visit, district, proposal_id, year, outcome)
    return await _page(visit, district, proposal_id, outcome)


async def _year_to_write_in(visit: Visit, district: str, year: int) -> int:
    """This year, where the district has adopted rules for it; otherwise the year of the page."""
    if visit.this_year is None or visit.this_year <= year:
        return year
    try:
        adopted = await the_place(visit, district, visit.this_year)
    except (ServiceDown, ServiceRefused):
        return year
    return year if adopted is NOWHERE else visit.this_year


def _year_of(proposal_id: str) -> int | None:
    """The year of the page that a new draft was begun on, which its number begins with."""
    begun = BEGUN_ON_A_PAGE.fullmatch(proposal_id)
    return int(begun[1]) if begun else None


async def _new_draft(
    visit: Visit, district: str, proposal_id: str, year: int, attempt: Attempt
) -> Response:
    visit.page_at = service_path("districts", district, "years", year, "proposals", "new")
    is_proposer = visit.actor is not None and visit.actor.role is ActorRole.PROPOSER
    first = {
        "year": str(year),
        "proposers": visit.actor.name if visit.actor and is_proposer else "",
        "form": "individual",
    }
    return visit.page(
        "new_draft.html",
        status=attempt.status,
        district=await the_district(visit, district),
        year=year,
        section="proposals",
        place=service_path("districts", district, "proposals", proposal_id),
        proposal_id=proposal_id,
        act=SAVE_DRAFT,
        attempt=attempt,
        typed=attempt.typed or first,
        new_key=lambda: uuid4().hex,
        tell=lambda event: visit.desk.texts.sentences.tell(visit.language, event),
    )


async def _page(visit: Visit, district: str, proposal_id: str, attempt: Attempt) -> Response:
    place = service_path("districts", district, "proposals", proposal_id)
    entry, proposal, history = await asyncio.gather(
        the_district(visit, district),
        visit.enquiry.get(WholeProposal, "intake", place),
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
        acts=[
            each
            for each in ACTS
            if role
            and each.is_for(role, proposal.state)
            and each.command not in _idle(visit, proposal)
        ],
        tried=next((each for each in ACTS if each.command == attempt.command), None),
        attempt=attempt,
        removal=REMOVE_ATTACHMENT,
        may_remove=role is not None and REMOVE_ATTACHMENT.is_for(role, proposal.state),
        may_attach=role in WRITERS and proposal.state in ATTACHERS,
        current=_current(visit, proposal),
        done=visit.request.query_params.get("done", ""),
        seen=proposal.shown.position if proposal.shown else "",
        new_key=lambda: uuid4().hex,
        tell=lambda event: visit.desk.texts.sentences.tell(visit.language, event),
    )


def _idle(visit: Visit, proposal: WholeProposal) -> set[str]:
    """The commands that would come to nothing here.

    Marks that are set or not, signatures of others, decisions before a first review that is asked for.
    """
    idle = {
        "mark-proposal-key" if proposal.key else "unmark-proposal-key",
        "mark-proposal-excellent" if proposal.excellent else "unmark-proposal-excellent",
    }
    if proposal.reviewed_twice and proposal.state == "received":
        idle |= BEFORE_FIRST_REVIEW
    actor = visit.actor
    if actor and actor.role is ActorRole.PROPOSER and actor.name not in proposal.invited:
        idle |= {"cosign-proposal", "decline-cosigning"}
    return idle


def _current(visit: Visit, proposal: WholeProposal) -> dict[str, Any]:
    """What the blanks of a form hold at first that changes what is there."""
    return {
        "year": str(proposal.year),
        "number": proposal.number or "",
        "title": proposal.title,
        "body": proposal.body,
        "form": proposal.form or "",
        "collective": proposal.collective or "",
        "occasion": proposal.occasion or "",
        "category": proposal.category or "",
        "proposers": "、".join(proposal.proposers),
        "wished_units": "、".join(proposal.wished_units),
        "name": visit.actor.name if visit.actor else "",
    }
