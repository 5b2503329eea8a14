"""What the district sends, one message with what was done with it, and the inbox of a visitor."""

import asyncio
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response

from console.endpoints.districts import the_district
from console.endpoints.message_answers import (
    InboxList,
    Message,
    OneMessage,
    OutboxList,
    Released,
    Unread,
)
from console.endpoints.paging import PageNumber, part_given
from console.endpoints.services import ServiceDown, ServiceFailed, ServiceRefused
from console.endpoints.visits import OwnForm, SignedIn, Visit, only_for_readers_of, service_path
from contracts.sending import ChannelKind, Matter, SendingState
from contracts.vocabulary import ActorRole
from hosting.clock import system_clock

pages = APIRouter()

KEEPERS = frozenset({ActorRole.SUPERVISION, ActorRole.OPERATOR})
ABOUT_THE_STATE = 409
ON_A_PAGE = 50


class Narrowing:
    """What the visitor chose to see; what is not a choice is left out."""

    def __init__(
        self,
        state: Annotated[str, Query(max_length=40)] = "",
        channel: Annotated[str, Query(max_length=40)] = "",
        matter: Annotated[str, Query(max_length=40)] = "",
        q: Annotated[str, Query(max_length=200)] = "",
        page: PageNumber = 1,
    ) -> None:
        known = (("state", state, SendingState), ("channel", channel, ChannelKind))
        chosen = {name: code for name, code, kind in known if code in set(kind)}
        chosen |= {"matter": matter} if matter in set(Matter) else {}
        self.chosen = chosen | ({"q": q.strip()} if q.strip() else {})
        self.page = page

    def get(self, name: str) -> str:
        return self.chosen.get(name, "")

    @property
    def query(self) -> str:
        return urlencode(self.chosen)


Chosen = Annotated[Narrowing, Depends()]


@pages.get(
    "/districts/{district}/outbox",
    response_class=HTMLResponse,
    dependencies=[only_for_readers_of("outbox")],
)
async def show_outbox(visit: SignedIn, district: str, narrowed: Chosen) -> Response:
    place = service_path("districts", district, "outbox")
    asked = narrowed.chosen | {"page": str(narrowed.page)}
    entry, listed = await asyncio.gather(
        the_district(visit, district), visit.enquiry.get(OutboxList, "assignment", place, asked)
    )
    part = part_given(listed.messages, narrowed.page, listed.total, ON_A_PAGE)
    if narrowed.page > part.last:
        last = urlencode(narrowed.chosen | {"page": str(part.last)})
        return visit.go(f"{place}?{last}")
    return visit.page(
        "outbox.html",
        district=entry,
        year=_latest(entry.years),
        section="outbox",
        narrowed=narrowed,
        may_send=_is_keeper(visit) and listed.by_state.get(SendingState.FAILED, 0) > 0,
        listed=listed,
        part=part,
        states=list(SendingState),
        channels=list(ChannelKind),
        matters=list(Matter),
    )


@pages.post(
    "/districts/{district}/outbox/failed/retry",
    response_class=HTMLResponse,
    dependencies=[OwnForm],
)
async def retry_failed(visit: SignedIn, district: str) -> Response:
    place = service_path("districts", district, "outbox")
    await visit.enquiry.give(Released, "assignment", f"{place}/failed/retry", {}, {})
    return visit.go(place)


@pages.get(
    "/districts/{district}/outbox/{message_id}",
    response_class=HTMLResponse,
    dependencies=[only_for_readers_of("outbox")],
)
async def show_message(visit: SignedIn, district: str, message_id: str) -> Response:
    return await _message_page(visit, district, message_id, "", 200)


@pages.post(
    "/districts/{district}/outbox/{message_id}/{act}",
    response_class=HTMLResponse,
    dependencies=[OwnForm],
)
async def decide_on_message(
    visit: SignedIn, district: str, message_id: str, act: Literal["retry", "hold"]
) -> Response:
    """Have a message sent after all, or held back; a refusal is shown on its page."""
    place = service_path("districts", district, "outbox", message_id)
    try:
        await visit.enquiry.give(Message, "assignment", f"{place}/{act}", {}, {})
    except ServiceRefused as refusal:
        if refusal.status != ABOUT_THE_STATE:
            raise
        sentence = visit.sentence_of(refusal)
        return await _message_page(visit, district, message_id, sentence, ABOUT_THE_STATE)
    return visit.go(place)


async def _message_page(
    visit: Visit, district: str, message_id: str, sentence: str, status: int
) -> Response:
    entry, one = await asyncio.gather(
        the_district(visit, district),
        visit.enquiry.get(
            OneMessage, "assignment", service_path("districts", district, "outbox", message_id)
        ),
    )
    state = one.message.state
    is_keeper = _is_keeper(visit)
    return visit.page(
        "message.html",
        status=status,
        district=entry,
        year=_latest(entry.years),
        section="message",
        message=one.message,
        steps=one.steps,
        addresses=one.addresses,
        sentence=sentence,
        may_send=is_keeper and state in {SendingState.FAILED, SendingState.HELD},
        may_hold=is_keeper and state == SendingState.WAITING,
    )


@pages.get(
    "/districts/{district}/inbox",
    response_class=HTMLResponse,
    dependencies=[only_for_readers_of("inbox")],
)
async def show_inbox(visit: SignedIn, district: str) -> Response:
    entry, listed = await asyncio.gather(
        the_district(visit, district),
        visit.enquiry.get(InboxList, "assignment", service_path("districts", district, "inbox")),
    )
    return visit.page(
        "inbox.html",
        district=entry,
        year=_latest(entry.years),
        section="inbox",
        listed=listed,
    )


@pages.get("/districts/{district}/inbox/unread", response_class=HTMLResponse)
async def show_unread(visit: SignedIn, district: str) -> Response:
    """The number beside the link to the inbox; nothing where there is none, or nobody to ask."""
    path = service_path("districts", district, "inbox", "unread")
    try:
        found = await visit.enquiry.get(Unread, "assignment", path)
    except (ServiceDown, ServiceFailed, ServiceRefused):
        found = Unread()
    return visit.page("unread.html", unread=found.unread)


@pages.post("/districts/{district}/inbox/read", response_class=HTMLResponse, dependencies=[OwnForm])
async def read_all(visit: SignedIn, district: str) -> Response:
    place = service_path("districts", district, "inbox")
    await visit.enquiry.give(Unread, "assignment", f"{place}/read", {}, {})
    return visit.go(place)


@pages.post(
    "/districts/{district}/inbox/{message_id}/read",
    response_class=HTMLResponse,
    dependencies=[OwnForm],
)
async def read_one(visit: SignedIn, district: str, message_id: str) -> Response:
    place = service_path("districts", district, "inbox")
    path = service_path("districts", district, "inbox", message_id, "read")
    await visit.enquiry.give(Unread, "assignment", path, {}, {})
    return visit.go(place)


def _is_keeper(visit: Visit) -> bool:
    return visit.actor is not None and visit.actor.role in KEEPERS


def _latest(years: tuple[int, ...]) -> int:
    """The year that the tabs of the page lead to."""
    return max(years, default=system_clock().year)
