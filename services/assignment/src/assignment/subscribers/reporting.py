"""What crosses between the levels: a district's handling is reported to the city that gave it the part.

The city hears when the district opened a case of its own, dispatched it, met the proposer, and
answered with all its units. A round that the proposer wants comes down with the rating; an opinion
that the lead unit above sends back comes down from here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from assignment.commands import (
    AnswerReported,
    ContactReported,
    OpinionReported,
    TakeBackOpinion,
    TakeReport,
)
from assignment.state import INITIAL, Answered, Assignment, Closed, Dispatched, Returned, evolve
from contracts.assignment import (
    AssignmentDispatched,
    CaseReopened,
    ContactRecorded,
    CoOpinionGiven,
    CoOpinionSentBack,
    ReplyIssued,
)
from contracts.catalogue import read_event
from contracts.event import Event
from contracts.handing_down import HandDownRevoked, HandedDown, ProposalHandedDown
from contracts.vocabulary import Role
from hosting.bridging import Across, Crossing, lower_district
from hosting.directories import Directories
from hosting.reacting import Occasion


def crossings(directories: Directories) -> Mapping[type[Event], Crossing]:
    levels = _Levels(directories)
    return MappingProxyType(
        {
            ProposalHandedDown: levels.when_a_case_comes_from_above,
            AssignmentDispatched: levels.when_it_is_dispatched,
            ContactRecorded: levels.when_the_proposer_is_met,
            ReplyIssued: levels.when_it_is_answered,
            CoOpinionGiven: levels.when_an_opinion_is_given,
            CaseReopened: levels.when_it_goes_on,
            CoOpinionSentBack: levels.when_the_opinion_from_below_is_sent_back,
        }
    )


@dataclass(frozen=True)
class _Levels:
    """Who is above and below whom."""

    directories: Directories

    async def when_a_case_comes_from_above(
        self, event: ProposalHandedDown, occasion: Occasion
    ) -> list[Across]:
        return _report(occasion, event.proposal_id, event.handed_down)

    async def when_it_is_dispatched(
        self, event: AssignmentDispatched, occasion: Occasion
    ) -> list[Across]:
        """To dispatch it is to have taken it on."""
        above = await self._above(occasion, event.proposal_id)
        return _report(occasion, event.proposal_id, above, signed_on=event.dispatched_on)

    async def when_the_proposer_is_met(
        self, event: ContactRecorded, occasion: Occasion
    ) -> list[Across]:
        above = await self._above(occasion, event.proposal_id)
        return _report(occasion, event.proposal_id, above, contact=_contact(event))

    async def when_it_is_answered(self, event: ReplyIssued, occasion: Occasion) -> list[Across]:
        """The district has answered when every unit of its own that answers has."""
        above = await self._above(occasion, event.proposal_id)
        if above is None or not above.role.answers_the_proposer:
            return []
        answer = _answer(await _case_in(occasion, event.proposal_id))
        return _report(occasion, event.proposal_id, above, answer=answer) if answer else []

    async def when_an_opinion_is_given(
        self, event: CoOpinionGiven, occasion: Occasion
    ) -> list[Across]:
        """Where the district only gives an opinion, it has when all its units have."""
        above = await self._above(occasion, event.proposal_id)
        if above is None or above.role is not Role.CO:
            return []
        opinion = _opinion(await _case_in(occasion, event.proposal_id, co=True))
        return _report(occasion, event.proposal_id, above, opinion=opinion) if opinion else []

    async def when_it_goes_on(self, event: CaseReopened, occasion: Occasion) -> list[Across]:
        """The upper level may have given the part anew, and knows nothing of what was done before."""
        above = await self._above(occasion, event.proposal_id)
        is_co = above is not None and above.role is Role.CO
        parts = await _case_in(occasion, event.proposal_id, co=is_co)
        if not parts:
            return []
        told: list[dict[str, Any]] = [
            {"signed_on": min(part.given.dispatched_on for part in parts)},
            *({"contact": _contact(each)} for part in parts for each in part.contacts),
            {"opinion": _opinion(parts)} if is_co else {"answer": _answer(parts)},
        ]
        return [
            across
            for facts in told
            for across in _report(occasion, event.proposal_id, above, **facts)
        ]

    async def when_the_opinion_from_below_is_sent_back(
        self, event: CoOpinionSentBack, occasion: Occasion
    ) -> list[Across]:
        upper = self.directories.find(occasion.district)
        lower = lower_district(self.directories, upper, event.unit)
        state = await _state_of(occasion, event.proposal_id) if lower else None
        part = state.assignment_of(event.unit) if isinstance(state, Dispatched) else None
        if lower is None or part is None or part.lower is None:
            return []
        command = TakeBackOpinion(
            at=occasion.recorded.happened_at,
            proposal_id=part.lower.lower_proposal_id,
            by_unit=event.by_unit,
            reason=event.reason,
            sent_back_on=event.sent_back_on,
        )
        return [Across(lower.code, command)]

    async def _above(self, occasion: Occasion, proposal_id: str) -> HandedDown | None:
        """The part of the upper level's case that this case is, while it has not been taken back."""
        if not self.directories.find(occasion.district).takes_from:
            return None
        above: HandedDown | None = None
        stream = await occasion.log.read_stream(occasion.district, f"proposal-{proposal_id}")
        for recorded in stream:
            if recorded.position > occasion.recorded.position:
                break
            event = read_event(recorded.type, recorded.data)
            if isinstance(event, ProposalHandedDown):
                above = event.handed_down
            elif isinstance(event, HandDownRevoked):
                above = None
        return above


def _contact(event: ContactRecorded) -> ContactReported:
    return ContactReported(
        stage=event.stage,
        manner=event.manner,
        contacted_on=event.contacted_on,
        note=f"{event.unit}：{event.note}" if event.note else event.unit,
    )


def _answer(parts: Sequence[Assignment]) -> AnswerReported | None:
    """The answer with the latest day, once all have answered."""
    if not parts or not all(isinstance(part.stage, Answered | Closed) for part in parts):
        return None
    replies = [part.replies[-1] for part in parts if part.replies]
    latest = max(replies, key=lambda reply: reply.issued_on, default=None)
    if latest is None:
        return None
    return AnswerReported(**latest.model_dump(include={*AnswerReported.model_fields}))


def _opinion(parts: Sequence[Assignment]) -> OpinionReported | None:
    """What all have said, once all have, with the latest day."""
    days = [part.opinion_given_on for part in parts if part.opinion_given_on is not None]
    if not days or len(days) < len(parts):
        return None
    said = "\n".join(f"{part.unit}：{part.opinion}" for part in parts if part.opinion)
    return OpinionReported(given_on=max(days), opinion=said)


def _report(
    occasion: Occasion, proposal_id: str, above: HandedDown | None, **facts: Any
) -> list[Across]:
    """Nothing, where the upper level keeps its cases elsewhere: it gets a list."""
    if above is None or not above.upper or not above.upper_proposal_id:
        return []
    command = TakeReport(
        at=occasion.recorded.happened_at,
        proposal_id=above.upper_proposal_id,
        unit=above.unit,
        lower_district=occasion.district,
        lower_proposal_id=proposal_id,
        **facts,
    )
    return [Across(above.upper, command)]


async def _case_in(
    occasion: Occasion, proposal_id: str, *, co: bool = False
) -> Sequence[Assignment]:
    """The own parts that answer, or that give opinions, as of now."""
    state = await _state_of(occasion, proposal_id)
    if not isinstance(state, Dispatched):
        return ()
    return [
        part
        for part in state.assignments
        if part.given.reporting
        and not isinstance(part.stage, Returned)
        and (part.role is Role.CO) is co
    ]


async def _state_of(occasion: Occasion, proposal_id: str) -> Any:
    state = INITIAL
    for recorded in await occasion.log.read_stream(occasion.district, f"case-{proposal_id}"):
        if recorded.position > occasion.recorded.position:
            break
        event: Any = read_event(recorded.type, recorded.data)
        state = evolve(state, event)
    return state
