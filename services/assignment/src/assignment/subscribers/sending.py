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

from assignment.projections.deliveries import Delivery
from assignment.projections.outbox import Message, Outbox
from assignment.subscribers.addresses import (
    Addresses,
    addresses_of,
    masked,
    without_addresses,
)
from assignment.subscribers.channels import (
    AddressAnswer,
    InPart,
    NotAtAll,
    NotNow,
    OpenChannel,
    Parcel,
)
from assignment.subscribers.silence import Silence
from contracts.channels import Channels, Route
from contracts.quiet import Quiet
from contracts.sending import AddressOutcome, ChannelKind, Matter, RecipientKind

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
        """Send it to those of its addresses that do not have it, and did not refuse it for good."""
        known = await self._outbox.deliveries(message.district, message.message_id)
        addresses = addresses_of(message.message_id, route.to, known)
        if addresses.are_settled:
            await self._conclude(message, addresses, "")
            return
        try:
            answer = await channel.send(_parcel(message, addresses), self._clock())
        except NotNow as error:
            problem = without_addresses(str(error), route.to)
            await self._failed(message, problem, pause_after(message.attempts))
        except NotAtAll as error:
            await self._failed(message, without_addresses(str(error), route.to), None)
        except InPart as part:
            await self._conclude(message, addresses.after(part.answers, self._clock()), "")
        else:
            taken = [
                AddressAnswer(each, AddressOutcome.ACCEPTED, answer) for each in addresses.left
            ]
            answered = addresses.after(taken, self._clock()) if known else addresses
            await self._conclude(message, answered, without_addresses(answer, route.to))

    async def _conclude(self, message: Message, addresses: Addresses, answer: str) -> None:
        """It is sent when all its addresses have it; who refused it for good is shown to a person."""
        said = addresses.known
        if addresses.that_are(AddressOutcome.DEFERRED):
            pause = pause_after(message.attempts)
            await self._failed(message, addresses.problem, pause, said)
        elif addresses.that_are(AddressOutcome.REFUSED):
            await self._failed(message, addresses.problem, None, said)
        else:
            SENT.labels(message.channel_kind).inc()
            to = masked("、".join(addresses.listed)) or message.channel
            await self._outbox.note_sent(message, self._clock(), to, answer, said)

    async def _failed(
        self,
        message: Message,
        problem: str,
        pause: timedelta | None,
        said: Sequence[Delivery] = (),
    ) -> None:
        NOT_SENT.labels(message.channel_kind).inc()
        now = self._clock()
        again_at = None if pause is None else now + pause
        await self._outbox.note_failed(message, now, problem, again_at, said)


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts: 1, 4, 16, 64 and 240 minutes; then it is given up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    pause: timedelta = FIRST_PAUSE * LONGER_EACH_TIME ** (attempts - 1)
    return min(pause, LONGEST_PAUSE)


def _route(message: Message, said: Channels) -> Route | None:
    """The way of a message as the file has it today: an address that was corrected is used."""
    kind, matter = RecipientKind(message.recipient_kind), Matter(message.matter)
    ways = said.routes(kind, message.recipient, matter)
    return next((way for way in ways if way.channel == message.channel), None)


def _parcel(message: Message, addresses: Addresses) -> Parcel:
    return Parcel(
        message_id=message.message_id,
        district=message.district,
        matter=message.matter,
        recipient=message.recipient,
        to=addresses.left,
        listed=addresses.listed,
        subject=message.subject,
        body=message.body,
        proposal_id=message.proposal_id,
        unit=message.unit,
        written_at=message.written_at,
    )
