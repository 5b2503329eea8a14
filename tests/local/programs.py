"""Small programs to look after, and a way to wait for what they do."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from tian.processes import Program

PATIENCE_SECONDS = 30.0

SLEEPS = "import time; time.sleep(600)"
DIES = "raise SystemExit('the flux capacitor is missing')"
IGNORES_SIGTERM = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(600)
"""


async def at_once() -> bool:
    return True


async def never() -> bool:
    return False


def a_program(
    folder: Path,
    source: str = SLEEPS,
    *,
    ready: Callable[[], Awaitable[bool]] = at_once,
    grace_seconds: float = 10.0,
) -> Program:
    return Program(
        name="样例程序",
        name_en="The sample program",
        command=(sys.executable, "-c", source, str(folder / "ready")),
        log=folder / "program.log",
        ready=ready,
        grace_seconds=grace_seconds,
    )


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not is_so():
            await asyncio.sleep(0.05)
