"""What evaluation does when it hears of something: an answer went out, so it can be rated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType

from contracts.assignment import ReplyIssued
from contracts.catalogue import read_event
from contracts.command import Command
from contracts.event import Event
from contracts.intake import LedgerRowRecorded, ProposalReceived
from contracts.rating_levels import OfferedLevel, offered
from contracts.vocabulary import CHINA, Satisfaction
from evaluation.commands import OpenRating, RateReply
from hosting.reacting import Occasion, Reaction
from hosting.rulebooks import adopted_rulebook


@dataclass(frozen=True)
class Known:
    """What the log says of a proposal up to a position: its year, and the rating a ledger told of."""

    year: int | None = None
    reported: tuple[Satisfaction, date] | None = None


async def when_a_reply_is_issued(event: ReplyIssued, occasion: Occasion) -> list[Command]:
    known = await _known_by(occasion, event.proposal_id)
    opening = OpenRating(
        at=occasion.recorded.happened_at,
        proposal_id=event.proposal_id,
        unit=event.unit,
        handling_round=event.handling_round,
        replied_on=event.issued_on,
        levels=await _levels(occasion, known.year),
    )
    if not occasion.recorded.is_imported or known.reported is None:
        return [opening]
    return [opening, _as_reported(event, *known.reported)]


REACTIONS: Mapping[type[Event], Reaction] = MappingProxyType({ReplyIssued: when_a_reply_is_issued})


async def _known_by(occasion: Occasion, proposal_id: str) -> Known:
    """Out of the log: the tables are filled at their own pace and may lie behind this event."""
    known = Known()
    stream = f"proposal-{proposal_id}"
    for recorded in await occasion.log.read_stream(occasion.district, stream):
        if recorded.position > occasion.recorded.position:
            break
        event = read_event(recorded.type, recorded.data)
        if isinstance(event, ProposalReceived):
            known = Known(event.year, known.reported)
        elif isinstance(event, LedgerRowRecorded) and (rating := event.row.rating):
            known = Known(known.year, rating)
    return known


async def _levels(occasion: Occasion, year: int | None) -> tuple[OfferedLevel, ...]:
    """What the rulebook offered when the answer went out."""
    if year is None:
        return ()
    until = occasion.recorded.position
    rulebook = await adopted_rulebook(occasion.log, occasion.district, year, until=until)
    return offered(rulebook.satisfaction_levels) if rulebook else ()


def _as_reported(event: ReplyIssued, satisfaction: Satisfaction, rated_on: date) -> RateReply:
    return RateReply(
        at=datetime.combine(rated_on, time(), CHINA),
        proposal_id=event.proposal_id,
        unit=event.unit,
        satisfaction=satisfaction,
        rated_on=rated_on,
        imported=True,
    )
