"""The table of commands: each one is there, says what it does, and is loaded only when it is typed."""

import subprocess
import sys

import pytest

from tian.cli import COMMANDS, command_line

LOADED = """
import sys
from tian.cli import command_line
command_line()(["--help"])
print([name for name in ("fastapi", "asyncpg", "docx", "pydantic") if name in sys.modules])
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_can_be_found_and_explains_itself(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command_line()([name, "--help"])

    shown = capsys.readouterr().out
    assert f"tian {name}" in shown
    assert COMMANDS[name][1] in shown


def test_help_loads_nothing_that_only_a_command_needs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"
