"""What a message has to know of a proposal and its case, from their own events up to its cause."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from assignment.state import (
    INITIAL,
    Assignment,
    Closed,
    Dispatched,
    Returned,
    State,
    evolve,
)
from contracts.assignment import AssignmentServiceEvent
from contracts.evaluation import RatingEvent, RatingOpened, ReplyRated
from contracts.intake import IntakeEvent, ProposalFiled, ProposalReceived, ProposalResubmitted
from contracts.numbering import CaseNumberCorrected
from contracts.vocabulary import Role


@dataclass(frozen=True)
class Submitter:
    """Who handed the proposal in, where that was one of its proposers."""

    name: str
    subject: str


@dataclass(frozen=True)
class Facts:
    """A proposal and its case, as they stood just before the event that a message is about.

    `unrated` are the units whose answers wait for a form, known where a case goes on.
    """

    place: str
    title: str = ""
    number: str | None = None
    year: int | None = None
    proposers: tuple[str, ...] = ()
    submitter: Submitter | None = None
    case: State = INITIAL
    unrated: frozenset[str] = frozenset()

    @property
    def named(self) -> str:
        """How the case is called in a sentence: 第20240104号提案《关于……的建议》."""
        number = f"第{self.number}号" if self.number else ""
        return f"{number}提案《{self.title}》" if self.title else f"{number}提案"

    @property
    def parts(self) -> tuple[Assignment, ...]:
        return self.case.assignments if isinstance(self.case, Dispatched) else ()

    def numbered(self, number: str) -> Self:
        """The same under another case number."""
        return replace(self, number=number)

    def after(self, event: AssignmentServiceEvent) -> Self:
        """The same with the case as it stands after an event."""
        return replace(self, case=evolve(self.case, event))

    def awaiting(self, ratings: Sequence[RatingEvent]) -> Self:
        """The same, knowing from the events of ratings, in their order, whose forms are awaited."""
        awaited: set[str] = set()
        for event in ratings:
            match event:
                case RatingOpened():
                    awaited.add(event.unit)
                case ReplyRated():
                    awaited.discard(event.unit)
                case _:
                    pass
        return replace(self, unrated=frozenset(awaited))

    @property
    def units_at_work(self) -> tuple[str, ...]:
        """Whose part is open: neither released nor done, or with a commitment still to be kept."""
        if not isinstance(self.case, Dispatched):
            return ()
        promised = {each.made.unit for each in self.case.commitments if each.is_open}
        return tuple(
            part.unit
            for part in self.parts
            if not isinstance(part.stage, Returned)
            and (not isinstance(part.stage, Closed) or part.unit in promised)
        )

    def part_of(self, unit: str) -> Assignment | None:
        return next((part for part in self.parts if part.unit == unit), None)

    def proposers_of(self, unit: str) -> tuple[str, ...]:
        """Whom the unit answers: the proposers, and those of proposals that were merged into this."""
        part = self.part_of(unit)
        if part is None or not isinstance(self.case, Dispatched):
            return self.proposers
        return self.case.proposers_of(part) or self.proposers

    @property
    def leads(self) -> tuple[str, ...]:
        return tuple(part.unit for part in self.parts if part.role is Role.LEAD)


def facts_of(
    place: str,
    proposal: Sequence[IntakeEvent],
    case: Sequence[AssignmentServiceEvent],
    submitter: Submitter | None,
) -> Facts:
    """Fold the events of a proposal and of its case, in their order, into what messages say."""
    title, number, year = "", None, None
    proposers: tuple[str, ...] = ()
    for event in proposal:
        match event:
            case ProposalReceived():
                title, year, proposers = event.title, event.year, event.proposers
            case ProposalResubmitted():
                title = event.title
            case ProposalFiled():
                title, number, year = event.title, event.number, event.year
            case CaseNumberCorrected():
                number = event.number
            case _:
                pass
    state = INITIAL
    for each in case:
        state = evolve(state, each)
    return Facts(place, title, number, year, proposers, submitter, state)
