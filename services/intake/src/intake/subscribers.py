"""Intake hears nobody yet: review and filing start with what people hand in."""

from collections.abc import Mapping
from types import MappingProxyType

from contracts.event import Event
from hosting.reacting import Reaction

REACTIONS: Mapping[type[Event], Reaction] = MappingProxyType({})
