"""The demo as somebody types it: the whole system starts, counts the year, and is gone again."""

import json
import os
import signal
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

TIAN = Path(sysconfig.get_path("scripts")) / "tian"


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """A data folder of its own, and no server but embedded ones."""
    others = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    with TemporaryDirectory(prefix="tian-demo-") as folder:
        yield {**others, "TIAN_HOME": folder, "TIAN_LANG": "zh"}


def demo(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TIAN, "demo", "--exit", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def processes_with(environment: dict[str, str]) -> list[psutil.Process]:
    home = environment["TIAN_HOME"]
    found = []
    for process in psutil.process_iter():
        try:
            is_ours = process.environ().get("TIAN_HOME") == home
        except psutil.Error:
            continue
        if is_ours:
            found.append(process)
    return found


def test_the_demo_counts_the_sample_year_and_a_second_one_writes_nothing_twice(
    environment: dict[str, str],
) -> None:
    first, second = demo(environment), demo(environment)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    figures = json.loads(first.stdout)
    assert figures["total"] == 33
    assert [(rate["numerator"], rate["denominator"]) for rate in figures["rates"]] == [
        (33, 33),
        (5, 5),
        (5, 5),
    ]
    assert [each["figure"] for each in figures["comparisons"] if each["differs"]] == ["bonus"]
    assert "写入 33 件" in first.stderr
    assert json.loads(second.stdout) == figures
    assert "全部 33 件早已在库中，没有重复写入" in second.stderr
    assert processes_with(environment) == []


def test_an_interrupt_stops_everything_in_order(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [TIAN, "up"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as up:
        assert up.stdout
        said = ""
        while "Ctrl-C" not in said:
            line = up.stdout.readline()
            assert line, said
            said += line
        names = {process.name() for process in processes_with(environment)}
        assert {"postgres", "nats-server"} <= names
        up.send_signal(signal.SIGINT)
        rest = up.stdout.read()
    assert up.returncode == 0
    assert "已全部停止" in rest
    assert processes_with(environment) == []


def test_a_demo_cut_short_while_it_starts_leaves_nothing_behind(
    environment: dict[str, str],
) -> None:
    with subprocess.Popen(
        [TIAN, "demo"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as cut:
        assert cut.stderr
        while "启动四个服务" not in cut.stderr.readline():
            pass
        cut.send_signal(signal.SIGTERM)
        cut.stderr.read()
    assert cut.returncode == 130
    assert processes_with(environment) == []


def test_a_killed_system_takes_its_parts_with_it_and_the_next_one_starts(
    environment: dict[str, str],
) -> None:
    with subprocess.Popen(
        [TIAN, "up"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as killed:
        assert killed.stdout
        while "Ctrl-C" not in killed.stdout.readline():
            pass
        parts = processes_with(environment)
        killed.kill()
    _, alive = psutil.wait_procs(parts, timeout=30)
    assert alive == []
    assert demo(environment).returncode == 0
