"""How time changes one unit's part: extensions, a clock that stands still, a new calendar."""

from dataclasses import replace

from assignment.state.parts import Assignment
from contracts.assignment import (
    DueDateMoved,
    EarlyLimitsMoved,
    ExtensionDeclined,
    ExtensionGranted,
    ExtensionRequested,
    HandlingResumed,
    HandlingSuspended,
)

TimeChange = (
    ExtensionRequested
    | ExtensionGranted
    | ExtensionDeclined
    | HandlingSuspended
    | HandlingResumed
    | DueDateMoved
    | EarlyLimitsMoved
)


def after_time(part: Assignment, event: TimeChange) -> Assignment:
    match event:
        case ExtensionRequested():
            return replace(part, extension=event, extension_ruling=None)
        case ExtensionGranted(due_on=due_on):
            return replace(part, moved_to=due_on, extension_ruling=event)
        case ExtensionDeclined():
            return replace(part, extension_ruling=event)
        case HandlingSuspended():
            return replace(part, suspended=event, resumed=None)
        case HandlingResumed(due_on=due_on):
            return replace(part, moved_to=due_on, resumed=event)
        case DueDateMoved(due_on=due_on, provisional=provisional):
            return replace(part, moved_to=due_on, provisional=provisional)
        case EarlyLimitsMoved():
            return replace(part, early_limits=event)
