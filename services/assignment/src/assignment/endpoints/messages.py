"""The outbox of a district and everybody's inbox over HTTP."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from assignment.projections.outbox import Message, Outbox, StepTaken, Wanted
from contracts.command import OptionalLine
from contracts.refusal import Refused
from contracts.sending import AddressOutcome, ChannelKind, Matter, SendingState
from contracts.vocabulary import ActorRole
from hosting.clock import Clock
from hosting.problems import NotFound
from hosting.signing import SignedIn, require_role

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
    "overtaken": False,
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
    overtaken: bool = Field(
        default=False,
        description="所说的事已办或有变，不必再办 / what it is about is done, or has changed",
    )


class OutboxList(BaseModel):
    """The messages that fit, the newest first, and how many there are in each state."""

    messages: list[MessageView]
    by_state: dict[str, int]
    total: int


class AddressView(BaseModel):
    """An address of a message, and what its server last said of it."""

    shown: str = Field(description="收件地址，隐去部分 / the address, partly hidden")
    outcome: AddressOutcome = Field(
        description="已接收、待重发、被拒收 / it has the message, is tried again, or refused it"
    )
    answer: str
    answered_at: datetime


class OneMessage(BaseModel):
    """A message, and what was done with it; each address, where it did not go out to all at once."""

    message: MessageView
    steps: list[StepTaken]
    addresses: list[AddressView] = Field(default_factory=list)


class Released(BaseModel):
    """How many messages are sent again."""

    messages: int


class Narrowing(BaseModel):
    """What the outbox can be narrowed to; empty fields narrow nothing."""

    state: SendingState | None = None
    channel: ChannelKind | None = None
    matter: Matter | None = None
    q: OptionalLine = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


def message_routes(outbox: Outbox, clock: Clock) -> APIRouter:
    router = APIRouter(tags=["messages"], prefix="/districts/{district}")
    _add_reading(router, outbox)
    _add_deciding(router, outbox, clock)
    return router


def _add_reading(router: APIRouter, outbox: Outbox) -> None:
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
        return OutboxList(
            messages=[view_of(each) for each in messages], by_state=counts, total=total
        )

    @router.get("/outbox/{message_id}", responses={404: {}})
    async def show_message(district: str, message_id: UUID, actor: SignedIn) -> OneMessage:
        """一条消息和发送经过 / a message, and what was done with it"""
        require_role(actor, OVERSEERS)
        found = await _known(outbox, district, message_id)
        addresses = await outbox.deliveries(district, message_id)
        return OneMessage(
            message=view_of(found),
            steps=await outbox.steps(district, message_id),
            addresses=[
                AddressView.model_validate(each, from_attributes=True) for each in addresses
            ],
        )


def _add_deciding(router: APIRouter, outbox: Outbox, clock: Clock) -> None:
    @router.post("/outbox/failed/retry")
    async def retry_failed(district: str, actor: SignedIn) -> Released:
        """失败的全部重新发送 / send everything again that failed"""
        require_role(actor, KEEPERS)
        return Released(messages=await outbox.retry_failed(district, clock(), actor))

    @router.post("/outbox/{message_id}/retry", responses={404: {}, 409: {}})
    async def retry(district: str, message_id: UUID, actor: SignedIn) -> MessageView:
        """重新发送，渠道可以发送时即发 / send it after all, as soon as its channel may speak"""
        require_role(actor, KEEPERS)
        if not await outbox.retry(district, message_id, clock(), actor):
            raise NotToBeSent(**_state_of(await _known(outbox, district, message_id)))
        return view_of(await _known(outbox, district, message_id))

    @router.post("/outbox/{message_id}/hold", responses={404: {}, 409: {}})
    async def hold(district: str, message_id: UUID, actor: SignedIn) -> MessageView:
        """暂缓发送，由人决定何时发 / hold it back until somebody has it sent"""
        require_role(actor, KEEPERS)
        if not await outbox.hold(district, message_id, clock(), actor):
            raise NotToBeHeld(**_state_of(await _known(outbox, district, message_id)))
        return view_of(await _known(outbox, district, message_id))


async def _known(outbox: Outbox, district: str, message_id: UUID) -> Message:
    found = await outbox.find(district, message_id)
    if found is None:
        raise NotFound(f"消息“{message_id}”", f"message {message_id}")
    return found


def view_of(message: Message) -> MessageView:
    return MessageView.model_validate(message, from_attributes=True)


def _state_of(message: Message) -> dict[str, str]:
    state = SendingState(message.state)
    return {"state": state.chinese, "state_en": state.value}
