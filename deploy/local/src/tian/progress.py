"""Named steps on standard error: a bar on a terminal, plain lines in a log."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


class Bar:
    """How far one long piece of work has come, with the time it will still take."""

    def __init__(self, name: str) -> None:
        console = Console(stderr=True, highlight=False)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f}/{task.total:,.0f}"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task(name, total=0)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def advance(self, by: int, total: int) -> None:
        self._bar.update(self._task, advance=by, total=total)

    def show(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total)


class Steps:
    """What is being done, and how much of it is left."""

    def __init__(self, count: int) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._count = count
        self._begun = 0
        self._began_at = time.monotonic()
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("", total=count)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.finish()

    def begin(self, name: str) -> None:
        """The step before this one is done."""
        self._bar.update(self._task, description=name, completed=self._begun)
        self._begun += 1
        self.say(
            f"[{self._begun}/{self._count}] {time.monotonic() - self._began_at:4.1f} s  {name}"
        )

    def say(self, sentence: str) -> None:
        self._console.print(sentence, markup=False, soft_wrap=True)

    def finish(self) -> None:
        self._bar.stop()
