"""What evaluation does when it hears of something: an answer went out, so it can be rated."""

from collections.abc import Mapping
from datetime import datetime, time
from types import MappingProxyType

from contracts.assignment import ReplyIssued
from contracts.event import Event
from evaluation.commands import OpenRating, RateReply
from evaluation.projections.reading import Facts
from eventlog.handling import CHINA
from hosting.reacting import Occasion, Reaction


def reactions(facts: Facts) -> Mapping[type[Event], Reaction]:
    async def when_a_reply_is_issued(event: ReplyIssued, occasion: Occasion) -> None:
        await occasion.give(
            OpenRating(
                at=occasion.recorded.happened_at,
                proposal_id=event.proposal_id,
                unit=event.unit,
                handling_round=event.handling_round,
                replied_on=event.issued_on,
            )
        )
        if occasion.recorded.is_imported:
            await _rate_as_the_ledger_tells(event, occasion)

    async def _rate_as_the_ledger_tells(event: ReplyIssued, occasion: Occasion) -> None:
        reported = await facts.reported_rating(occasion.district, event.proposal_id)
        if reported is None:
            return
        satisfaction, rated_on = reported
        await occasion.give(
            RateReply(
                at=datetime.combine(rated_on, time(), CHINA),
                proposal_id=event.proposal_id,
                unit=event.unit,
                satisfaction=satisfaction,
                rated_on=rated_on,
                imported=True,
            )
        )

    return MappingProxyType({ReplyIssued: when_a_reply_is_issued})
