"""Export, verify and witness as somebody types them: with us, without us, and against us."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.eventlog.bundles.editing import edit_an_event
from tests.eventlog.bundles.packing import changed, files_in
from tests.eventlog.proving.writing import D
from tests.local.places import Place, far_away

DOCUMENT = Path(__file__).parents[2] / "docs" / "auditing.md"


@pytest.fixture
def bundle(place: Place, elsewhere: Path) -> Path:
    file = elsewhere / "longgang.zip"
    answer = place.tian("export", "--district", D, "--out", file)
    assert answer.returncode == 0, answer.stderr
    assert "40 条事件" in answer.stdout
    return file


def test_a_bundle_is_verified_far_away(place: Place, elsewhere: Path, bundle: Path) -> None:
    answer = far_away(place, elsewhere, "verify", bundle, "--key", place.key)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "40 条事件，2 个检查点" in answer.stdout
    assert "全部相符" in answer.stdout
    answer = far_away(place, elsewhere, "verify", bundle)
    assert answer.returncode == 1
    assert "--key" in answer.stderr


def test_a_bundle_that_was_edited_ends_with_a_position(
    place: Place, elsewhere: Path, bundle: Path
) -> None:
    edited = changed(bundle, edit_an_event)
    answer = far_away(place, elsewhere, "verify", edited, "--key", place.key)
    assert answer.returncode == 1
    assert "从第 23 条起有误" in answer.stdout


def test_a_bundle_that_was_cut_off_or_is_none_ends_with_a_sentence(
    place: Place, elsewhere: Path, bundle: Path
) -> None:
    for content in (bundle.read_bytes()[:-100], b"PK", b"", b"\xff\xfe"):
        file = elsewhere / "damaged"
        file.write_bytes(content)
        answer = far_away(place, elsewhere, "verify", file, "--key", place.key)
        assert answer.returncode == 1
        assert "不能" in answer.stderr
        assert "Traceback" not in answer.stderr


def test_another_viewer_than_ours_is_warned_of(place: Place, elsewhere: Path, bundle: Path) -> None:
    def exchange(files: dict[str, bytes]) -> None:
        files["viewer.html"] = b"<h1>all is well</h1>"

    answer = far_away(place, elsewhere, "verify", changed(bundle, exchange), "--key", place.key)
    assert "viewer.html 不是本版本附带的那一份" in answer.stdout


def test_every_event_that_may_come_has_its_schema(bundle: Path) -> None:
    files = files_in(bundle)
    schema = json.loads(files["schemas/tian.assignment.reply_issued.v1.json"])
    assert "document_number" in schema["required"]
    assert b"tian verify" in files["README.txt"]


def test_the_program_in_the_document_verifies_a_bundle_without_us(
    place: Place, elsewhere: Path, bundle: Path
) -> None:
    program = elsewhere / "check.py"
    text = DOCUMENT.read_text().partition("```python\n")[2].partition("```")[0]
    program.write_text(text)
    assert len(text.splitlines()) <= 45

    def run(file: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", str(program), str(file), place.key]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    answer = run(bundle)
    assert answer.stdout.startswith("相符 / in order: 40 events, 2 checkpoints"), answer.stderr
    assert "wrong: 40" in run(changed(bundle, edit_an_event)).stderr
    for name in ("checkpoints/000000000010.jsonl", "events/000000000001.js"):

        def remove(files: dict[str, bytes], name: str = name) -> None:
            del files[name]

        assert run(changed(bundle, remove)).returncode == 1


async def test_what_was_never_signed_is_not_exported(place: Place, elsewhere: Path) -> None:
    answer = place.tian("export", "--district", "nowhere", "--out", elsewhere / "x.zip")
    assert answer.returncode == 1
    assert "还没有签名的检查点" in answer.stderr
    assert not zipfile.is_zipfile(elsewhere / "x.zip")
