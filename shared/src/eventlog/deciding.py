"""What is decided, by which rules, and what it comes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from contracts.command import Command
from contracts.event import Event
from eventlog.recorded import Json, Provenance, Recorded

C = TypeVar("C", bound=Command)
S = TypeVar("S")
E = TypeVar("E", bound=Event)


def _begins_its_stream(event: Event, state: object) -> bool:
    return False


@dataclass(frozen=True)
class Decider(Generic[C, S, E]):
    """The rules of one service: where a stream begins, how it changes, what a command makes of it.

    An event for another stream than the command's is the first of that stream, unless `follows`
    says that it may come after what is there; that may raise Refused.
    """

    service: str
    initial: S
    evolve: Callable[[S, E], S]
    decide: Callable[[C, S], Sequence[E]]
    decode: Callable[[str, Json], E]
    follows: Callable[[E, S], bool] = _begins_its_stream

    def fold(self, history: Sequence[Recorded]) -> S:
        state = self.initial
        for recorded in history:
            state = self.evolve(state, self.decode(recorded.type, recorded.data))
        return state


@dataclass(frozen=True)
class Intent(Generic[C]):
    """A command with its id and its origin. The same id never has an effect twice.

    `seen_position` is how far in the log whoever asks has seen; a command on a stream that has
    changed since is refused (Overtaken), whatever the rules would say.
    """

    command: C
    command_id: UUID
    provenance: Provenance
    fingerprint: str | None = None
    seen_position: int | None = None


@dataclass(frozen=True)
class Handled:
    """What a command came to: how many events, and the log position of the last one.

    A repeated command gets its first answer. One that changes nothing records nothing; its
    position is then that of the last event of its stream.
    """

    recorded: int
    position: int
    repeated: bool = False
