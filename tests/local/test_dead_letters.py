"""Whose dead letter is meant when nobody says so."""

import pytest

from tian.answers import DeadLetter
from tian.dead_letters import only_follower
from tian.failures import NoDeadLetter, SeveralFollowers

LETTERS = [
    DeadLetter(follower=follower, position=position, reason="x")
    for follower, position in (("evaluation", 7), ("intake", 9), ("evaluation", 9))
]


def test_the_only_follower_that_could_not_take_an_event_need_not_be_named() -> None:
    assert only_follower(LETTERS, 7) == "evaluation"


def test_of_several_followers_one_must_be_named() -> None:
    with pytest.raises(SeveralFollowers, match="evaluation, intake"):
        only_follower(LETTERS, 9)


def test_an_event_that_is_no_dead_letter_is_said_to_be_none() -> None:
    with pytest.raises(NoDeadLetter, match="第 8 条"):
        only_follower(LETTERS, 8)
