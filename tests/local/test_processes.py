"""Programs are kept running, and none is left behind."""

import os
import signal
from pathlib import Path

import psutil
import pytest

from tests.local.programs import DIES, IGNORES_SIGTERM, a_program, never, until
from tian.failures import DidNotStart
from tian.processes import Supervised


@pytest.fixture
def said() -> list[str]:
    return []


async def test_a_program_that_dies_is_started_again_and_somebody_is_told(
    tmp_path: Path, said: list[str]
) -> None:
    part = Supervised(a_program(tmp_path), said.append)
    await part.start()
    first = part.pid
    assert first
    os.kill(first, signal.SIGKILL)
    await until(lambda: part.pid not in {first, None})
    assert part.pid
    assert psutil.pid_exists(part.pid)
    assert "样例程序意外退出（状态 -9），0.5 秒后重新启动" in said[0]
    await part.stop()


async def test_each_death_makes_the_delay_longer(tmp_path: Path, said: list[str]) -> None:
    part = Supervised(a_program(tmp_path, DIES, ready=never), said.append)
    with pytest.raises(DidNotStart):
        await part.start()
    await part.stop()
    delays = [sentence.split("，")[1].split(" ")[0] for sentence in said[:3]]
    assert delays == ["0.5", "1", "2"]


async def test_a_program_that_never_starts_is_named_with_its_last_words(
    tmp_path: Path, said: list[str]
) -> None:
    part = Supervised(a_program(tmp_path, DIES, ready=never), said.append)
    with pytest.raises(DidNotStart) as failure:
        await part.start()
    await part.stop()
    assert "样例程序没有启动成功：the flux capacitor is missing。" in failure.value.sentence
    assert str(tmp_path / "program.log") in failure.value.sentence


async def test_a_program_that_is_not_there_is_a_failure_to_start(
    tmp_path: Path, said: list[str]
) -> None:
    missing = a_program(tmp_path, ready=never)
    object.__setattr__(missing, "command", (str(tmp_path / "no-such-program"),))
    part = Supervised(missing, said.append)
    with pytest.raises(DidNotStart, match="no-such-program"):
        await part.start()
    await part.stop()


async def test_a_stopped_program_is_gone_and_stays_gone(tmp_path: Path, said: list[str]) -> None:
    part = Supervised(a_program(tmp_path), said.append)
    await part.start()
    pid = part.pid
    assert pid
    await part.stop()
    assert not psutil.pid_exists(pid)
    assert said == []


async def test_a_program_that_ignores_the_signal_is_ended_by_force(
    tmp_path: Path, said: list[str]
) -> None:
    async def has_begun() -> bool:
        return (tmp_path / "ready").exists()

    program = a_program(tmp_path, IGNORES_SIGTERM, ready=has_begun, grace_seconds=0.2)
    part = Supervised(program, said.append)
    await part.start()
    pid = part.pid
    assert pid
    await part.stop()
    assert not psutil.pid_exists(pid)


async def test_the_log_of_the_last_run_is_kept_beside_the_new_one(
    tmp_path: Path, said: list[str]
) -> None:
    (tmp_path / "program.log").write_text("yesterday", encoding="utf-8")
    part = Supervised(a_program(tmp_path), said.append)
    await part.start()
    await part.stop()
    assert (tmp_path / "program.log.1").read_text(encoding="utf-8") == "yesterday"
