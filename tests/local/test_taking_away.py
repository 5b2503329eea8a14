"""Export, verify and witness as somebody types them: with us, without us, and against us."""

import asyncio
import json
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from eventlog import EventLog
from eventlog.notary import Notary
from eventlog.proving.notes import Note, VerifierKey
from hosting.problems import add_problems
from hosting.proofs import proof_routes
from tests.eventlog.bundles.packing import changed, files_in
from tests.eventlog.bundles.test_bundles import edit_an_event
from tests.eventlog.proving.writing import D, write_events
from tests.local.places import Place

DOCUMENT = Path(__file__).parents[2] / "docs" / "auditing.md"


@pytest.fixture
def bundle(place: Place, elsewhere: Path) -> Path:
    file = elsewhere / "longgang.zip"
    answer = place.tian("export", "--district", D, "--out", file)
    assert answer.returncode == 0, answer.stderr
    assert "40 条事件" in answer.stdout
    return file


def far_away(
    place: Place, elsewhere: Path, *arguments: str | Path
) -> subprocess.CompletedProcess[str]:
    """The command where there is neither our database nor our key."""
    return place.tian(*arguments, home=elsewhere, url="")


def written(file: Path, text: str) -> Path:
    file.write_text(text)
    return file


async def newest(place: Place, file: Path, size: int | None = None) -> Path:
    note = await place.pool.fetchval(
        "select note from log.signed_checkpoint where size = coalesce($1, size)"
        " order by size desc limit 1",
        size,
    )
    return written(file, note)


async def grow(place: Place, start: int, end: int) -> None:
    await write_events(EventLog(place.pool), start, end)
    await Notary(place.pool, place.log_key).issue_due()


async def rewrite_history(place: Place) -> None:
    """Take back everything behind 10, and write and sign something else."""
    await place.tamper("delete from log.event where position > 10")
    await place.tamper("delete from log.signed_checkpoint where size > 10")
    await place.tamper("update log.head set position = 10")
    await grow(place, 10, 60)


@asynccontextmanager
async def served(place: Place, witness: VerifierKey) -> AsyncIterator[str]:
    app = FastAPI()
    add_problems(app)
    app.include_router(proof_routes(place.pool, place.log_key, [witness]))
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off")
    )
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/log/{D}"
    server.should_exit = True
    await serving


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


async def test_a_witness_follows_a_log_from_file_to_file(place: Place, elsewhere: Path) -> None:
    key, note = elsewhere / "witness.pem", await newest(place, elsewhere / "note", 10)
    witness = ("witness", note, "--key", key, "--log-key", place.key)
    answer = far_away(place, elsewhere, *witness, "--name", "regulator.example/w")
    assert answer.returncode == 0, answer.stderr
    public = VerifierKey.parse(answer.stderr.split("见证方公钥 ")[1].split()[0])
    assert Note.parse(answer.stdout).verified([public]) == (public,)
    await newest(place, note)
    answer = far_away(place, elsewhere, *witness)
    assert answer.returncode == 1
    assert "--tiles" in answer.stderr
    bundle = elsewhere / "longgang.zip"
    place.tian("export", "--district", D, "--out", bundle)
    answer = far_away(place, elsewhere, *witness, "--tiles", bundle)
    assert answer.returncode == 0, answer.stderr
    assert Note.parse(answer.stdout).verified([public]) == (public,)
    await newest(place, note, 10)
    answer = far_away(place, elsewhere, *witness)
    assert answer.returncode == 1
    assert "已见证过 40 条" in answer.stderr


async def test_a_log_that_shows_two_histories_is_caught_with_both_in_hand(
    place: Place, elsewhere: Path
) -> None:
    key, note = elsewhere / "witness.pem", await newest(place, elsewhere / "note")
    witness = ("witness", note, "--key", key, "--log-key", place.key)
    cosigned = elsewhere / "cosigned"
    cosigned.write_text(far_away(place, elsewhere, *witness).stdout)
    remembered = (elsewhere / "witness.pem.seen").read_text()
    await rewrite_history(place)
    assert place.tian("verify").returncode == 0
    await newest(place, note)
    bundle = elsewhere / "longgang.zip"
    place.tian("export", "--district", D, "--out", bundle)
    answer = far_away(place, elsewhere, *witness, "--tiles", bundle)
    assert answer.returncode == 1
    assert "两种历史" in answer.stderr
    assert "40 条、根" in answer.stderr
    assert "60 条、根" in answer.stderr
    evidence = (elsewhere / f"split-view-{D}-40-60.txt").read_text()
    assert evidence.count("— tian.local/log/longgang ") == 2
    assert (elsewhere / "witness.pem.seen").read_text() == remembered
    for source in ((), (bundle, "--key", place.key)):
        answer = place.tian("verify", *source, "--witness", str(cosigned))
        assert answer.returncode == 1
        assert "两种历史：第 1 至 40 条之间" in answer.stdout


async def test_a_witness_follows_a_log_over_http_and_hands_in_what_it_signed(
    place: Place, elsewhere: Path
) -> None:
    key, note = elsewhere / "witness.pem", await newest(place, elsewhere / "note", 10)
    witness = ("--key", key, "--log-key", place.key)
    answer = far_away(place, elsewhere, "witness", note, *witness)
    public = answer.stderr.split("见证方公钥 ")[1].split()[0]
    required = ("verify", "--witness", public)
    answer = place.tian(*required)
    assert answer.returncode == 1
    assert "没有一个检查点经 tian.local/witness 见证" in answer.stdout
    async with served(place, VerifierKey.parse(public)) as address:
        answer = await asyncio.to_thread(
            far_away, place, elsewhere, "witness", address, *witness, "--submit"
        )
        assert answer.returncode == 0, answer.stderr
        await rewrite_history(place)
        answer = await asyncio.to_thread(
            far_away, place, elsewhere, "witness", address, *witness, "--submit"
        )
        assert "两种历史" in answer.stderr
    answer = await asyncio.to_thread(far_away, place, elsewhere, "witness", address, *witness)
    assert "读不到" in answer.stderr


async def test_a_log_that_was_witnessed_says_so(place: Place, elsewhere: Path) -> None:
    key = elsewhere / "witness.pem"
    note = await newest(place, elsewhere / "note", 10)
    answer = far_away(place, elsewhere, "witness", note, "--key", key, "--log-key", place.key)
    public = answer.stderr.split("见证方公钥 ")[1].split()[0]
    async with served(place, VerifierKey.parse(public)) as address:
        await asyncio.to_thread(
            far_away,
            place,
            elsewhere,
            "witness",
            address,
            "--key",
            key,
            "--log-key",
            place.key,
            "--submit",
        )
    bundle = elsewhere / "longgang.zip"
    place.tian("export", "--district", D, "--out", bundle)
    for source in ((), (bundle, "--key", place.key)):
        answer = place.tian("verify", *source, "--witness", public)
        assert answer.returncode == 0, answer.stdout
        assert "见证到第 40 条" in answer.stdout
