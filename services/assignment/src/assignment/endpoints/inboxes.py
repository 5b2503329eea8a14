"""Everybody's inbox over HTTP: a unit's, the supervision office's, a proposer's own."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from assignment.decisions.messages import OFFICE
from assignment.endpoints.messages import MessageView, view_of
from assignment.projections.outbox import Mailbox, Outbox
from contracts.identity import Actor, MayNot
from contracts.sending import RecipientKind
from contracts.vocabulary import ActorRole
from hosting.clock import Clock
from hosting.signing import SignedIn

INBOX_PAGE = 200


class InboxList(BaseModel):
    """What lies in an inbox, the newest first."""

    owner: str
    unread: int
    messages: list[MessageView]


class Unread(BaseModel):
    """How many messages of one's inbox nobody has read."""

    unread: int


def inbox_routes(outbox: Outbox, clock: Clock) -> APIRouter:
    router = APIRouter(tags=["messages"], prefix="/districts/{district}")

    @router.get("/inbox")
    async def list_inbox(district: str, actor: SignedIn, *, unread_only: bool = False) -> InboxList:
        """收件箱：本单位、督查室或本人收到的消息 / what one's unit, office or oneself was told"""
        box = mailbox_of(district, actor)
        messages = await outbox.inbox(box, unread_only=unread_only, limit=INBOX_PAGE)
        return InboxList(
            owner=box.owner,
            unread=await outbox.unread(box),
            messages=[view_of(each) for each in messages],
        )

    @router.get("/inbox/unread")
    async def count_unread(district: str, actor: SignedIn) -> Unread:
        """未读条数 / how many messages nobody has read"""
        return Unread(unread=await outbox.unread(mailbox_of(district, actor)))

    @router.post("/inbox/read")
    async def read_all(district: str, actor: SignedIn) -> Unread:
        """全部标为已读 / mark everything as read"""
        box = mailbox_of(district, actor)
        await outbox.read(box, clock())
        return Unread(unread=await outbox.unread(box))

    @router.post("/inbox/{message_id}/read")
    async def read_one(district: str, message_id: UUID, actor: SignedIn) -> Unread:
        """标为已读；不在本收件箱的不变 / mark as read; what is not in this inbox stays as it is"""
        box = mailbox_of(district, actor)
        await outbox.read(box, clock(), message_id)
        return Unread(unread=await outbox.unread(box))

    return router


def mailbox_of(district: str, actor: Actor) -> Mailbox:
    """Whose inbox somebody opens: the unit's, the office's, or their own. Raises MayNot for others."""
    match actor.role:
        case ActorRole.UNIT if actor.unit is not None:
            return Mailbox(district, RecipientKind.UNIT.value, actor.unit, actor.subject)
        case ActorRole.SUPERVISION:
            return Mailbox(district, RecipientKind.OFFICE.value, OFFICE, actor.subject)
        case ActorRole.PROPOSER:
            return Mailbox(district, RecipientKind.PROPOSER.value, actor.name, actor.subject)
        case _:
            raise MayNot
