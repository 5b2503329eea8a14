"""Sends what is due: takes it from the outbox, gives it to its channel, and notes what came of it.

A message is marked after it was sent. A process that dies in between leaves it taken for a while,
and then it is sent once more, under the same id: at least once, never silently not at all.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client import Counter

from assignment.projections.outbox import Message, Outbox
from assignment.subscribers.channels import NotAtAll, NotNow, OpenChannel, Parcel
from assignment.subscribers.silence import Silence
from contracts.channels import Channels, Route
from contracts.quiet import Quiet
from contracts.sending import ChannelKind, Matter, RecipientKind

LOOK_EVERY_SECONDS = 2.0
AT_ONCE = 10
TAKEN_FOR = timedelta(minutes=10)
MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=1)
LONGER_EACH_TIME = 4
LONGEST_PAUSE = timedelta(hours=4)

SENT = Counter("tian_messages_sent_total", "Messages that went out", ["channel"])
NOT_SENT = Counter("tian_messages_not_sent_total", "Attempts that failed", ["channel"])

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lines:
    """The channels of one district: what its file says, and each of them ready to send."""

    said: Channels
    opened: Mapping[str, OpenChannel]


NO_LINES = Lines(Channels(), {})


class Sender:
    """Looks for what is due, every two seconds. Any number of processes may do so."""

    def __init__(
        self,
        outbox: Outbox,
        silence: Silence,
        lines: Mapping[str, Lines],
        districts: Sequence[str],
        clock: Callable[[], datetime],
    ) -> None:
        self._outbox = outbox
        self._silence = silence
        self._lines = lines
        self._districts = districts
        self._clock = clock

    async def run(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            while await self.look() == AT_ONCE:
                pass

    async def look(self) -> int:
        """Send what is due now, so many at once. Returns how many were taken."""
        now = self._clock()
        taken = await self._outbox.take_due(self._districts, now, now + TAKEN_FOR, AT_ONCE)
        for message in taken:
            try:
                await self._deal_with(message)
            except Exception as error:
                logger.exception("message %s could not be dealt with", message.message_id)
                problem = f"程序出错 / unexpected: {type(error).__name__}"
                await self._failed(message, problem, pause_after(message.attempts))
        return len(taken)

    async def _deal_with(self, message: Message) -> None:
        now = self._clock()
        if message.channel_kind == ChannelKind.INBOX:
            await self._outbox.note_sent(message, now, message.recipient, "")
            return
        lines = self._lines.get(message.district, NO_LINES)
        channel, route = lines.opened.get(message.channel), _route(message, lines.said)
        if channel is None or route is None:
            problem = "渠道文件里已没有这条渠道 / the channels file has no such way any more"
            await self._outbox.note_failed(message, now, problem, None)
            return
        quiet = lines.said.by_name[message.channel].quiet
        if not await self._may_speak(message, quiet, now):
            return
        await self._send(message, channel, route)

    async def _may_speak(self, message: Message, quiet: Quiet, now: datetime) -> bool:
        """Whether the channel is not silent now; otherwise the message waits until it is not."""
        at = await self._silence.sends_at(message.district, message.year, quiet, now)
        if at > now:
            await self._outbox.put_off(message, at)
        return at == now

    async def _send(self, message: Message, channel: OpenChannel, route: Route) -> None:
        try:
            answer = await channel.send(_parcel(message, route), self._clock())
        except NotNow as error:
            await self._failed(message, str(error), pause_after(message.attempts))
        except NotAtAll as error:
            await self._failed(message, str(error), None)
        else:
            SENT.labels(message.channel_kind).inc()
            to = masked("、".join(route.to)) or route.channel
            await self._outbox.note_sent(message, self._clock(), to, answer)

    async def _failed(self, message: Message, problem: str, pause: timedelta | None) -> None:
        NOT_SENT.labels(message.channel_kind).inc()
        now = self._clock()
        again_at = None if pause is None else now + pause
        await self._outbox.note_failed(message, now, problem, again_at)


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts: 1, 4, 16, 64 and 240 minutes; then it is given up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    pause: timedelta = FIRST_PAUSE * LONGER_EACH_TIME ** (attempts - 1)
    return min(pause, LONGEST_PAUSE)


def masked(addresses: str) -> str:
    """Addresses as they are kept: 138****5678, z***@example.cn; who needs them has the file."""
    return "、".join(_masked(each) for each in addresses.split("、") if each)


def _masked(address: str) -> str:
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    return f"{address[:3]}****{address[-4:]}" if len(address) > len("13800000") else "****"


def _route(message: Message, said: Channels) -> Route | None:
    """The way of a message as the file has it today: an address that was corrected is used."""
    kind, matter = RecipientKind(message.recipient_kind), Matter(message.matter)
    ways = said.routes(kind, message.recipient, matter)
    return next((way for way in ways if way.channel == message.channel), None)


def _parcel(message: Message, route: Route) -> Parcel:
    return Parcel(
        message_id=message.message_id,
        district=message.district,
        matter=message.matter,
        recipient=message.recipient,
        to=route.to,
        subject=message.subject,
        body=message.body,
        proposal_id=message.proposal_id,
        unit=message.unit,
        written_at=message.written_at,
    )
