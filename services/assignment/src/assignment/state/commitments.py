"""What is known of a commitment (承诺事项), and how each event changes it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from contracts.assignment import (
    CommitmentAdvanced,
    CommitmentCarriedOver,
    CommitmentFulfilled,
    CommitmentGivenUp,
    CommitmentMade,
    CommitmentSlipped,
)

CommitmentChange = (
    CommitmentMade
    | CommitmentAdvanced
    | CommitmentFulfilled
    | CommitmentSlipped
    | CommitmentGivenUp
    | CommitmentCarriedOver
)


class Standing(Enum):
    """How far a commitment has come. The last two are final."""

    RECORDED = "recorded"
    IN_PROGRESS = "in_progress"
    SLIPPED = "slipped"
    CARRIED_OVER = "carried_over"
    FULFILLED = "fulfilled"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class Commitment:
    """What a unit committed itself to, by when, and what has come of it."""

    made: CommitmentMade
    due_on: date
    standing: Standing
    last: CommitmentChange

    @property
    def is_open(self) -> bool:
        return self.standing not in {Standing.FULFILLED, Standing.GIVEN_UP}


def changed(commitments: tuple[Commitment, ...], event: CommitmentChange) -> tuple[Commitment, ...]:
    """The commitments after an event; one that nobody made is not changed."""
    if isinstance(event, CommitmentMade):
        return (*commitments, Commitment(event, event.due_on, Standing.RECORDED, event))
    return tuple(
        _after(each, event) if each.made.commitment == event.commitment else each
        for each in commitments
    )


def _after(commitment: Commitment, event: CommitmentChange) -> Commitment:
    now = replace(commitment, last=event)
    match event:
        case CommitmentMade():
            return now
        case CommitmentAdvanced():
            return replace(now, standing=Standing.IN_PROGRESS)
        case CommitmentFulfilled():
            return replace(now, standing=Standing.FULFILLED)
        case CommitmentSlipped(due_on=due_on):
            return replace(now, standing=Standing.SLIPPED, due_on=due_on)
        case CommitmentGivenUp():
            return replace(now, standing=Standing.GIVEN_UP)
        case CommitmentCarriedOver():
            return replace(now, standing=Standing.CARRIED_OVER)
