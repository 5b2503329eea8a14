"""How events of an older version are read: each is brought up to the newer one, step by step.

The stored bytes never change. A step is pure: it takes the data of an event of the older type and
gives that of the newer one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

Data = dict[str, Any]


@dataclass(frozen=True)
class Upcast:
    """The newer type that an old one is read as, and what its data become."""

    to: str
    change: Callable[[Data], Data]


Upcasts = Mapping[str, Upcast]

# By the older type, such as "tian.intake.proposal_received.v1". Nothing has an older version yet.
UPCASTS: Upcasts = MappingProxyType({})


class UpcastsInACircle(Exception):
    """An event type is read, over some steps, as itself."""


def upcast(type_name: str, data: Data, upcasts: Upcasts = UPCASTS) -> tuple[str, Data]:
    """The newest type and its data. Raises UpcastsInACircle."""
    passed = {type_name}
    while type_name in upcasts:
        step = upcasts[type_name]
        type_name, data = step.to, step.change(data)
        if type_name in passed:
            raise UpcastsInACircle(type_name)
        passed.add(type_name)
    return type_name, data


def newest_type(type_name: str, upcasts: Upcasts = UPCASTS) -> str:
    """The type that events of this one are read as."""
    while type_name in upcasts:
        type_name = upcasts[type_name].to
    return type_name


def older_types(type_name: str, upcasts: Upcasts = UPCASTS) -> frozenset[str]:
    """Every older type that is read as this one."""
    before = {old for old, step in upcasts.items() if step.to == type_name}
    return frozenset(before).union(*(older_types(each, upcasts) for each in before))
