"""A port that somebody else listens on."""

import socket
from collections.abc import Iterator

import pytest


@pytest.fixture
def a_taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]
