"""What comes of a proposal: its suggestions, the result of each, and commitments with their dates."""

from datetime import date
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from contracts.assignment.basis import AssignmentEvent, CaseEvent
from contracts.command import ItemNumber, Words
from contracts.vocabulary import ItemState


class Suggestion(BaseModel):
    """One numbered point of a proposal (建议条目)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: ItemNumber
    text: Words


class SuggestionsListed(CaseEvent):
    """The numbered points of the proposal, each of which an answer has to meet."""

    type: ClassVar[str] = "tian.assignment.suggestions_listed.v1"

    suggestions: tuple[Suggestion, ...]


class ResultRecorded(AssignmentEvent):
    """An item of the list of results (办理结果清单): suggestion, answer, evidence, state."""

    type: ClassVar[str] = "tian.assignment.result_recorded.v1"
    dated_by: ClassVar[str | None] = "recorded_on"

    number: int
    answer: str
    evidence: str = ""
    state: ItemState
    recorded_on: date


class CommitmentEvent(AssignmentEvent):
    """Something that happened to a commitment (承诺事项) of one unit; its number is the case's own."""

    commitment: int


class CommitmentMade(CommitmentEvent):
    """The unit committed itself to something, by a day."""

    type: ClassVar[str] = "tian.assignment.commitment_made.v1"
    dated_by: ClassVar[str | None] = "made_on"

    text: str
    due_on: date
    made_on: date


class CommitmentAdvanced(CommitmentEvent):
    """The unit told how far it has come with what it committed itself to."""

    type: ClassVar[str] = "tian.assignment.commitment_advanced.v1"
    dated_by: ClassVar[str | None] = "reported_on"

    progress: str
    reported_on: date


class CommitmentFulfilled(CommitmentEvent):
    """What was committed has been done, and this is what shows it."""

    type: ClassVar[str] = "tian.assignment.commitment_fulfilled.v1"
    dated_by: ClassVar[str | None] = "fulfilled_on"

    evidence: str
    fulfilled_on: date


class CommitmentSlipped(CommitmentEvent):
    """It will be done later than committed, for a stated reason."""

    type: ClassVar[str] = "tian.assignment.commitment_slipped.v1"
    dated_by: ClassVar[str | None] = "slipped_on"

    reason: str
    due_on: date
    slipped_on: date


class CommitmentGivenUp(CommitmentEvent):
    """It cannot be done; the reason was explained to the proposer."""

    type: ClassVar[str] = "tian.assignment.commitment_given_up.v1"
    dated_by: ClassVar[str | None] = "given_up_on"

    reason: str
    given_up_on: date


class CommitmentCarriedOver(CommitmentEvent):
    """It is followed up in the next year."""

    type: ClassVar[str] = "tian.assignment.commitment_carried_over.v1"

    into_year: int
