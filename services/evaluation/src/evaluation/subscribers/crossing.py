"""How a city's proposer rated what a district answered is told to the district."""

from collections.abc import Mapping
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
from contracts.evaluation import ReplyRated
from contracts.event import Event
from evaluation.commands import TakeRating
from evaluation.subscribers.reacting import known_by, opening_of
from eventlog import EventLog, Recorded
from hosting.bridging import Across, Crossing, lower_district
from hosting.directories import Directories
from hosting.reacting import Occasion

Answers = tuple[tuple[ReplyIssued, Recorded], ...]


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
            year = (await known_by(there, reply.proposal_id)).year
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
            told += [Across(lower.code, await opening_of(reply, there, year))]
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
