"""Keeps programs running: starts them, waits until they are ready, restarts what dies, stops all."""

import asyncio
import ctypes
import os
import pwd
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tian.failures import DidNotStart
from tian.language import either

FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0
STEADY_AFTER_SECONDS = 60.0
TRIES_BEFORE_READY = 3
POLL_SECONDS = 0.1
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG

Say = Callable[[str], None]


@dataclass(frozen=True)
class Program:
    """What to run, how to see that it is ready, and how to ask it to end."""

    name: str
    name_en: str
    command: tuple[str, ...]
    log: Path
    ready: Callable[[], Awaitable[bool]]
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    grace_seconds: float = 10.0
    start_seconds: float = 60.0

    def last_words(self) -> str:
        with suppress(OSError):
            return last_line(self.log.read_text(encoding="utf-8", errors="replace"))
        return "—"


class Supervised:
    """One program that is kept running until it is told to stop."""

    def __init__(
        self, program: Program, say: Say, spawned: Callable[[], object] = lambda: None
    ) -> None:
        self.program = program
        self.pid: int | None = None
        self._say = say
        self._spawned = spawned
        self._deaths = 0
        self._stop = asyncio.Event()
        self._life: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the program and return when it is ready. Raises DidNotStart, with the reason."""
        _put_aside(self.program.log)
        self._life = asyncio.create_task(self._live(), name=self.program.name_en)
        give_up_at = time.monotonic() + self.program.start_seconds
        while not self._stop.is_set():
            if self.pid and await self.program.ready():
                return
            if self._deaths >= TRIES_BEFORE_READY or time.monotonic() > give_up_at:
                raise self._did_not_start()
            await asyncio.sleep(POLL_SECONDS)

    async def stop(self) -> None:
        """Stop the program and wait for its end: by its own signal, and by force if it must be."""
        self._stop.set()
        if self._life:
            await self._life

    async def _live(self) -> None:
        delay = FIRST_DELAY_SECONDS
        while not self._stop.is_set():
            born_at = time.monotonic()
            status = await self._live_once()
            self.pid = None
            if self._stop.is_set():
                return
            self._deaths += 1
            if time.monotonic() - born_at > STEADY_AFTER_SECONDS:
                delay = FIRST_DELAY_SECONDS
            self._say(self._death_notice(status, delay))
            with suppress(TimeoutError):
                async with asyncio.timeout(delay):
                    await self._stop.wait()
            delay = min(delay * 2, LONGEST_DELAY_SECONDS)

    async def _live_once(self) -> int | None:
        try:
            process = await self._spawn()
        except OSError as error:
            self.program.log.write_text(str(error), encoding="utf-8")
            return error.errno
        await self._until_it_ends(process)
        return process.returncode

    async def _spawn(self) -> asyncio.subprocess.Process:
        program = self.program
        with program.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *program.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **program.environment},
                user=program.user,
                group=group_of(program.user),
                extra_groups=None if program.user is None else [],
                # Ctrl-C in the terminal reaches this process alone, which then stops in order.
                start_new_session=True,
                preexec_fn=ending_with_us(program.stop_signal),
            )
        self.pid = process.pid
        self._spawned()
        return process

    async def _until_it_ends(self, process: asyncio.subprocess.Process) -> None:
        ended = asyncio.create_task(process.wait())
        told_to_stop = asyncio.create_task(self._stop.wait())
        await asyncio.wait({ended, told_to_stop}, return_when=asyncio.FIRST_COMPLETED)
        told_to_stop.cancel()
        if not ended.done():
            process.send_signal(self.program.stop_signal)
            await asyncio.wait({ended}, timeout=self.program.grace_seconds)
        if not ended.done():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        await ended

    def _death_notice(self, status: int | None, delay: float) -> str:
        program = self.program
        return either(
            f"{program.name}意外退出（状态 {status}），{delay:g} 秒后重新启动。日志：{program.log}",
            f"{program.name_en} ended unexpectedly (status {status}), "
            f"starting again in {delay:g} s. Log: {program.log}",
        )

    def _did_not_start(self) -> DidNotStart:
        program = self.program
        return DidNotStart(
            name=program.name,
            name_en=program.name_en,
            reason=program.last_words(),
            log=program.log,
        )


def ending_with_us(stop_signal: signal.Signals) -> Callable[[], object] | None:
    """Have Linux end a program when we are killed and cannot. Elsewhere the next start does it."""
    if sys.platform != "linux":
        return None
    return partial(ctypes.CDLL(None).prctl, PARENT_DEATH_SIGNAL, int(stop_signal))


def last_line(said: str) -> str:
    """The last thing a program said, which is usually why it ended; without its full stop."""
    lines = (line.strip() for line in reversed(said.split("\n")))
    return next((line.rstrip("。.") for line in lines if line), "—")


def group_of(user: str | None) -> int | None:
    """The group of a user: with the group of root, folders open to others would be closed to it."""
    return None if user is None else pwd.getpwnam(user).pw_gid


def _put_aside(log: Path) -> None:
    """The log of the last run stays readable beside the new one."""
    if log.exists():
        log.replace(log.with_name(log.name + ".1"))
