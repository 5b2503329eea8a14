"""What comes of a proposal: list its suggestions, record results, keep commitments."""

from typing import Annotated, ClassVar

from pydantic import Field

from assignment.commands.basis import HANDLERS, CaseCommand, Number, UnitCommand
from contracts.assignment import Suggestion
from contracts.command import Day, Deadline, OptionalLine, Reason, Words, Year
from contracts.vocabulary import ActorRole, ItemState

LISTERS = frozenset({ActorRole.SUPERVISION, ActorRole.COMMITTEE, ActorRole.SERVICE})


class ListSuggestions(CaseCommand):
    """List the numbered points of the proposal (建议条目)."""

    may: ClassVar[frozenset[ActorRole]] = LISTERS

    suggestions: Annotated[tuple[Suggestion, ...], Field(max_length=200)]


class RecordResult(UnitCommand):
    """Record what came of one suggestion (办理结果清单)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    number: Number
    answer: Words
    evidence: Words = ""
    state: ItemState
    recorded_on: Day


class CommitmentCommand(UnitCommand):
    """Something that is asked for with one commitment of a unit."""

    commitment: Number


class MakeCommitment(CommitmentCommand):
    """Commit the unit to something, by a day (承诺)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    text: Words
    due_on: Deadline
    made_on: Day


class AdvanceCommitment(CommitmentCommand):
    """Tell how far the unit has come with a commitment (进展)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    progress: Words
    reported_on: Day


class FulfilCommitment(CommitmentCommand):
    """Record that a commitment has been kept, and what shows it (兑现).

    `result_class` is the class of the answer from now on, once its last commitment is kept.
    """

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    evidence: Words
    fulfilled_on: Day
    result_class: OptionalLine = ""


class SlipCommitment(CommitmentCommand):
    """Put a commitment off to a later day, with the reason (推迟)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    reason: Reason
    due_on: Deadline
    slipped_on: Day


class GiveUpCommitment(CommitmentCommand):
    """Record that a commitment cannot be kept, and why (无法兑现)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    reason: Reason
    given_up_on: Day


class CarryCommitmentOver(CommitmentCommand):
    """Follow a commitment up in the next year (结转下年)."""

    may: ClassVar[frozenset[ActorRole]] = HANDLERS

    into_year: Year
