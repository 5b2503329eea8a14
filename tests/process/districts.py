"""A district in memory: the real rules of three services over one log, and their reactions."""

from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import NAMESPACE_URL, UUID, uuid5

import assignment.decisions
import assignment.state
import assignment.subscribers
import evaluation.decisions
import evaluation.state
import evaluation.subscribers
import intake.decisions
import intake.state
import intake.subscribers
from assignment.projections.calendars import LimitMoves
from contracts.command import Command
from contracts.event import Event
from contracts.identity import Actor
from contracts.refusal import Refused
from contracts.vocabulary import ActorRole
from contracts.working_days import read_calendar
from eventlog import EventLog, Recorded
from eventlog.recorded import Circumstances, CommandNote, Provenance, new_event
from hosting.directories import read_directories
from hosting.reacting import Occasion, Reaction

CLERK = Actor(subject="clerk", name="王科长", role=ActorRole.SUPERVISION, district="longgang")
DEPLOY = Path(__file__).parents[2] / "deploy"
DIRECTORIES = DEPLOY / "districts"
CALENDAR = read_calendar((DEPLOY / "calendars/china.toml").read_text("utf-8"))
Given = TypeVar("Given")
COMMAND = uuid5(NAMESPACE_URL, "any command")


@dataclass(frozen=True)
class Service:
    """The rules of one service, and what it does when it hears of something."""

    name: str
    initial: Any
    evolve: Callable[[Any, Any], Any]
    decide: Callable[[Any, Any], Sequence[Event]]
    reactions: Mapping[type[Event], Reaction]


async def nothing_moves(*_: Any) -> Any:
    return None, LimitMoves(due=(), early=())


def services() -> tuple[Service, ...]:
    """As they are put together for real."""
    return (
        Service(
            "intake",
            intake.state.INITIAL,
            intake.state.evolve,
            intake.decisions.decide,
            intake.subscribers.REACTIONS,
        ),
        Service(
            "assignment",
            assignment.state.INITIAL,
            assignment.state.evolve,
            assignment.decisions.decide,
            assignment.subscribers.reactions(
                read_directories(DIRECTORIES), nothing_moves, CALENDAR
            ),
        ),
        Service(
            "evaluation",
            evaluation.state.INITIAL,
            evaluation.state.evolve,
            evaluation.decisions.decide,
            evaluation.subscribers.REACTIONS,
        ),
    )


@dataclass
class District:
    """One log; commands are decided on its streams, followers hear of it in order, each at its own pace."""

    services: tuple[Service, ...] = field(default_factory=services)
    code: str = "longgang"
    log: list[tuple[Event, Recorded]] = field(default_factory=list)
    states: dict[str, Any] = field(default_factory=dict)
    heard: Counter[str] = field(default_factory=Counter)
    reacted: set[tuple[str, int, int]] = field(default_factory=set)
    dead_letters: list[tuple[Command, Refused]] = field(default_factory=list)
    on_event: Callable[[Event], None] = lambda event: None

    def state_of(self, service: Service, stream: str) -> Any:
        return self.states.get(stream, service.initial)

    def give(self, name: str, command: Command, attested_by: str | None = None) -> list[Event]:
        """Decide a command and append what it comes to; a ledger may vouch for it. Raises Refused."""
        service = next(each for each in self.services if each.name == name)
        events = list(service.decide(command, self.state_of(service, command.stream)))
        others = {event.stream for event in events} - {command.stream}
        if any(stream in self.states for stream in others):
            raise NumberIsTaken
        for event in events:
            self.states[event.stream] = service.evolve(self.state_of(service, event.stream), event)
            self.log.append((event, self._recorded(event, command.at, attested_by)))
            self.on_event(event)
        return events

    def hear(self, name: str, count: int, again: int = 0) -> None:
        """Let a service hear of the next events; `again` is how far a crash threw it back before."""
        service = next(each for each in self.services if each.name == name)
        start = max(self.heard[name] - again, 0)
        for event, recorded in self.log[start : start + count]:
            for number, command in enumerate(self._commands_after(service, event, recorded)):
                if (name, recorded.position, number) not in self.reacted:
                    self.reacted.add((name, recorded.position, number))
                    self.react(name, command, recorded.envelope.get("attestedby"))
            self.heard[name] = max(self.heard[name], recorded.position)

    async def read_stream(self, district: str, stream: str) -> list[Recorded]:
        """As reactions ask the log."""
        return [recorded for _, recorded in self.log if recorded.stream == stream]

    def settle(self) -> None:
        """Everybody hears of everything, and of what follows from it."""
        while any(self.heard[each.name] < len(self.log) for each in self.services):
            for each in self.services:
                self.hear(each.name, len(self.log))

    def react(self, name: str, command: Command, attested_by: str | None = None) -> None:
        try:
            self.give(name, command, attested_by)
        except Refused as refusal:
            self.dead_letters.append((command, refusal))

    def _commands_after(
        self, service: Service, event: Event, recorded: Recorded
    ) -> Sequence[Command]:
        reaction = service.reactions.get(type(event))
        if reaction is None:
            return ()
        asked = reaction(event, Occasion(recorded, cast(EventLog, self)))
        return finished(cast(Coroutine[Any, Any, Sequence[Command]], asked))

    def _recorded(self, event: Event, at: datetime, attested_by: str | None) -> Recorded:
        position = len(self.log) + 1
        event_id = uuid5(NAMESPACE_URL, f"{self.code} {position}")
        circumstances = Circumstances(
            service=event.type.split(".")[1],
            district=self.code,
            happened_at=at,
            recorded_at=at,
            provenance=Provenance(
                actor=CLERK, correlation_id=UUID(int=position), attested_by=attested_by
            ),
            command=CommandNote(COMMAND, 1),
        )
        new = new_event(event, event_id=event_id, version=1, circumstances=circumstances)
        return Recorded(self.code, position, event.stream, 1, event_id, event.type, new.body)


class NumberIsTaken(Refused):
    """案号已经用于另一件提案。请换一个案号。"""

    english = "The number is taken by another proposal. Choose another."


def finished(coroutine: Coroutine[Any, Any, Sequence[Given]]) -> Sequence[Given]:
    """What a reaction comes to that waits for nobody."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        given: Sequence[Given] = done.value
        return given
    raise AssertionError("the reaction waits for something that is not in memory")
