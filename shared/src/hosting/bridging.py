"""Bridges between levels: an event in one district's log leads to commands in another's.

This is the one place where a service writes into a log because of another one. It does so only
where both directories agree (`contracts.directory.unit_for`), whatever a reaction asks for.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from contracts.command import Command
from contracts.directory import District, unit_for
from contracts.event import Event
from contracts.identity import Actor
from contracts.refusal import Refused
from contracts.upcasting import newest_type, upcast
from contracts.vocabulary import ActorRole
from eventlog import Conflict, Intent, Provenance, Recorded
from eventlog.identifying import id_within
from hosting.directories import Directories
from hosting.reacting import Occasion, Reactions


class LevelsDoNotAgree(Refused):
    """“{source}”与“{target}”之间没有约定上下级交办，没有传递。请在两地名录中分别写明：上级的单位写 district，下级写 takes_from。"""

    english = (
        "Nothing passes between {source} and {target}: they have not agreed on it. Name the district"
        " at its unit in the city's directory, and the city under takes_from in the district's."
    )


@dataclass(frozen=True)
class Across:
    """A command for another district, of a level above or below."""

    district: str
    command: Command


Crossing = Callable[[Any, Occasion], Awaitable[Sequence[Across]]]


@dataclass(frozen=True)
class Bridge:
    """What one service does by itself: its reactions in the same log, and what crosses to others."""

    reactions: Reactions
    directories: Directories
    by_event: Mapping[type[Event], Crossing] = field(default_factory=dict)

    @cached_property
    def _types(self) -> frozenset[str]:
        return frozenset(each.type for each in (*self.reactions.by_event, *self.by_event))

    def reacts_to(self, type_name: str) -> bool:
        """Whether an event of this type can lead to a command, here or elsewhere."""
        return newest_type(type_name) in self._types

    async def __call__(self, batch: Sequence[Recorded]) -> Mapping[int, Refused]:
        """React to a batch here and elsewhere; returns refusals by position in this log.

        Ids derive from the event, so that what is repeated has effect once. Raises Conflict when
        others were faster time and again: the batch is to be tried again.
        """
        refusals = dict(await self.reactions(batch))
        waiting: dict[str, list[tuple[int, Intent[Any]]]] = defaultdict(list)
        for recorded in batch:
            try:
                for number, across in enumerate(await self._across(recorded)):
                    self._agreed(recorded.district, across.district)
                    intent = _intent(across, recorded, number)
                    waiting[across.district].append((recorded.position, intent))
            except Refused as refusal:
                refusals[recorded.position] = refusal
        for district, given in waiting.items():
            intents = [intent for _, intent in given]
            results = await self.reactions.handling.handle_many(district, intents)
            for (position, _), result in zip(given, results, strict=True):
                if isinstance(result, Conflict):
                    raise result
                if isinstance(result, Refused):
                    refusals[position] = result
        return refusals

    async def _across(self, recorded: Recorded) -> Sequence[Across]:
        newest = newest_type(recorded.type)
        for event_class, crossing in self.by_event.items():
            if event_class.type == newest:
                _, data = upcast(recorded.type, recorded.data)
                occasion = Occasion(recorded, self.reactions.handling.log)
                return await crossing(event_class.model_validate(data), occasion)
        return ()

    def _agreed(self, source: str, target: str) -> None:
        known = {district.code: district for district in self.directories}
        one, other = known.get(source), known.get(target)
        if one is None or other is None:
            raise LevelsDoNotAgree(source=source, target=target)
        if unit_for(one, other) is None and unit_for(other, one) is None:
            raise LevelsDoNotAgree(source=one.name, target=other.name)


def lower_district(directories: Directories, upper: District, unit: str) -> District | None:
    """The district of this installation that a unit of a city stands for, where both agree."""
    named = upper.unit(unit)
    if named is None or named.district is None or named.district not in codes_of(directories):
        return None
    lower = directories.find(named.district)
    agreed = unit_for(upper, lower)
    return lower if agreed is not None and agreed.name == named.name else None


def codes_of(directories: Directories) -> set[str]:
    return {district.code for district in directories}


def _intent(across: Across, recorded: Recorded, number: int) -> Intent[Any]:
    """The other district learns which log and event it comes from, and no name of a person there."""
    name = f"across {across.district} {number} {type(across.command).__name__}"
    actor = Actor(
        subject=f"level:{recorded.district}",
        name=f"上下级交办（{recorded.district}）",
        role=ActorRole.SERVICE,
        district=across.district,
    )
    provenance = Provenance(
        actor=actor,
        correlation_id=UUID(recorded.envelope["correlationid"]),
        causation_id=recorded.event_id,
        traceparent=recorded.traceparent,
    )
    return Intent(across.command, id_within(recorded.event_id, name), provenance)
