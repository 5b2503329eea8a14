"""A request that holds a connection never waits for a second one of the same pool.

As many such requests at once as the pool has connections would each wait for the others for ever.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_holds_one: ContextVar[bool] = ContextVar("holds_one", default=False)


class HoldsAConnection(RuntimeError):
    """A mistake in the program, found the first time that its way is taken."""

    def __init__(self) -> None:
        super().__init__("rows are being read over a connection; ask the log before or afterwards")


@contextmanager
def one_held() -> Iterator[None]:
    """While the block lasts, whoever asks for another connection is refused."""
    before = _holds_one.set(True)
    try:
        yield
    finally:
        _holds_one.reset(before)


def takes_another() -> None:
    """Raises HoldsAConnection."""
    if _holds_one.get():
        raise HoldsAConnection
