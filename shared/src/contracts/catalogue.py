"""Every event there is, and how to read one back from its type name and its data."""

from types import MappingProxyType
from typing import Any, get_args

from contracts.assignment import AssignmentServiceEvent
from contracts.evaluation import EvaluationEvent
from contracts.event import Event
from contracts.intake import IntakeEvent
from contracts.upcasting import upcast

AnyEvent = IntakeEvent | AssignmentServiceEvent | EvaluationEvent

BY_TYPE: MappingProxyType[str, type[AnyEvent]] = MappingProxyType(
    {event_class.type: event_class for event_class in get_args(AnyEvent)}
)


def read_event(type_name: str, data: dict[str, Any]) -> AnyEvent:
    """An event in its newest version, whichever it was recorded in.

    Raises KeyError for a type nobody promised, pydantic.ValidationError for data that is not its.
    """
    newest, brought_up = upcast(type_name, data)
    return BY_TYPE[newest].model_validate(brought_up)


def owner_of(event: Event) -> str:
    """The service that records it: the second part of `tian.intake.proposal_filed.v1`."""
    return event.type.split(".")[1]
