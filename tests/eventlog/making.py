"""Makes events and commands of a small world: counters that can be raised."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from contracts.command import Command
from contracts.event import Event
from contracts.identity import Actor
from contracts.refusal import Refused
from contracts.vocabulary import ActorRole
from eventlog import Decider, Handling, Intent, NewEvent, Provenance, Recorded, Write
from eventlog.following import Project
from eventlog.log import Connection
from eventlog.recorded import Json

NOON = datetime(2024, 6, 1, 4, tzinfo=UTC)
CLERK = Actor(subject="clerk", name="王科长", role=ActorRole.SUPERVISION, district="*")


def event(
    stream: str, version: int, *, event_id: UUID | None = None, body: bytes = b"{}"
) -> NewEvent:
    return NewEvent(event_id or uuid4(), stream, version, "tian.test.raised.v1", body)


def write(*events: NewEvent) -> Write:
    return Write(events)


class Raised(Event):
    """A counter was raised."""

    type: ClassVar[str] = "tian.test.raised.v1"

    counter: str
    to: int

    @property
    def stream(self) -> str:
        return f"counter-{self.counter}"


class Claimed(Event):
    """A name was claimed; its stream must be new."""

    type: ClassVar[str] = "tian.test.claimed.v1"

    name: str

    @property
    def stream(self) -> str:
        return f"name-{self.name}"


class Freed(Event):
    """A name that was claimed may be claimed again."""

    type: ClassVar[str] = "tian.test.freed.v1"

    name: str

    @property
    def stream(self) -> str:
        return f"name-{self.name}"


class Raise(Command):
    """Raise a counter by one, up to a limit; claim a name with it if one is given, free another."""

    may: ClassVar[frozenset[ActorRole]] = frozenset({ActorRole.SUPERVISION})

    counter: str
    limit: int = 1_000_000
    name: str | None = None
    frees: str | None = None

    @property
    def stream(self) -> str:
        return f"counter-{self.counter}"


class LimitReached(Refused):
    """计数器已到上限。"""

    english = "The counter has reached its limit."


@dataclass(frozen=True)
class Count:
    """How far a counter has got, or whether a name is claimed."""

    value: int = 0
    is_claimed: bool = False


CounterEvent = Raised | Claimed | Freed


def evolve(state: Count, event: CounterEvent) -> Count:
    return Count(event.to) if isinstance(event, Raised) else Count(0, isinstance(event, Claimed))


def decide(command: Raise, state: Count) -> list[CounterEvent]:
    if state.value >= command.limit:
        raise LimitReached
    events: list[CounterEvent] = [Raised(counter=command.counter, to=state.value + 1)]
    if command.name is not None:
        events.append(Claimed(name=command.name))
    if command.frees is not None:
        events.append(Freed(name=command.frees))
    return events


def decode(type_name: str, data: Json) -> CounterEvent:
    classes: dict[str, type[CounterEvent]] = {each.type: each for each in (Raised, Claimed, Freed)}
    return classes[type_name].model_validate(data)


def follows(event: CounterEvent, state: Count) -> bool:
    return state.is_claimed if isinstance(event, Freed) else not state.is_claimed


DECIDER = Decider("test", Count(), evolve, decide, decode, follows)


def clock() -> datetime:
    return NOON


def intent(command: Raise, command_id: UUID | None = None) -> Intent[Raise]:
    return Intent(command, command_id or uuid4(), Provenance(actor=CLERK, correlation_id=uuid4()))


def raise_(counter: str, **more: object) -> Raise:
    return Raise.model_validate({"at": NOON, "counter": counter, **more})


ProjectOne = Callable[[Connection, Recorded], Awaitable[None]]


def one_by_one(project: ProjectOne) -> Project:
    """Project a batch as its events, each for itself."""

    async def project_batch(connection: Connection, batch: Sequence[Recorded]) -> None:
        for recorded in batch:
            await project(connection, recorded)

    return project_batch


CounterHandling = Handling[Raise, Count, CounterEvent]
