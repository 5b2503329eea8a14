"""What a summary is composed from: the year's figures, its cases, and the head of the letter."""

from dataclasses import dataclass
from datetime import date

from contracts.figures import Figures
from contracts.vocabulary import ItemState, ProposalCategory, Role


@dataclass(frozen=True)
class Done:
    """What a unit did about one point of a proposal (办理结果清单), and how far it is."""

    unit: str
    answer: str
    evidence: str
    state: ItemState


@dataclass(frozen=True)
class Ask:
    """One numbered point that a proposal asks for (建议条目), with what was done about it."""

    number: int
    text: str
    done: tuple[Done, ...] = ()

    @property
    def is_done(self) -> bool:
        return any(each.state is ItemState.DONE for each in self.done)


@dataclass(frozen=True)
class Part:
    """What one unit had to do in a case. `reported` parts are the district's own.

    `rating` is what the proposer's rating is called in the place, `satisfied` what it counts as.
    `drafts_sent_back` and `opinions_sent_back` count how often that happened; `first_contact_on` is
    when the unit was first in contact with the proposer.
    """

    unit: str
    role: Role
    reported: bool
    dispatched_on: date
    due_on: date
    completed_on: date | None = None
    rating: str = ""
    satisfied: bool = False
    handling_round: int = 1
    drafts_sent_back: int = 0
    opinions_sent_back: int = 0
    opinion_waived: bool = False
    first_contact_on: date | None = None

    @property
    def days_taken(self) -> int | None:
        """Days from dispatch to the first answer or to the co-opinion."""
        return None if self.completed_on is None else (self.completed_on - self.dispatched_on).days

    @property
    def days_left(self) -> int | None:
        """Days that were left of the limit on completion; negative when it was late."""
        return None if self.completed_on is None else (self.due_on - self.completed_on).days


@dataclass(frozen=True)
class YearCase:
    """A case of the year with all its parts that have not ended, the most answering first."""

    proposal_id: str
    number: str
    title: str
    key: bool
    parts: tuple[Part, ...]
    asks: tuple[Ask, ...] = ()
    category: ProposalCategory | None = None

    @property
    def reported(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.reported)

    @property
    def role(self) -> Role | None:
        """The role that the case is counted under."""
        return self.reported[0].role if self.reported else None

    @property
    def answering(self) -> tuple[Part, ...]:
        return tuple(part for part in self.reported if part.role.answers_the_proposer)

    @property
    def co_units(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.role is Role.CO)


@dataclass(frozen=True)
class Letterhead:
    """Who sends the summary to whom; all of it is prose that people may change."""

    name: str
    signed_on: date | None = None
    addressee: str = "市政府办公厅（市政府督查室）"
    copies_to: str = "市政协提案委员会"

    @property
    def issuer(self) -> str:
        return f"{self.name}人民政府"


@dataclass(frozen=True)
class YearFacts:
    """Everything that a year's summary rests on."""

    letterhead: Letterhead
    figures: Figures
    cases: tuple[YearCase, ...]
