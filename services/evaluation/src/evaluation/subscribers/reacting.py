"""What evaluation does when it hears of something: an answer can be rated, a ledger tells how it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from types import MappingProxyType

from contracts.assignment import ReplyIssued
from contracts.catalogue import read_event
from contracts.command import Command
from contracts.event import Event
from contracts.importing import LedgerRowRecorded
from contracts.intake import ProposalReceived
from contracts.ledger import LedgerRow
from contracts.rating_levels import OfferedLevel, offered
from contracts.vocabulary import CHINA
from evaluation.commands import OpenRating, RateReply
from hosting.reacting import Occasion, Reaction
from hosting.rulebooks import adopted_rulebook


@dataclass(frozen=True)
class Known:
    """What the log says of a proposal up to a position: its year, and what a ledger told of it last."""

    year: int | None = None
    told: LedgerRow | None = None


async def when_a_reply_is_issued(event: ReplyIssued, occasion: Occasion) -> list[Command]:
    known = await known_by(occasion, event.proposal_id)
    opening = await opening_of(event, occasion, known.year)
    if known.told is None or not _is_of(known.told, event):
        return [opening]
    return [opening, *_as_reported(event, known.told)]


async def when_a_ledger_tells_more(event: LedgerRowRecorded, occasion: Occasion) -> list[Command]:
    """A rating whose answer is in the log by now; if the answer is still to come, it brings its rating."""
    if "satisfaction" not in event.filled_in:
        return []
    answers = await _answers_known_by(occasion, event.proposal_id)
    return [
        command
        for answer in answers
        if _is_of(event.row, answer)
        for command in _as_reported(answer, event.row)
    ]


REACTIONS: Mapping[type[Event], Reaction] = MappingProxyType(
    {ReplyIssued: when_a_reply_is_issued, LedgerRowRecorded: when_a_ledger_tells_more}
)


async def opening_of(event: ReplyIssued, occasion: Occasion, year: int | None) -> OpenRating:
    """The opening of a rating, with the levels that were offered when the answer went out."""
    return OpenRating(
        at=occasion.recorded.happened_at,
        proposal_id=event.proposal_id,
        unit=event.unit,
        handling_round=event.handling_round,
        replied_on=event.issued_on,
        levels=await _levels(occasion, year),
    )


async def known_by(occasion: Occasion, proposal_id: str) -> Known:
    """Out of the log: the tables are filled at their own pace and may lie behind this event."""
    known = Known()
    stream = f"proposal-{proposal_id}"
    for recorded in await occasion.log.read_stream(occasion.district, stream):
        if recorded.position > occasion.recorded.position:
            break
        event = read_event(recorded.type, recorded.data)
        if isinstance(event, ProposalReceived):
            known = Known(event.year, known.told)
        elif isinstance(event, LedgerRowRecorded):
            known = Known(known.year, event.row)
    return known


async def _answers_known_by(occasion: Occasion, proposal_id: str) -> list[ReplyIssued]:
    """Out of the log, as what is known of a proposal."""
    stream = await occasion.log.read_stream(occasion.district, f"case-{proposal_id}")
    events = (
        read_event(recorded.type, recorded.data)
        for recorded in stream
        if recorded.position < occasion.recorded.position
    )
    return [event for event in events if isinstance(event, ReplyIssued)]


def _is_of(row: LedgerRow, answer: ReplyIssued) -> bool:
    """A ledger tells of one answer: the first, on its day. What differs, assignment refuses."""
    return answer.handling_round == 1 and answer.issued_on == row.replied_on


async def _levels(occasion: Occasion, year: int | None) -> tuple[OfferedLevel, ...]:
    """What the rulebook offered when the answer went out."""
    if year is None:
        return ()
    until = occasion.recorded.position
    rulebook = await adopted_rulebook(occasion.log, occasion.district, year, until=until)
    return offered(rulebook.satisfaction_levels) if rulebook else ()


def _as_reported(event: ReplyIssued, row: LedgerRow) -> list[Command]:
    if row.rating is None:
        return []
    satisfaction, rated_on = row.rating
    return [
        RateReply(
            at=datetime.combine(rated_on, time(), CHINA),
            proposal_id=event.proposal_id,
            unit=event.unit,
            satisfaction=satisfaction,
            rated_on=rated_on,
            imported=True,
        )
    ]
