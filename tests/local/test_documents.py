"""What the documents point to is there: files, targets of make, commands of `tian`."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tian.cli import COMMANDS

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?![a-z]+:)([^)#\s]+)(?:#[^)]*)?\)")
IN_CODE = re.compile(r"```.*?```|`[^`]+`", re.DOTALL)


def said_in_code(document: Path, program: str) -> Iterator[str]:
    """The first word after a program's name, wherever a document gives a command line."""
    for code in IN_CODE.findall(document.read_text(encoding="utf-8")):
        yield from re.findall(rf"(?:^|[\s`])(?:bin/)?{program} ([a-z][a-z-]+)", code, re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_points_to_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    missing = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_commands_that_a_document_gives_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(said_in_code(document, "make")) <= targets
    assert set(said_in_code(document, "tian")) <= set(COMMANDS)
