"""What evaluation does when it hears of something: an answer went out, so it can be rated."""

from collections.abc import Mapping
from datetime import date, datetime, time
from types import MappingProxyType

from contracts.assignment import ReplyIssued
from contracts.command import Command
from contracts.event import Event
from contracts.rating_levels import OfferedLevel, offered
from contracts.vocabulary import CHINA, Satisfaction
from evaluation.commands import OpenRating, RateReply
from evaluation.projections.reading import reported_rating, year_of_case
from hosting.as_of import Views
from hosting.reacting import Occasion, Reaction
from hosting.rulebooks import adopted_rulebook


def reactions(views: Views) -> Mapping[type[Event], Reaction]:
    async def when_a_reply_is_issued(event: ReplyIssued, occasion: Occasion) -> list[Command]:
        source = views.stored(occasion.district)
        opening = OpenRating(
            at=occasion.recorded.happened_at,
            proposal_id=event.proposal_id,
            unit=event.unit,
            handling_round=event.handling_round,
            replied_on=event.issued_on,
            levels=await _levels(occasion, await year_of_case(source, event.proposal_id)),
        )
        if not occasion.recorded.is_imported:
            return [opening]
        reported = await reported_rating(source, event.proposal_id)
        return [opening] if reported is None else [opening, _as_reported(event, *reported)]

    return MappingProxyType({ReplyIssued: when_a_reply_is_issued})


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
