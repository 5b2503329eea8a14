"""The commands that hold the system up: `up` until Ctrl-C, `demo` with the sample year in it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from tian.accounts import DEMO_DISTRICT
from tian.addresses import find_addresses
from tian.client import connected, read_ledger
from tian.failures import AlreadyRunning
from tian.home import Home
from tian.language import either
from tian.ports import console_port
from tian.printing import aside, out, print_accounts, print_addresses, print_problems
from tian.printing_figures import print_figures
from tian.progress import Steps
from tian.run_record import RunRecord, end_leftovers, running
from tian.sample_year import LedgerHasErrors, Played, play_the_year, sample_ledger
from tian.signals import ending_on_signals
from tian.system import running_system

STARTING_STEPS = 3
PLAYING_STEPS = 5
INTERRUPTED = 130


@dataclass(frozen=True)
class DemoWishes:
    """What the caller of `tian demo` asked for."""

    ledger: Path | None = None
    port: int | None = None
    leave: bool = False
    json: bool = False
    fresh: bool = False


async def stay_up(port: int | None) -> int:
    """Start everything and stay until a signal."""
    home = Home.from_environment()
    with ending_on_signals() as interruption:
        try:
            async with _system(home, Steps(STARTING_STEPS), port) as record:
                print_addresses(record)
                print_accounts(record.urls["console"])
                await _until_told(home, out())
        except asyncio.CancelledError:
            if not interruption.came:
                raise
            return INTERRUPTED
    return 0


async def show_demo(wishes: DemoWishes) -> int:
    """Start everything unless it runs already, play the sample year, show it, and stay."""
    home = Home.from_environment()
    ledger = wishes.ledger or sample_ledger()
    read_ledger(ledger)
    if record := running(home):
        if wishes.fresh:
            raise AlreadyRunning(home=home.folder, pid=record.supervisor.pid)
        await play(home, ledger, Steps(PLAYING_STEPS), as_json=wishes.json)
        return 0
    if wishes.fresh:
        _forget_everything(home, wishes.port)
    with ending_on_signals() as interruption:
        try:
            steps = Steps(STARTING_STEPS + PLAYING_STEPS)
            async with _system(home, steps, wishes.port) as record:
                await play(home, ledger, steps, as_json=wishes.json)
                if not wishes.leave:
                    screen = aside() if wishes.json else out()
                    print_accounts(record.urls["console"], screen)
                    await _until_told(home, screen)
        except asyncio.CancelledError:
            if not interruption.came:
                raise
            return INTERRUPTED
    return 0


async def play_elsewhere(ledger: Path | None, *, as_json: bool) -> int:
    """Play the sample year against services that somebody else runs."""
    home = Home.from_environment()
    await play(home, ledger or sample_ledger(), Steps(PLAYING_STEPS), as_json=as_json)
    return 0


async def play(home: Home, ledger: Path, steps: Steps, *, as_json: bool) -> None:
    """The client half: bring the sample year in over HTTP and show its figures."""
    addresses = find_addresses(home)
    with steps:
        async with connected(home, addresses, DEMO_DISTRICT, steps.say) as client:
            try:
                played = await play_the_year(client, read_ledger(ledger), steps.begin)
            except LedgerHasErrors as failure:
                print_problems(failure.report, aside())
                raise
    steps.say(_what_was_done(played))
    for letter in played.dead_letters:
        steps.say(
            either(
                f"注意：{letter.follower} 没有处理第 {letter.position} 条事件：{letter.reason}",
                f"Note: {letter.follower} did not act on event {letter.position}: {letter.reason}",
            )
        )
    if as_json:
        print(played.figures.model_dump_json(indent=2), flush=True)
    else:
        print_figures(played.figures)


@asynccontextmanager
async def _system(home: Home, steps: Steps, port: int | None) -> AsyncIterator[RunRecord]:
    with steps:
        async with running_system(
            home, say=steps.say, step=steps.begin, wanted_port=port
        ) as record:
            try:
                yield record
            finally:
                steps.finish()
                steps.say(either("正在停止……", "Stopping…"))
    steps.say(either("已全部停止。", "Everything has stopped."))


async def _until_told(home: Home, screen: Console) -> None:
    screen.print(
        either(
            f"日志在 {home.logs}。按 Ctrl-C 停止。",
            f"The logs are in {home.logs}. Ctrl-C stops everything.",
        ),
        markup=False,
        soft_wrap=True,
    )
    screen.file.flush()
    with suppress(asyncio.CancelledError):
        await asyncio.Event().wait()


def _forget_everything(home: Home, port: int | None) -> None:
    """Delete the data, after ending what still writes to it; not when the port is refused anyway."""
    with home.locked():
        for name in end_leftovers(home):
            print(
                either(f"已停止上次遗留的 {name}。", f"Ended {name}, left by an earlier run."),
                file=sys.stderr,
            )
        with console_port(port):
            pass
        print(
            either(f"删除 {home.folder} 里的全部数据。", f"Deleting all data in {home.folder}."),
            file=sys.stderr,
        )
        home.delete()


def _what_was_done(played: Played) -> str:
    report = played.report
    if played.was_there_already:
        return either(
            f"全部 {report.unchanged_rows} 件早已在库中，没有重复写入。",
            f"All {report.unchanged_rows} cases were there already; nothing was written twice.",
        )
    return either(
        f"写入 {report.new_rows} 件，补充 {report.continued_rows} 件，"
        f"原有 {report.unchanged_rows} 件不变。",
        f"{report.new_rows} cases written, {report.continued_rows} continued,"
        f" {report.unchanged_rows} left as they were.",
    )
