"""What runs beside a service's endpoints: begun again when it ends, and ended for good."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

CONNECT_RETRY_SECONDS = 0.5
CANCEL_AGAIN_SECONDS = 1.0

logger = logging.getLogger(__name__)


async def cancelled(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel until all have ended: `asyncio.wait_for` before Python 3.12 can swallow a cancellation.

    Who is cancelled while waiting here goes on until then, and is cancelled afterwards.
    """
    waiting, is_cancelled = set(tasks), False
    while waiting:
        for task in waiting:
            task.cancel()
        try:
            await asyncio.wait(waiting, timeout=CANCEL_AGAIN_SECONDS)
        except asyncio.CancelledError:
            is_cancelled = True
        waiting = {task for task in waiting if not task.done()}
    if is_cancelled:
        raise asyncio.CancelledError


async def side_by_side(*works: Coroutine[Any, Any, None]) -> None:
    """Run works together until one ends or fails; then all have ended, and a failure is raised.

    Not a TaskGroup: that cancels each once only, and waits for ever for one that did not hear it.
    """
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await cancelled(tasks)
    failures = [failure for task in tasks if not task.cancelled() and (failure := task.exception())]
    if failures:
        raise failures[0]


async def opened_whole(opening: Coroutine[Any, Any, None]) -> None:
    """Open something whole before a cancellation takes effect: half open, nobody could close it."""
    task = asyncio.create_task(opening)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=CANCEL_AGAIN_SECONDS)
        if not task.cancel() and not task.cancelled():
            task.exception()
        raise


async def again_and_again(work: Callable[[], Coroutine[None, None, None]]) -> None:
    """Run work that should never end; begin again, and say so, when it does."""
    while True:
        try:
            await work()
        except Exception:
            logger.exception("%s ended, beginning again", work.__qualname__)
        await asyncio.sleep(CONNECT_RETRY_SECONDS)
