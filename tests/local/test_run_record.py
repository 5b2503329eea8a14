"""What a run leaves written down lets others find it, and a later start clean up after it."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.local.programs import SLEEPS
from tian import staying
from tian.failures import AlreadyRunning, NotRunning
from tian.home import Home
from tian.run_record import RunningProcess, RunRecord, end_leftovers, running


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "tian")
    home.create()
    return home


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", SLEEPS]) as process:
        yield process
        process.kill()


def record_of(process: RunningProcess, supervisor: RunningProcess) -> RunRecord:
    return RunRecord(
        supervisor=supervisor,
        urls={"intake": "http://127.0.0.1:1"},
        database_url="",
        nats_url="",
        processes={"intake": process},
        is_ready=True,
    )


def test_a_run_is_found_while_its_supervisor_lives(
    home: Home, sleeper: subprocess.Popen[bytes]
) -> None:
    process = RunningProcess.of(sleeper.pid)
    assert process
    record_of(process, process).write(home)
    assert running(home)
    sleeper.kill()
    sleeper.wait()
    assert running(home) is None


def test_what_a_killed_run_left_behind_is_ended(
    home: Home, sleeper: subprocess.Popen[bytes]
) -> None:
    process = RunningProcess.of(sleeper.pid)
    assert process
    record_of(process, process).write(home)
    assert end_leftovers(home) == ["intake"]
    assert process.find() is None
    assert end_leftovers(home) == []


def test_a_fresh_start_ends_what_a_killed_run_left_behind_before_it_deletes_the_data(
    home: Home, sleeper: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    process = RunningProcess.of(sleeper.pid)
    assert process
    gone = RunningProcess(pid=process.pid, began=process.began - 60)
    record_of(process, gone).write(home)
    monkeypatch.setenv("TIAN_HOME", str(home.folder))
    ended_first = []
    monkeypatch.setattr(Home, "delete", lambda _home: ended_first.append(process.find() is None))
    monkeypatch.setattr(staying, "_system", lambda *_: _refuses())
    with pytest.raises(NotRunning):
        asyncio.run(staying.show_demo(staying.DemoWishes(fresh=True)))
    assert ended_first == [True]


@asynccontextmanager
async def _refuses() -> AsyncIterator[None]:
    raise NotRunning
    yield


def test_a_process_that_only_has_the_same_number_is_left_alone(
    home: Home, sleeper: subprocess.Popen[bytes]
) -> None:
    process = RunningProcess.of(sleeper.pid)
    assert process
    older = RunningProcess(pid=process.pid, began=process.began - 60)
    record_of(older, older).write(home)
    assert end_leftovers(home) == []
    assert sleeper.poll() is None


def test_one_folder_is_held_by_one_system_at_a_time(home: Home) -> None:
    holds = f"""
import sys, time
from pathlib import Path
from tian.home import Home
with Home(Path({str(home.folder)!r})).locked():
    print("held", flush=True)
    time.sleep(600)
"""
    command = [sys.executable, "-c", holds]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        try:
            assert other.stdout.readline() == "held\n"
            with pytest.raises(AlreadyRunning, match=str(other.pid)), home.locked():
                pass
        finally:
            other.kill()
            other.wait()
    with home.locked():
        pass


def test_the_addresses_are_readable_for_their_owner_only(home: Home) -> None:
    this = RunningProcess.this()
    record_of(this, this).write(home)
    assert home.run_file.stat().st_mode & 0o077 == 0
