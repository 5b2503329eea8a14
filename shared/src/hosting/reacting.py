"""Reactions: an event of another service leads to commands of one's own."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.command import Command
from contracts.event import Event
from contracts.refusal import Refused
from contracts.upcasting import newest_type, upcast
from eventlog import Conflict, EventLog, Handling, Intent, Recorded
from eventlog.identifying import id_within


@dataclass(frozen=True)
class Occasion:
    """The recorded event that is reacted to, and the log it stands in."""

    recorded: Recorded
    log: EventLog

    @property
    def district(self) -> str:
        return self.recorded.district


Reaction = Callable[[Any, Occasion], Awaitable[Sequence[Command]]]


@dataclass(frozen=True)
class Reactions:
    """Which event leads to which commands, in one service."""

    handling: Handling[Any, Any, Any]
    by_event: Mapping[type[Event], Reaction]

    async def __call__(self, batch: Sequence[Recorded]) -> Mapping[int, Refused]:
        """Give the commands that follow from a batch; returns refusals by log position.

        The id of a command derives from its event: however often it is given, it has effect once.
        Raises Conflict when others were faster time and again: the batch is to be tried again.
        """
        causes: list[Recorded] = []
        intents: list[Intent[Any]] = []
        refusals: dict[int, Refused] = {}
        for recorded in batch:
            try:
                commands = await self._commands_after(recorded)
            except Refused as refusal:
                refusals[recorded.position] = refusal
                continue
            for number, command in enumerate(commands):
                causes.append(recorded)
                intents.append(_intent(command, recorded, number))
        if intents:
            results = await self.handling.handle_many(batch[0].district, intents)
            for recorded, result in zip(causes, results, strict=True):
                if isinstance(result, Conflict):
                    raise result
                if isinstance(result, Refused):
                    refusals[recorded.position] = result
        return refusals

    async def _commands_after(self, recorded: Recorded) -> Sequence[Command]:
        newest = newest_type(recorded.type)
        for event_class, reaction in self.by_event.items():
            if event_class.type == newest:
                _, data = upcast(recorded.type, recorded.data)
                event = event_class.model_validate(data)
                return await reaction(event, Occasion(recorded, self.handling.log))
        return ()


def _intent(command: Command, recorded: Recorded, number: int) -> Intent[Any]:
    command_id = id_within(recorded.event_id, f"{number} {type(command).__name__}")
    return Intent(command, command_id, recorded.provenance_of_consequences)
