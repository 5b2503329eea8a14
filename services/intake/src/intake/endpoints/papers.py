"""Attached files over HTTP, and proposals of earlier years that look alike."""

import hashlib
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, File, Query, Response, UploadFile
from pydantic import BaseModel

from contracts.command import Id, Line
from contracts.intake import IntakeEvent
from eventlog import Handled, Handling, Intent
from hosting.as_of import Views
from hosting.clock import Clock
from hosting.commanding import (
    Give,
    Guard,
    IdempotencyKey,
    Keyed,
    SeenPosition,
    command_of,
    give_command,
)
from hosting.problems import NotFound
from hosting.reading_rights import may_read, readable
from hosting.signing import SignedIn, require_role
from intake.commands import AddAttachment, IntakeCommand, Sha256
from intake.decisions.attaching import media_type_of
from intake.projections.papers import LookAlike, Papers
from intake.projections.reading import find_proposal, may_see
from intake.state import State

FILED = "filed"


class Attached(BaseModel):
    """What attaching a file came to: its SHA-256, and the log position of the event."""

    sha256: str
    recorded: int
    position: int


class LookAlikes(BaseModel):
    """Proposals whose titles are alike, the likest first."""

    look_alikes: list[LookAlike]


def paper_routes(
    papers: Papers,
    views: Views,
    handling: Handling[IntakeCommand, State, IntakeEvent],
    clock: Clock,
    guard: Guard,
) -> APIRouter:
    router = APIRouter(tags=["attachments"])
    place = "/districts/{district}/proposals/{proposal_id}/attachments"

    @router.post(place)
    async def attach(
        district: str,
        proposal_id: Id,
        file: Annotated[UploadFile, File()],
        actor: SignedIn,
        idempotency_key: IdempotencyKey = None,
        seen_position: SeenPosition = None,
    ) -> Attached:
        """Attach a file (20 MB at most): its content is kept, and its hash goes into the log."""
        require_role(actor, AddAttachment.may)
        content = await file.read()
        name = file.filename or "附件"
        fields = {
            "at": clock(),
            "proposal_id": proposal_id,
            "file_name": name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "media_type": media_type_of(name, content),
            "size_bytes": len(content),
        }
        command = command_of(AddAttachment, fields)
        await guard(district, actor, command)
        keyed = Keyed(idempotency_key, command)
        receipt = await give_command(
            _kept_first(papers, handling, content), district, actor, command, keyed, seen_position
        )
        return Attached(sha256=command.sha256, recorded=receipt.recorded, position=receipt.position)

    @router.get(place + "/{sha256}", response_class=Response)
    async def read_attachment(
        district: str, proposal_id: Id, sha256: Sha256, actor: SignedIn
    ) -> Response:
        """The content of an attached file, to be saved."""
        stored = views.stored(district)
        proposal = await find_proposal(stored, proposal_id)
        is_seen = proposal is not None and await may_see(stored, proposal_id, actor)
        if proposal is not None and not proposal.is_written:
            is_seen = await may_read(handling.log, district, proposal_id, actor)
        attached = proposal.attachments if proposal and is_seen else []
        one = next((each for each in attached if each.sha256 == sha256), None)
        content = await papers.find(district, sha256) if one else None
        if one is None or content is None:
            raise NotFound(f"附件 {sha256}", f"attachment {sha256}")
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(one.file_name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(content, media_type=one.media_type, headers=headers)

    @router.get("/districts/{district}/look-alikes")
    async def look_alikes(
        district: str,
        actor: SignedIn,
        title: Annotated[Line, Query()],
        but: Annotated[Id | None, Query()] = None,
    ) -> LookAlikes:
        """Proposals of any year whose titles are like this one.

        The titles of filed proposals are a catalogue for everybody who writes one; whose they are
        is told to those who may read them.
        """
        found = await papers.look_alikes(district, title, but or "")
        ids = [each.proposal_id for each in found]
        open_to = {*await readable(handling.log, district, ids, actor)}
        return LookAlikes(
            look_alikes=[
                each if each.proposal_id in open_to else each.model_copy(update={"proposers": []})
                for each in found
                if each.proposal_id in open_to or each.state == FILED
            ]
        )

    return router


def _kept_first(
    papers: Papers, handling: Handling[IntakeCommand, State, IntakeEvent], content: bytes
) -> Give:
    """Files are kept before their events, so that none is missing, and only if there will be one."""

    async def give(district: str, intent: Intent[Any]) -> Handled:
        await handling.foresee_answer(district, intent)
        await papers.keep(district, intent.command.sha256, content)
        return await handling.handle(district, intent)

    return give
