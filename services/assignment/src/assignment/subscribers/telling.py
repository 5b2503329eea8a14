"""Writes into the outbox what follows from events: once for each event, recipient and channel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from assignment.decisions.messages import (
    OVERTAKING,
    TOLD_AFTER,
    Facts,
    Submitter,
    Told,
    facts_of,
    overtaken_by,
    renamed_by,
    told_after,
)
from assignment.projections.deliveries import Connection
from assignment.projections.outbox import Message
from assignment.projections.told import cancel, cases_told, keep, read_streams, rename
from contracts.assignment import AssignmentServiceEvent, CaseReopened
from contracts.catalogue import read_event
from contracts.channels import Channels
from contracts.evaluation import RatingEvent, RatingOpened
from contracts.intake import IntakeEvent, ProposalReceived
from contracts.sending import ChannelKind, RecipientKind, SendingState
from contracts.upcasting import newest_type
from contracts.vocabulary import ActorRole
from eventlog.identifying import id_within
from eventlog.recorded import Recorded
from hosting.directories import Directories

FOLLOWER = "assignment-messages"
STALE = timedelta(days=3)
HELD_AS_STALE = "事件记录已超过三天，请核对后决定是否发送 / recorded more than three days ago: look before it is sent"
TOLD_TYPES = frozenset(each.type for each in (*TOLD_AFTER, *OVERTAKING))


class Teller:
    """A projection of the log into the outbox, in the transaction that moves its checkpoint.

    What a ledger tells of the past is not told again, but overtakes what was told. What was recorded days ago, because the
    service stood still or the log was followed anew, is held for a person to decide.
    """

    def __init__(
        self,
        channels: Mapping[str, Channels],
        directories: Directories,
        clock: Callable[[], datetime],
    ) -> None:
        self._channels = channels
        self._directories = directories
        self._clock = clock

    async def __call__(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        concerned = [each for each in batch if newest_type(each.type) in TOLD_TYPES]
        imported = dict.fromkeys(_case_of(each) for each in concerned if each.is_imported)
        known = await cases_told(connection, list(imported))
        for recorded in concerned:
            if not recorded.is_imported:
                known.add(_case_of(recorded))
            if _case_of(recorded) in known:
                await self._tell(connection, recorded)

    async def _tell(self, connection: Connection, recorded: Recorded) -> None:
        event, now = read_event(recorded.type, recorded.data), self._clock()
        overtaken = overtaken_by(event)
        if overtaken is not None:
            await cancel(connection, recorded.district, overtaken, recorded.position, now)
        if recorded.is_imported or type(event) not in TOLD_AFTER:
            return
        facts = await self._facts_before(connection, recorded, cast(Any, event).proposal_id)
        if isinstance(event, CaseReopened):
            units = [part.unit for part in facts.after(event).parts]
            facts = facts.awaiting(await _ratings(connection, recorded, units))
        renamed = renamed_by(event, facts)
        if renamed is not None:
            await rename(connection, recorded.district, renamed, recorded.position, now)
        for told in told_after(event, facts):
            for message in self._messages(told, facts, recorded, now):
                await keep(connection, message)

    async def _facts_before(
        self, connection: Connection, recorded: Recorded, proposal_id: str
    ) -> Facts:
        """What the log says of the case before this event, on the connection of the transaction."""
        streams = (f"case-{proposal_id}", f"proposal-{proposal_id}")
        before = [
            each
            for each in await read_streams(connection, recorded.district, streams)
            if each.position < recorded.position
        ]
        case, proposal = ([each for each in before if each.stream == name] for name in streams)
        return facts_of(
            self._directories.find(recorded.district).name,
            [cast(IntakeEvent, _read(each)) for each in proposal],
            [cast(AssignmentServiceEvent, _read(each)) for each in case],
            _submitter(proposal),
        )

    def _messages(
        self, told: Told, facts: Facts, recorded: Recorded, now: datetime
    ) -> list[Message]:
        channels = self._channels.get(recorded.district, Channels())
        begin = now + timedelta(days=channels.form_after_days if told.is_form else 0)
        ways = [_to_inbox(now, begin)]
        is_stale = now - _recorded_at(recorded) > STALE
        for route in channels.routes(told.kind, told.recipient, told.matter):
            kind = channels.by_name[route.channel].kind
            ways.append(_to_channel(route.channel, kind, begin, is_stale=is_stale))
        return [_message(told, facts, recorded, now, way) for way in ways]


@dataclass(frozen=True)
class Way:
    """Over what a message goes, not before when, and whether it waits, is there or is held."""

    channel: str
    kind: ChannelKind
    not_before: datetime
    state: SendingState
    problem: str | None = None


def _to_inbox(now: datetime, begin: datetime) -> Way:
    """What need not wait lies in the inbox as soon as it is written."""
    state = SendingState.SENT if begin == now else SendingState.WAITING
    return Way(ChannelKind.INBOX.value, ChannelKind.INBOX, begin, state)


def _to_channel(name: str, kind: ChannelKind, not_before: datetime, *, is_stale: bool) -> Way:
    if is_stale:
        return Way(name, kind, not_before, SendingState.HELD, HELD_AS_STALE)
    return Way(name, kind, not_before, SendingState.WAITING)


def _message(told: Told, facts: Facts, recorded: Recorded, now: datetime, way: Way) -> Message:
    submitter = facts.submitter if told.kind is RecipientKind.PROPOSER else None
    is_theirs = submitter is not None and submitter.name == told.recipient
    return Message(
        district=recorded.district,
        message_id=id_within(
            recorded.event_id, f"{told.kind.value}/{told.recipient}/{way.channel}"
        ),
        event_id=recorded.event_id,
        position=recorded.position,
        matter=told.matter.value,
        recipient_kind=told.kind.value,
        recipient=told.recipient,
        recipient_subject=submitter.subject if submitter and is_theirs else None,
        channel=way.channel,
        channel_kind=way.kind.value,
        proposal_id=told.proposal_id,
        year=facts.year,
        unit=told.unit,
        about=told.about,
        due_on=told.due_on,
        subject=told.subject,
        body=told.body,
        written_at=now,
        not_before=way.not_before,
        state=way.state.value,
        sent_at=now if way.state is SendingState.SENT else None,
        problem=way.problem,
    )


async def _ratings(
    connection: Connection, recorded: Recorded, units: Sequence[str]
) -> list[RatingEvent]:
    """What the log says of the ratings of a case before an event; no opening that nobody was told of."""
    _, proposal_id = _case_of(recorded)
    streams = [f"rating-{proposal_id}-{unit}" for unit in units]
    return [
        cast(RatingEvent, event)
        for each in await read_streams(connection, recorded.district, streams)
        if each.position < recorded.position
        and not (isinstance(event := _read(each), RatingOpened) and each.is_imported)
    ]


def _case_of(recorded: Recorded) -> tuple[str, str]:
    return recorded.district, recorded.data["proposal_id"]


def _submitter(proposal: Sequence[Recorded]) -> Submitter | None:
    """The proposer who handed it in; an office that did so for others is none."""
    for recorded in proposal:
        document = recorded.envelope
        is_received = newest_type(recorded.type) == ProposalReceived.type
        if is_received and document["actorrole"] == ActorRole.PROPOSER.value:
            return Submitter(document["actorname"], document["actor"])
    return None


def _recorded_at(recorded: Recorded) -> datetime:
    return datetime.fromisoformat(recorded.envelope["recordedtime"])


def _read(recorded: Recorded) -> object:
    return read_event(recorded.type, recorded.data)
