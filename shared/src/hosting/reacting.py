"""Reactions: an event of another service leads to a command of one's own."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid5

from contracts.command import Command
from contracts.event import Event
from eventlog import EventLog, Handled, Handling, Intent, Recorded


@dataclass(frozen=True)
class Occasion:
    """The event that is reacted to, and the means to give a command because of it."""

    recorded: Recorded
    handling: Handling[Any, Any, Any]

    @property
    def district(self) -> str:
        return self.recorded.district

    @property
    def log(self) -> EventLog:
        return self.handling.log

    async def give(self, command: Command) -> Handled:
        """Give a command whose id derives from the event: however often, it has effect once."""
        command_id = uuid5(self.recorded.event_id, type(command).__name__)
        return await self.handling.handle(
            self.district, Intent(command, command_id, self.recorded.provenance_of_consequences)
        )


Reaction = Callable[[Any, Occasion], Awaitable[None]]


@dataclass(frozen=True)
class Reactions:
    """Which event leads to which reaction, in one service."""

    handling: Handling[Any, Any, Any]
    by_event: Mapping[type[Event], Reaction]

    async def __call__(self, recorded: Recorded) -> None:
        for event_class, reaction in self.by_event.items():
            if event_class.type == recorded.type:
                event = event_class.model_validate(recorded.data)
                await reaction(event, Occasion(recorded, self.handling))
