"""Given, when, then: a test of a service's rules as one sentence, without a log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from contracts.command import Command
from contracts.event import Event
from contracts.refusal import Refused

C = TypeVar("C", bound=Command)
S = TypeVar("S")
E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Rules(Generic[C, S, E]):
    """The rules under test. `given = Rules(decide, evolve, INITIAL).given` at the head of a test."""

    decide: Callable[[C, S], Sequence[E]]
    evolve: Callable[[S, E], S]
    initial: S

    def given(self, *events: E) -> "Given[C, S, E]":
        """What the log holds already."""
        return Given(self, events)


@dataclass(frozen=True)
class Given(Generic[C, S, E]):
    """A history, waiting for a command."""

    rules: Rules[C, S, E]
    events: tuple[E, ...]

    def when(self, command: C) -> "When[C, S, E]":
        """The command is decided, as by the log, on the events of its own stream alone."""
        state = self.rules.initial
        for event in self.events:
            if event.stream == command.stream:
                state = self.rules.evolve(state, event)
        try:
            events = tuple(self.rules.decide(command, state))
        except Refused as refusal:
            return When(self, command, (), refusal)
        return When(self, command, events, None)


@dataclass(frozen=True)
class When(Generic[C, S, E]):
    """What a command came to: events, or a refusal."""

    given: Given[C, S, E]
    command: C
    events: tuple[E, ...]
    refusal: Refused | None

    def then(self, *events: E) -> Given[C, S, E]:
        """Exactly these events came of it; none, if none are named. The story may go on."""
        if self.refusal is not None:
            raise AssertionError(self._told(f"refused: {_named(self.refusal)}")) from self.refusal
        if self.events != events:
            raise AssertionError(
                self._told(
                    "\n".join(["came to:", *_lines(self.events), "not to:", *_lines(events)])
                )
            )
        return self._and_then()

    def accepted(self) -> Given[C, S, E]:
        """It was not refused, whatever came of it. The story may go on."""
        if self.refusal is not None:
            raise AssertionError(self._told(f"refused: {_named(self.refusal)}")) from self.refusal
        return self._and_then()

    def refused(self, because: type[Refused]) -> Refused:
        """Refused with exactly this class, which says so in both languages."""
        if self.refusal is None:
            raise AssertionError(self._told("\n".join(["came to:", *_lines(self.events)])))
        if type(self.refusal) is not because:
            raise AssertionError(
                self._told(f"refused: {_named(self.refusal)}\nnot: {because.__name__}")
            ) from self.refusal
        if not (self.refusal.chinese and self.refusal.in_english):
            raise AssertionError(f"{because.__name__} does not speak both languages")
        return self.refusal

    def _and_then(self) -> Given[C, S, E]:
        return Given(self.given.rules, (*self.given.events, *self.events))

    def _told(self, outcome: str) -> str:
        return f"{self.command!r}\n{outcome}"


def _named(refusal: Refused) -> str:
    return f"{type(refusal).__name__}: {refusal.in_english}"


def _lines(events: Sequence[Event]) -> list[str]:
    return [f"  {event!r}" for event in events] or ["  nothing"]
