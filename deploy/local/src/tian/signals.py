"""Ctrl-C, SIGTERM and a closed terminal end the work in order, once."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interruption:
    """Whether somebody asked to end."""

    came = False


@contextmanager
def ending_on_signals() -> Iterator[Interruption]:
    """Cancel this task on the first signal; later ones do not disturb the taking down."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    interruption = Interruption()

    def end() -> None:
        if not interruption.came and task:
            interruption.came = True
            task.cancel()

    for each in ENDINGS:
        loop.add_signal_handler(each, end)
    try:
        yield interruption
    finally:
        for each in ENDINGS:
            loop.remove_signal_handler(each)
