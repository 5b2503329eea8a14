"""What evaluation does when it hears of something: an answer went out, so it can be rated.

How a city's proposer rated what a district answered is told to the district.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType

from contracts.assignment import (
    AssignmentDispatched,
    CaseEnded,
    CaseReopened,
    LowerCaseOpened,
    ReplyIssued,
    ReturnGranted,
)
from contracts.catalogue import read_event
from contracts.command import Command
from contracts.evaluation import ReplyRated
from contracts.event import Event
from contracts.intake import LedgerRowRecorded, ProposalReceived
from contracts.rating_levels import OfferedLevel, offered
from contracts.vocabulary import CHINA, Satisfaction
from evaluation.commands import OpenRating, RateReply, TakeRating
from eventlog import EventLog, Recorded
from hosting.bridging import Across, Crossing, lower_district
from hosting.directories import Directories
from hosting.reacting import Occasion, Reaction
from hosting.rulebooks import adopted_rulebook

Answers = tuple[tuple[ReplyIssued, Recorded], ...]


@dataclass(frozen=True)
class Known:
    """What the log says of a proposal up to a position: its year, and the rating a ledger told of."""

    year: int | None = None
    reported: tuple[Satisfaction, date] | None = None


async def when_a_reply_is_issued(event: ReplyIssued, occasion: Occasion) -> list[Command]:
    known = await _known_by(occasion, event.proposal_id)
    opening = await _opening(event, occasion, known.year)
    if not occasion.recorded.is_imported or known.reported is None:
        return [opening]
    return [opening, _as_reported(event, *known.reported)]


REACTIONS: Mapping[type[Event], Reaction] = MappingProxyType({ReplyIssued: when_a_reply_is_issued})


def crossings(directories: Directories) -> Mapping[type[Event], Crossing]:
    """What a rating comes to in the district whose answer it is about."""

    async def when_an_answer_from_below_is_rated(
        event: ReplyRated, occasion: Occasion
    ) -> list[Across]:
        upper = directories.find(occasion.district)
        lower = lower_district(directories, upper, event.unit)
        if lower is None:
            return []
        told: list[Across] = []
        for reply, recorded in await _answers_below(occasion, event, lower.code):
            there = Occasion(recorded, occasion.log)
            year = (await _known_by(there, reply.proposal_id)).year
            taken = TakeRating(
                at=occasion.recorded.happened_at,
                proposal_id=reply.proposal_id,
                unit=reply.unit,
                satisfaction=event.satisfaction,
                rated_on=event.rated_on,
                goes_back=event.goes_back,
                upper_name=upper.name,
            )
            # The district may not have come to open the rating by itself yet.
            told += [Across(lower.code, await _opening(reply, there, year))]
            told += [Across(lower.code, taken)]
        return told

    return MappingProxyType({ReplyRated: when_an_answer_from_below_is_rated})


async def _answers_below(occasion: Occasion, event: ReplyRated, district: str) -> Answers:
    """The latest answers of the district's own units, in the case it handles this part in."""
    proposal_id = ""
    stream = f"case-{event.proposal_id}"
    for recorded in await occasion.log.read_stream(occasion.district, stream):
        if recorded.position > occasion.recorded.position:
            break
        opened = read_event(recorded.type, recorded.data)
        if isinstance(opened, LowerCaseOpened) and opened.unit == event.unit:
            proposal_id = opened.lower_proposal_id if opened.lower_district == district else ""
    return await _answers_in(occasion.log, district, proposal_id) if proposal_id else ()


async def _answers_in(log: EventLog, district: str, proposal_id: str) -> Answers:
    reporting: set[str] = set()
    answers: dict[str, tuple[ReplyIssued, Recorded]] = {}
    has_ended = False
    for recorded in await log.read_stream(district, f"case-{proposal_id}"):
        match read_event(recorded.type, recorded.data):
            case AssignmentDispatched(unit=unit, reporting=True):
                reporting.add(unit)
            case ReturnGranted(unit=unit):
                reporting.discard(unit)
            case ReplyIssued() as reply:
                answers[reply.unit] = reply, recorded
            case CaseEnded() | CaseReopened() as turn:
                has_ended = isinstance(turn, CaseEnded)
            case _:
                pass
    if has_ended:
        return ()
    return tuple(answer for unit, answer in answers.items() if unit in reporting)


async def _opening(event: ReplyIssued, occasion: Occasion, year: int | None) -> OpenRating:
    return OpenRating(
        at=occasion.recorded.happened_at,
        proposal_id=event.proposal_id,
        unit=event.unit,
        handling_round=event.handling_round,
        replied_on=event.issued_on,
        levels=await _levels(occasion, year),
    )


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
