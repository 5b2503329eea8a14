"""How long somebody waits who guesses passwords."""

from datetime import UTC, datetime, timedelta

import pytest

from console.endpoints.accounts import Account
from console.endpoints.guessing import (
    FORGOTTEN_AFTER,
    PACES,
    REMEMBERED,
    Caller,
    Counted,
    Guesses,
    network_of,
)
from console.endpoints.known_browsers import known_browser, new_mark
from contracts.vocabulary import ActorRole

NOON = datetime(2024, 9, 10, 4, tzinfo=UTC)
FREE = PACES[Counted.NAME].free
FREE_OF_AN_ADDRESS = PACES[Counted.ADDRESS].free
A_MINUTE = timedelta(minutes=1)
HERE = Caller("203.0.113.7")
ELSEWHERE = Caller("198.51.100.9")
OWN_BROWSER = Caller("198.51.100.9", browser="seen-before")


def guessed(guesses: Guesses, caller: Caller, times: int, username: str = "liu") -> None:
    for _ in range(times):
        guesses.note(caller.keys(username), NOON)


def test_the_first_mistakes_cost_nothing_and_then_the_pause_doubles_up_to_its_limit() -> None:
    guesses, pauses = Guesses(), []
    for _ in range(FREE + 8):
        guessed(guesses, HERE, 1)
        pauses.append(guesses.pause(HERE.keys("liu"), NOON).total_seconds())
    assert pauses[:FREE] == [0] * (FREE - 1) + [2]
    assert pauses[FREE : FREE + 5] == [4, 8, 16, 20, 20]


def test_no_pause_is_longer_than_a_minute_whatever_was_guessed() -> None:
    guesses = Guesses()
    guessed(guesses, HERE, 5_000)
    guessed(guesses, OWN_BROWSER, 5_000)
    assert guesses.pause(HERE.keys("liu"), NOON) == A_MINUTE
    assert guesses.pause(OWN_BROWSER.keys("liu"), NOON) == A_MINUTE
    assert guesses.pause(HERE.keys("liu"), NOON + A_MINUTE) == timedelta()


def test_a_name_is_slowed_down_wherever_it_is_guessed_from() -> None:
    guesses = Guesses()
    for number in range(FREE):
        guessed(guesses, Caller(f"203.0.113.{number}"), 1)
    assert guesses.pause(ELSEWHERE.keys("liu"), NOON) > timedelta()
    assert guesses.pause(ELSEWHERE.keys("chen"), NOON) == timedelta()


def test_an_address_is_slowed_down_whichever_names_it_tries() -> None:
    guesses = Guesses()
    for number in range(FREE_OF_AN_ADDRESS):
        guessed(guesses, HERE, 1, f"name-{number}")
    assert guesses.pause(HERE.keys("another"), NOON) > timedelta()
    assert guesses.pause(ELSEWHERE.keys("another"), NOON) == timedelta()


def test_one_address_cannot_keep_a_name_waiting_all_the_time() -> None:
    longest = PACES[Counted.NAME].longest
    guesses = Guesses()
    guessed(guesses, HERE, FREE_OF_AN_ADDRESS + 10)
    after = NOON + longest
    assert guesses.pause(HERE.keys("liu"), after) > timedelta()
    assert guesses.pause(ELSEWHERE.keys("liu"), after) == timedelta()


def test_strangers_do_not_delay_a_browser_that_knows_the_name() -> None:
    guesses = Guesses()
    guessed(guesses, ELSEWHERE, 1_000)
    assert guesses.pause(OWN_BROWSER.keys("liu"), NOON) == timedelta()


def test_a_right_guess_leaves_no_trace_and_clears_no_earlier_one() -> None:
    guesses = Guesses()
    guessed(guesses, HERE, FREE)
    later = NOON + A_MINUTE
    noted = guesses.note(HERE.keys("liu"), later)
    assert guesses.pause(HERE.keys("liu"), later) > timedelta()
    guesses.take_back(noted)
    assert guesses.pause(HERE.keys("liu"), later) == timedelta()
    guessed(guesses, HERE, 1)
    assert guesses.pause(HERE.keys("liu"), NOON) > timedelta(seconds=2)


def test_a_wrong_guess_beside_a_right_one_stays_counted() -> None:
    guesses = Guesses()
    noted = guesses.note(HERE.keys("liu"), NOON)
    guessed(guesses, HERE, FREE)
    guesses.take_back(noted)
    assert guesses.pause(HERE.keys("liu"), NOON) == timedelta(seconds=2)


def test_guesses_are_forgotten_after_a_while() -> None:
    guesses = Guesses()
    guessed(guesses, HERE, 1_000)
    guesses.note(HERE.keys("liu"), NOON + FORGOTTEN_AFTER)
    assert guesses.pause(HERE.keys("liu"), NOON + FORGOTTEN_AFTER) == timedelta()


def test_what_is_remembered_is_bounded_and_the_oldest_goes_first() -> None:
    guesses = Guesses()
    guessed(guesses, HERE, FREE)
    guessed(guesses, ELSEWHERE, FREE, "chen")
    for number in range(REMEMBERED - 3):
        guessed(guesses, Caller("", browser=str(number)), 1)
    assert guesses.pause(HERE.keys("liu"), NOON) == timedelta()
    assert guesses.pause(ELSEWHERE.keys("chen"), NOON) > timedelta()


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_an_address_is_counted_by_what_one_subscriber_has(host: str, counted: str) -> None:
    assert network_of(host) == counted


def test_a_mark_is_good_for_one_account_its_password_and_this_site_only() -> None:
    account = Account(
        username="liu",
        name="刘科员",
        role=ActorRole.SUPERVISION,
        district="longgang",
        password_hash="$argon2id$one",
    )
    mark = new_mark(account, "key")
    assert known_browser(mark, account, "key") == mark.partition(".")[0]
    renamed = account.model_copy(update={"username": "chen"})
    changed = account.model_copy(update={"password_hash": "$argon2id$another"})
    for other in (renamed, changed, None):
        assert known_browser(mark, other, "key") is None
    assert known_browser(mark, account, "another key") is None
    assert known_browser(f"other.{mark.partition('.')[2]}", account, "key") is None
    assert known_browser("", account, "key") is None
