"""Witness as somebody types it: from file to file, over HTTP, and when a log shows two histories."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from eventlog import EventLog
from eventlog.notary import Notary
from eventlog.proving.notes import Note, VerifierKey
from hosting.problems import add_problems
from hosting.proofs import proof_routes
from tests.eventlog.proving.writing import D, write_events
from tests.local.places import Place, far_away


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
