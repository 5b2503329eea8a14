"""The outbox of a district and everybody's inbox over HTTP."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from assignment.decisions.messages import OFFICE
from assignment.projections.outbox import Mailbox, Message, Outbox, StepTaken, Wanted
from contracts.command import OptionalLine
from contracts.identity import Actor, MayNot
from contracts.refusal import Refused
from contracts.sending import ChannelKind, Matter, RecipientKind, SendingState
from contracts.vocabulary import ActorRole
from hosting.problems import NotFound
from hosting.signing import Clock, SignedIn, require_role

OVERSEERS = frozenset(
    {ActorRole.SUPERVISION, ActorRole.LEADER, ActorRole.AUDITOR, ActorRole.OPERATOR}
)
KEEPERS = frozenset({ActorRole.SUPERVISION, ActorRole.OPERATOR})
PAGE = 50
INBOX_PAGE = 200
EXAMPLE: dict[str, Any] = {
    "message_id": "018f0f5e-9c00-8aaa-9aaa-0123456789ab",
    "position": 812,
    "matter": "warning",
    "recipient_kind": "unit",
    "recipient": "龙岗区教育局",
    "channel": "sms",
    "channel_kind": "sms",
    "proposal_id": "20240104",
    "unit": "龙岗区教育局",
    "due_on": "2024-06-15",
    "subject": "预警：第20240104号提案《关于……的建议》，答复提案人还有7天",
    "body": "龙岗区教育局：\n……",
    "written_at": "2024-06-08T01:00:05Z",
    "not_before": "2024-06-08T01:00:05Z",
    "state": "sent",
    "attempts": 1,
    "sent_at": "2024-06-08T01:00:07Z",
    "sent_to": "138****5678",
    "problem": None,
    "read_at": None,
}


class NotToBeSent(Refused):
    """此消息的状态是“{state}”，不能重新发送。只有发送失败、暂缓和待发的可以。"""

    english: ClassVar[str] = (
        "This message is {state_en} and cannot be sent again; one that failed, is held or waits can."
    )


class NotToBeHeld(Refused):
    """此消息的状态是“{state}”，不能暂缓。只有待发和发送失败的可以；正在发送的请稍后再看。"""

    english: ClassVar[str] = (
        "This message is {state_en} and cannot be held; one that waits or failed can. One that is"
        " on its way right now is to be looked at again in a while."
    )


class MessageView(BaseModel):
    """A message: what was said to whom over what, and how far it has come."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    message_id: UUID
    position: int = Field(
        description="起因事件在日志中的位次 / position of the event it follows from"
    )
    matter: str = Field(description="事由 / what it is about")
    recipient_kind: str
    recipient: str
    channel: str
    channel_kind: str
    proposal_id: str
    unit: str | None
    due_on: date | None
    subject: str
    body: str
    written_at: datetime
    not_before: datetime = Field(description="不早于此时发送 / not sent before")
    state: str
    attempts: int
    sent_at: datetime | None
    sent_to: str | None = Field(description="发往何处，隐去部分 / where it went, partly hidden")
    problem: str | None
    read_at: datetime | None


class OutboxList(BaseModel):
    """The messages that fit, the newest first, and how many there are in each state."""

    messages: list[MessageView]
    by_state: dict[str, int]
    total: int


class OneMessage(BaseModel):
    """A message, and what was done with it."""

    message: MessageView
    steps: list[StepTaken]


class InboxList(BaseModel):
    """What lies in an inbox, the newest first."""

    owner: str
    unread: int
    messages: list[MessageView]


class Unread(BaseModel):
    """How many messages of one's inbox nobody has read."""

    unread: int


class Narrowing(BaseModel):
    """What the outbox can be narrowed to; empty fields narrow nothing."""

    state: SendingState | None = None
    channel: ChannelKind | None = None
    matter: Matter | None = None
    q: OptionalLine = ""
    page: Annotated[int, Field(ge=1, le=10_000)] = 1


def message_routes(outbox: Outbox, clock: Clock) -> APIRouter:
    router = APIRouter(tags=["messages"], prefix="/districts/{district}")
    _add_outbox(router, outbox, clock)
    _add_inbox(router, outbox, clock)
    return router


def _add_outbox(router: APIRouter, outbox: Outbox, clock: Clock) -> None:
    async def one(district: str, message_id: UUID) -> Message:
        found = await outbox.find(district, message_id)
        if found is None:
            raise NotFound(f"消息“{message_id}”", f"message {message_id}")
        return found

    @router.get("/outbox")
    async def list_outbox(
        district: str, actor: SignedIn, narrowed: Annotated[Narrowing, Query()]
    ) -> OutboxList:
        """发件箱：已发、待发、失败和暂缓的消息 / what was sent, waits, failed or is held"""
        require_role(actor, OVERSEERS)
        wanted = Wanted(
            narrowed.state or "", narrowed.channel or "", narrowed.matter or "", narrowed.q
        )
        offset = (narrowed.page - 1) * PAGE
        messages, counts = await outbox.listed(district, wanted, PAGE, offset)
        total = counts.get(narrowed.state, 0) if narrowed.state else sum(counts.values())
        return OutboxList(messages=[_view(each) for each in messages], by_state=counts, total=total)

    @router.get("/outbox/{message_id}", responses={404: {}})
    async def show_message(district: str, message_id: UUID, actor: SignedIn) -> OneMessage:
        """一条消息和发送经过 / a message, and what was done with it"""
        require_role(actor, OVERSEERS)
        found = await one(district, message_id)
        return OneMessage(message=_view(found), steps=await outbox.steps(district, message_id))

    @router.post("/outbox/{message_id}/retry", responses={404: {}, 409: {}})
    async def retry(district: str, message_id: UUID, actor: SignedIn) -> MessageView:
        """重新发送，渠道可以发送时即发 / send it after all, as soon as its channel may speak"""
        require_role(actor, KEEPERS)
        if not await outbox.retry(district, message_id, clock(), actor):
            raise NotToBeSent(**_state_of(await one(district, message_id)))
        return _view(await one(district, message_id))

    @router.post("/outbox/{message_id}/hold", responses={404: {}, 409: {}})
    async def hold(district: str, message_id: UUID, actor: SignedIn) -> MessageView:
        """暂缓发送，由人决定何时发 / hold it back until somebody has it sent"""
        require_role(actor, KEEPERS)
        if not await outbox.hold(district, message_id, clock(), actor):
            raise NotToBeHeld(**_state_of(await one(district, message_id)))
        return _view(await one(district, message_id))


def _add_inbox(router: APIRouter, outbox: Outbox, clock: Clock) -> None:
    @router.get("/inbox")
    async def list_inbox(district: str, actor: SignedIn, *, unread_only: bool = False) -> InboxList:
        """收件箱：本单位、督查室或本人收到的消息 / what one's unit, office or oneself was told"""
        box = mailbox_of(district, actor)
        messages = await outbox.inbox(box, unread_only=unread_only, limit=INBOX_PAGE)
        return InboxList(
            owner=box.owner,
            unread=await outbox.unread(box),
            messages=[_view(each) for each in messages],
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


def _view(message: Message) -> MessageView:
    return MessageView.model_validate(message, from_attributes=True)


def _state_of(message: Message) -> dict[str, str]:
    state = SendingState(message.state)
    return {"state": state.chinese, "state_en": state.value}
