"""A superuser edits the log; how often, and whether it was found, is told on the page."""

import asyncio
import os
import re
import sys

import pytest

from tests.faults.conftest import Trial
from tests.faults.reporting import ROOT, Row

EDITS = ROOT / "tests" / "eventlog" / "proving" / "test_tampering.py"


@pytest.mark.full_run
async def test_every_edit_of_a_superuser_is_found(trial: Trial) -> None:
    cycles = trial.cycles(11, share=5.0)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pytest", "-q", "-k", "every_edit or would_not_find", str(EDITS)),
        cwd=ROOT,
        env={**os.environ, "TIAN_TAMPER_CYCLES": str(cycles)},
        stdout=asyncio.subprocess.PIPE,
    )
    said = (await process.communicate())[0].decode()
    passed, failed = (_count(said, word) for word in ("passed", "failed"))
    trial.keep(
        Row(
            fault="tampering",
            cycles=cycles,
            fired=cycles if passed else 0,
            acknowledged=cycles,
            lost=failed,
            doubled=0,
            control="没有检查点就查不出 not found without checkpoints",
        )
    )
    assert (passed > 0, failed) == (True, 0), said


def _count(said: str, word: str) -> int:
    found = re.search(rf"(\d+) {word}", said)
    return int(found.group(1)) if found else 0
