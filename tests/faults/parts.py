"""One program of the system, that a test starts, kills and starts again."""

import asyncio
import os
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

import psutil

from tian.processes import Program, ending_with_us, group_of

POLL_SECONDS = 0.01
AGAIN_SECONDS = 0.2


class Part:
    """A program without anybody who restarts it: when it comes back is the test's business."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.returncode is None

    def change(self, environment: Mapping[str, str]) -> None:
        """What the program is told from its next start on."""
        kept = dict(self._program.environment)
        self._program = replace(self._program, environment=kept | dict(environment))

    async def start(self) -> float:
        """Start and wait until it is ready, as a supervisor does; returns the seconds that took."""
        program, began_at = self._program, time.monotonic()
        async with asyncio.timeout(program.start_seconds):
            await self._spawn()
            while not await program.ready():
                if not self.runs:
                    await asyncio.sleep(AGAIN_SECONDS)
                    await self._spawn()
                await asyncio.sleep(POLL_SECONDS)
        return time.monotonic() - began_at

    async def _spawn(self) -> None:
        program = self._program
        with program.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *program.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **program.environment},
                user=program.user,
                group=group_of(program.user),
                extra_groups=None if program.user is None else [],
                start_new_session=True,
                preexec_fn=ending_with_us(program.stop_signal),
            )

    async def kill(self) -> bool:
        """Kill -9, with all it started; returns whether it was running until then."""
        assert self._process is not None
        was_running = self.runs
        if was_running:
            root = psutil.Process(self.pid)
            family = [root, *root.children(recursive=True)]
            for each in family:
                with suppress(psutil.NoSuchProcess):
                    each.kill()
            await asyncio.to_thread(psutil.wait_procs, family[1:], timeout=5)
        status = await self._process.wait()
        return was_running and status == -signal.SIGKILL

    async def stop(self) -> None:
        """Ask it to end, and make it."""
        if self._process is None or not self.runs:
            return
        self.send(signal.SIGCONT)
        self._process.send_signal(self._program.stop_signal)
        try:
            async with asyncio.timeout(self._program.grace_seconds):
                await self._process.wait()
        except TimeoutError:
            await self.kill()

    def send(self, sign: signal.Signals) -> None:
        os.kill(self.pid, sign)
