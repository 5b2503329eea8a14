"""What is known of the handling of a proposal, and how each event changes it."""

from assignment.state.cases import (
    INITIAL,
    Case,
    Dispatched,
    Ended,
    KeptCalendar,
    NotDispatched,
    State,
    evolve,
)
from assignment.state.commitments import Commitment, Standing
from assignment.state.parts import (
    Answered,
    Assignment,
    AwaitingSignature,
    Closed,
    Draft,
    InHandling,
    ReturnAsked,
    Returned,
    ReturnKept,
)
from assignment.state.watching import OpenLimit, Owing, Raised, Watched, open_limits

__all__ = [
    "INITIAL",
    "Answered",
    "Assignment",
    "AwaitingSignature",
    "Case",
    "Closed",
    "Commitment",
    "Dispatched",
    "Draft",
    "Ended",
    "InHandling",
    "KeptCalendar",
    "NotDispatched",
    "OpenLimit",
    "Owing",
    "Raised",
    "ReturnAsked",
    "ReturnKept",
    "Returned",
    "Standing",
    "State",
    "Watched",
    "evolve",
    "open_limits",
]
