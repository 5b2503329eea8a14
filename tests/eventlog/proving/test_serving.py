"""Checkpoint, tiles and keys over HTTP: from them alone a stranger computes the root and any proof."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from contracts.identity import Actor, issue_token, new_key, public_part
from contracts.vocabulary import ActorRole
from eventlog import EventLog, Write
from eventlog.notary import Notary
from eventlog.proving.checkpoints import opened
from eventlog.proving.hashing import SHA256
from eventlog.proving.keys import LogKey
from eventlog.proving.notes import VerifierKey
from eventlog.proving.tiles import entries_in, hashes_in, tiles_of
from eventlog.proving.tree import root_of
from eventlog.subtrees import Subtrees
from hosting.directories import read_directories
from hosting.problems import add_problems
from hosting.proofs import proof_routes
from tests.eventlog.making import NOON, event
from tests.eventlog.proving.writing import KEY, D, write_events, write_signed

SIGNING_KEY = new_key()
DIRECTORIES = Path(__file__).parents[3] / "deploy/districts"


def as_(role: ActorRole, district: str = D) -> dict[str, str]:
    actor = Actor(subject="a", name="审计", role=role, district=district)
    token = issue_token(actor, SIGNING_KEY, at=NOON, valid=timedelta(hours=1))
    return {"authorization": f"Bearer {token}"}


def served(
    pool: asyncpg.Pool, key: LogKey | None, witnesses: Sequence[VerifierKey] = ()
) -> httpx.AsyncClient:
    app = FastAPI()
    app.state.public_key = public_part(SIGNING_KEY)
    app.state.clock = lambda: NOON
    app.state.directories = read_directories(DIRECTORIES)
    add_problems(app)
    app.include_router(proof_routes(pool, key, witnesses))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://log")


@pytest.fixture
async def client(pool: asyncpg.Pool) -> AsyncIterator[httpx.AsyncClient]:
    async with served(pool, KEY) as client:
        yield client


async def test_a_stranger_computes_the_signed_root_from_the_tiles(
    log: EventLog, notary: Notary, client: httpx.AsyncClient
) -> None:
    await write_signed(log, notary, [700])
    await write_events(log, 700, 703)
    key = VerifierKey.parse((await client.get("/log/key")).text)
    answer = await client.get(f"/log/{D}/checkpoint")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    checkpoint = opened(answer.text, [key])
    assert checkpoint.size == 700
    tiles: dict[str, bytes] = {}
    for tile in tiles_of(checkpoint.size):
        answer = await client.get(f"/log/{D}/tile/{tile.path}")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert "immutable" in answer.headers["cache-control"]
        tiles[tile.path] = answer.content
    leaves = [leaf for path, tile in tiles.items() if path[0] == "0" for leaf in hashes_in(tile)]
    assert root_of(leaves) == checkpoint.root
    assert hashes_in(tiles["1/000.p/2"]) == [root_of(leaves[:256]), root_of(leaves[256:512])]


async def test_the_entries_of_a_bundle_hash_to_the_tile_beside_it(
    log: EventLog, notary: Notary, client: httpx.AsyncClient
) -> None:
    await write_signed(log, notary, [300])
    tile = await client.get(f"/log/{D}/tile/0/001.p/44")
    bundle = await client.get(f"/log/{D}/tile/entries/001.p/44", headers=as_(ActorRole.AUDITOR))
    assert SHA256.leaves(entries_in(bundle.content)) == hashes_in(tile.content)
    assert "private" in bundle.headers["cache-control"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        (as_(ActorRole.PROPOSER), 403),
        (as_(ActorRole.AUDITOR, "yantian"), 403),
        (as_(ActorRole.AUDITOR), 200),
    ],
)
async def test_events_are_shown_only_to_whom_they_concern(
    log: EventLog,
    notary: Notary,
    client: httpx.AsyncClient,
    headers: dict[str, str],
    status: int,
) -> None:
    await write_signed(log, notary, [3])
    for path in ("entries/000.p/3", "/entries/000.p/3", "entries%2F000.p/3"):
        answer = await client.get(f"/log/{D}/tile/{path}", headers=headers)
        expected = {status} if path == "entries/000.p/3" else {status, 404}
        assert answer.status_code in expected


@pytest.mark.parametrize(
    "path", ["checkpoint", "tile/0/000", "tile/0/000.p/4", "tile/1/000.p/1", "tile/x", "tile/0/0"]
)
async def test_what_is_not_signed_yet_is_not_served(
    log: EventLog, notary: Notary, client: httpx.AsyncClient, path: str
) -> None:
    await write_signed(log, notary, [3])
    district = "yantian" if path == "checkpoint" else D
    answer = await client.get(f"/log/{district}/{path}")
    assert answer.status_code == 404
    assert answer.json()["title"] == "NotFound"


async def test_an_event_too_long_for_a_bundle_is_said_to_be(
    log: EventLog, notary: Notary, client: httpx.AsyncClient
) -> None:
    await log.append(D, [Write([event("a", 1, body=b"x" * 70_000)])])
    await notary.issue_due()
    answer = await client.get(f"/log/{D}/tile/entries/000.p/1", headers=as_(ActorRole.AUDITOR))
    assert answer.status_code == 404
    assert "64 KiB" in answer.json()["detail"]


async def test_without_a_key_there_are_no_public_keys(log: EventLog, pool: asyncpg.Pool) -> None:
    await write_events(log, 0, 3)
    async with served(pool, None) as client:
        assert (await client.get("/log/key")).text == ""


@pytest.mark.parametrize("at_once", [1, 2, 64, 65_536])
async def test_a_subtree_is_the_same_in_batches_of_any_size(
    log: EventLog, pool: asyncpg.Pool, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write_events(log, 0, 150)
    monkeypatch.setattr("eventlog.subtrees.LEAVES_AT_ONCE", at_once)
    leaves = [SHA256.leaf(one.body) for one in await log.read_after(D, 0)]
    subtrees = Subtrees(pool)
    for _ in range(2):
        for start, end in ((0, 150), (0, 128), (128, 150), (64, 128), (149, 150)):
            assert await subtrees.root(D, (start, end)) == root_of(leaves[start:end])


async def test_every_event_under_a_checkpoint_is_proven(
    log: EventLog, notary: Notary, pool: asyncpg.Pool
) -> None:
    await write_signed(log, notary, [37])
    await write_events(log, 37, 40)
    subtrees = Subtrees(pool)
    keys = KEY.verifiers([D])
    for one in await log.read_after(D, 0):
        evidence = await subtrees.evidence(D, one.position)
        if one.position > 37:
            assert evidence is None
        else:
            assert evidence is not None
            assert evidence.body == one.body
            assert evidence.verified(keys).size == 37
