"""A token says who acts, as long as it is valid."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.identity import Actor, NotSignedIn, issue_token, new_key, public_part, read_token
from contracts.vocabulary import ActorRole

NOON = datetime(2024, 3, 1, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
CLERK = Actor(subject="clerk", name="王科长", role=ActorRole.SUPERVISION, district="longgang")


def test_a_token_that_was_read_before_is_refused_when_its_time_is_over() -> None:
    key = new_key()
    token = issue_token(CLERK, key, at=NOON, valid=HOUR)
    assert read_token(token, public_part(key), at=NOON) == CLERK
    with pytest.raises(NotSignedIn):
        read_token(token, public_part(key), at=NOON + 2 * HOUR)


def test_a_token_that_was_read_before_is_refused_under_another_key() -> None:
    key = new_key()
    token = issue_token(CLERK, key, at=NOON, valid=HOUR)
    assert read_token(token, public_part(key), at=NOON) == CLERK
    with pytest.raises(NotSignedIn):
        read_token(token, public_part(new_key()), at=NOON)
