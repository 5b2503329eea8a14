"""Works that run beside each other and end together, whatever becomes of a cancellation."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any

CANCEL_AGAIN_SECONDS = 1.0


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
