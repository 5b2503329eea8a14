"""What evaluation does when it hears of something: an answer went out, so it can be rated."""

from collections.abc import Mapping
from datetime import date, datetime, time
from types import MappingProxyType

from contracts.assignment import ReplyIssued
from contracts.command import Command
from contracts.event import Event
from contracts.vocabulary import CHINA, Satisfaction
from evaluation.commands import OpenRating, RateReply
from evaluation.projections.reading import reported_rating
from hosting.as_of import Views
from hosting.reacting import Occasion, Reaction


def reactions(views: Views) -> Mapping[type[Event], Reaction]:
    async def when_a_reply_is_issued(event: ReplyIssued, occasion: Occasion) -> list[Command]:
        opening = OpenRating(
            at=occasion.recorded.happened_at,
            proposal_id=event.proposal_id,
            unit=event.unit,
            handling_round=event.handling_round,
            replied_on=event.issued_on,
        )
        if not occasion.recorded.is_imported:
            return [opening]
        source = views.stored(occasion.district)
        reported = await reported_rating(source, event.proposal_id)
        return [opening] if reported is None else [opening, _as_reported(event, *reported)]

    return MappingProxyType({ReplyIssued: when_a_reply_is_issued})


def _as_reported(event: ReplyIssued, satisfaction: Satisfaction, rated_on: date) -> RateReply:
    return RateReply(
        at=datetime.combine(rated_on, time(), CHINA),
        proposal_id=event.proposal_id,
        unit=event.unit,
        satisfaction=satisfaction,
        rated_on=rated_on,
        imported=True,
    )
