"""What is known of the handling of one proposal, and how each event changes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from assignment.state.changes import PartChange, after
from assignment.state.commitments import Commitment, CommitmentChange, changed
from assignment.state.parts import Assignment, Returned
from contracts.assignment import (
    AssignmentDispatched,
    AssignmentServiceEvent,
    CaseEnded,
    CaseReopened,
    HolidayNoticeAdopted,
    ProposersJoined,
    ReturnGranted,
    Suggestion,
    SuggestionsListed,
)


@dataclass(frozen=True)
class NotDispatched:
    """尚未交办。"""

    joined: tuple[ProposersJoined, ...] = ()


@dataclass(frozen=True)
class Dispatched:
    """已交办：案件的全部交办件，每个单位一件；建议条目、承诺事项、退回次数。"""

    lead_unit: str | None
    assignments: tuple[Assignment, ...]
    first_dispatches: tuple[AssignmentDispatched, ...]
    joined: tuple[ProposersJoined, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    returns: int = 0

    def assignment_of(self, unit: str) -> Assignment | None:
        return next((part for part in self.assignments if part.unit == unit), None)

    def proposers_of(self, part: Assignment) -> tuple[str, ...]:
        """Whom the unit has to answer, each once: the proposers, and those of merged proposals."""
        merged = (name for event in self.joined for name in event.proposers)
        return tuple(dict.fromkeys([*part.given.proposers, *merged]))

    def commitments_of(self, unit: str) -> tuple[Commitment, ...]:
        return tuple(each for each in self.commitments if each.made.unit == unit)


@dataclass(frozen=True)
class Ended:
    """已终止：提案已撤案或者并案。"""

    reason: str
    before: NotDispatched | Dispatched

    @property
    def was_dispatched(self) -> bool:
        return isinstance(self.before, Dispatched)


@dataclass(frozen=True)
class KeptCalendar:
    """本区采用的节假日通知，每年以最近一份为准。"""

    version: int
    notices: Mapping[int, HolidayNoticeAdopted] = field(default_factory=dict)


Case = NotDispatched | Dispatched | Ended
State = Case | KeptCalendar

INITIAL: State = NotDispatched()


def evolve(state: State, event: AssignmentServiceEvent) -> State:
    if isinstance(event, HolidayNoticeAdopted):
        kept = state.notices if isinstance(state, KeptCalendar) else {}
        return KeptCalendar(event.version, {**kept, event.year: event})
    if isinstance(state, KeptCalendar):
        return state
    return evolve_case(state, event)


def evolve_case(state: Case, event: AssignmentServiceEvent) -> Case:
    match event:
        case AssignmentDispatched():
            return _dispatched(state, event)
        case CaseEnded(reason=reason):
            before = state.before if isinstance(state, Ended) else state
            return Ended(reason, before)
        case CaseReopened() if isinstance(state, Ended):
            return state.before
        case ProposersJoined() if isinstance(state, (NotDispatched, Dispatched)):
            return replace(state, joined=(*state.joined, event))
        case _ if isinstance(state, Dispatched):
            return _changed(state, event)
        case _:
            return state


def _dispatched(state: Case, event: AssignmentDispatched) -> Case:
    match state:
        case NotDispatched(joined=joined):
            return Dispatched(event.lead_unit, (Assignment(event),), (event,), joined)
        case Dispatched(assignments=assignments, first_dispatches=first):
            is_later = event.at_request_of is not None or any(
                isinstance(part.stage, Returned) for part in assignments
            )
            others = (_served(part, event) for part in assignments if part.unit != event.unit)
            return replace(
                state,
                assignments=(*others, Assignment(event)),
                first_dispatches=first if is_later else (*first, event),
            )
        case Ended():
            return state


def _served(part: Assignment, event: AssignmentDispatched) -> Assignment:
    """The unit that asked for another co-unit waits for it no more."""
    if part.unit != event.at_request_of:
        return part
    return replace(part, wanted=tuple(each for each in part.wanted if each.co_unit != event.unit))


def _changed(state: Dispatched, event: AssignmentServiceEvent) -> Dispatched:
    if isinstance(event, get_args(CommitmentChange)):
        return replace(state, commitments=changed(state.commitments, event))
    if isinstance(event, SuggestionsListed):
        return replace(state, suggestions=event.suggestions)
    if not isinstance(event, get_args(PartChange)):
        return state
    return replace(
        state,
        assignments=tuple(
            after(part, event) if part.unit == event.unit else part for part in state.assignments
        ),
        returns=state.returns + isinstance(event, ReturnGranted),
    )
