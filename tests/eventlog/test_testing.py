"""Given, when, then: what it accepts, and that it fails when it should."""

from datetime import UTC, datetime
from typing import ClassVar

import pytest

from contracts.command import Command
from contracts.event import Event
from contracts.refusal import Refused
from contracts.vocabulary import ActorRole
from eventlog.testing import Rules


class Add(Command):
    """Add a number to a sum."""

    may: ClassVar[frozenset[ActorRole]] = frozenset()

    number: int

    @property
    def stream(self) -> str:
        return "sum"


class Added(Event):
    """A number was added."""

    type: ClassVar[str] = "test.added.v1"

    number: int
    to: str = "sum"

    @property
    def stream(self) -> str:
        return self.to


class TooMuch(Refused):
    """总和不能超过十。"""

    english = "The sum is ten at most."


class Wordless(Refused):
    """数字不能是负数。"""


def decide(command: Add, total: int) -> list[Added]:
    if command.number < 0:
        raise Wordless
    if total + command.number > 10:
        raise TooMuch
    return [Added(number=command.number)] if command.number else []


given = Rules(decide, lambda total, event: total + event.number, 0).given


def add(number: int) -> Add:
    return Add(at=datetime(2024, 3, 1, tzinfo=UTC), number=number)


def test_a_story_is_told_in_one_sentence_and_goes_on() -> None:
    given(Added(number=4)).when(add(6)).then(Added(number=6)).when(add(1)).refused(TooMuch)
    given().when(add(0)).then()
    given().when(add(10)).accepted().when(add(1)).refused(TooMuch)


def test_only_events_of_the_stream_of_the_command_count() -> None:
    given(Added(number=9, to="another sum")).when(add(10)).then(Added(number=10))


def test_other_events_than_expected_fail_the_test() -> None:
    with pytest.raises(AssertionError, match="came to:"):
        given().when(add(1)).then(Added(number=2))
    with pytest.raises(AssertionError, match="came to:"):
        given().when(add(1)).then()
    with pytest.raises(AssertionError, match="nothing"):
        given().when(add(0)).then(Added(number=0))


def test_a_refusal_where_events_are_expected_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="TooMuch: The sum is ten at most"):
        given().when(add(11)).then(Added(number=11))
    with pytest.raises(AssertionError, match="TooMuch"):
        given().when(add(11)).accepted()


def test_events_where_a_refusal_is_expected_fail_the_test() -> None:
    with pytest.raises(AssertionError, match="came to:"):
        given().when(add(1)).refused(TooMuch)


def test_another_refusal_than_expected_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="not: Wordless"):
        given().when(add(11)).refused(Wordless)
    with pytest.raises(AssertionError, match="not: Refused"):
        given().when(add(11)).refused(Refused)


def test_a_refusal_that_does_not_speak_both_languages_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="both languages"):
        given().when(add(-1)).refused(Wordless)
