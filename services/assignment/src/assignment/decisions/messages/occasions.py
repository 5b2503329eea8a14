"""Which events anybody is told of, and what."""

from collections.abc import Mapping
from types import MappingProxyType

from assignment.decisions.messages.ending import TOLD_AT_AN_END
from assignment.decisions.messages.facts import Facts
from assignment.decisions.messages.letters import Tell, Told
from assignment.decisions.messages.to_proposers import PROPOSERS_TOLD_AFTER
from assignment.decisions.messages.to_units import UNITS_TOLD_AFTER
from contracts.event import Event

TOLD_AFTER: Mapping[type[Event], Tell] = MappingProxyType(
    {**UNITS_TOLD_AFTER, **PROPOSERS_TOLD_AFTER, **TOLD_AT_AN_END}
)


def told_after(event: Event, facts: Facts) -> list[Told]:
    """The messages that an event leads to; none for most events."""
    tell = TOLD_AFTER.get(type(event))
    return [] if tell is None else tell(event, facts)
