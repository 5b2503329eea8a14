"""What runs beside a service's endpoints: begun again when it ends, and ended for good."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from eventlog.side_by_side import CANCEL_AGAIN_SECONDS

CONNECT_RETRY_SECONDS = 0.5

logger = logging.getLogger(__name__)


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
