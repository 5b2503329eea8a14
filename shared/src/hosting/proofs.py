"""The public side of a log: checkpoints, tiles and keys, for whoever wants to verify us."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse

from contracts.refusal import Refused
from contracts.vocabulary import ActorRole
from eventlog.cosigning import NotOurCheckpoint, keep_cosignatures, with_cosignatures
from eventlog.log import STATEMENTS, Connection
from eventlog.proving.hashing import SHA256, SM3, TreeHash
from eventlog.proving.keys import LogKey
from eventlog.proving.notes import NoteRefused, VerifierKey
from eventlog.proving.tiles import WIDTH, EntryTooLong, Tile, entry_bundle
from eventlog.subtrees import Subtrees
from hosting.problems import NotFound
from hosting.signing import SignedIn, require_role

CHANGES_EVERY_SECOND = {"Cache-Control": "no-cache"}
CHANGES_SELDOM = {"Cache-Control": "public, max-age=300"}
NEVER_CHANGES = {"Cache-Control": "public, max-age=31536000, immutable"}
# A partial tile never changes either, but nobody asks for it again once the log has grown.
SOON_OF_NO_USE = {"Cache-Control": "public, max-age=3600, immutable"}
NEVER_CHANGES_FOR_THEM = {"Cache-Control": "private, max-age=31536000, immutable"}
MAY_READ_ENTRIES = frozenset({ActorRole.AUDITOR, ActorRole.OPERATOR, ActorRole.SUPERVISION})
AT_ONCE = 2
WAITING_AT_MOST = 64


class Octets(Response):
    """Bytes of no other type."""

    media_type = "application/octet-stream"


class NotWitnessed(Refused):
    """检查点上没有本系统所知见证方的有效签名：{reason}。请核对见证方公钥是否已登记。"""

    english = (
        "No witness known here has validly signed this checkpoint: {reason_en}. "
        "See whether the key of the witness is registered."
    )


class NeverIssued(Refused):
    """本日志没有签发过这个检查点。请重新读取检查点后再见证。"""

    english = "This log never issued that checkpoint. Read the checkpoint again and witness it."


class TwoHistories(Refused):
    """这个检查点有本日志的签名，却不是本日志签发的：日志可能出示过两种历史。请保存它并报告监督部门。"""

    english = (
        "The checkpoint bears the signature of this log, which did not issue it: the log may have "
        "shown two histories. Keep it, and tell those who supervise."
    )


class Turns:
    """Whoever asks for hashes without an account shares a few turns, so that the office's work has the rest.

    How often one address may ask is for the proxy in front to say.
    """

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Raises HTTPException (503) when too many wait already."""
        if self._waiting >= WAITING_AT_MOST:
            raise HTTPException(
                503,
                "查询哈希的人太多，请稍后再试。 / Too many ask for hashes; try again shortly.",
                {"Retry-After": "2"},
            )
        self._waiting += 1
        try:
            async with self._free:
                yield
        finally:
            self._waiting -= 1


def proof_routes(
    pool: asyncpg.Pool,
    key: LogKey | None,
    witnesses: Sequence[VerifierKey] = (),
    hashings: Sequence[TreeHash] = (SHA256,),
) -> APIRouter:
    """Hashes and signatures are for everybody: a witness has no account. Events are not."""
    router = APIRouter(prefix="/log", tags=["proof"])

    @router.get("/key", response_class=PlainTextResponse)
    async def public_keys() -> PlainTextResponse:
        districts = [row["district"] for row in await pool.fetch(STATEMENTS["districts"])]
        keys = key.verifiers(districts, hashings) if key else []
        text = "".join(f"{each}\n" for each in keys)
        return PlainTextResponse(text, headers=CHANGES_SELDOM)

    @router.get("/{district}/tile/entries/{path:path}", response_class=Octets)
    async def entries(district: str, path: str, actor: SignedIn) -> Response:
        require_role(actor, MAY_READ_ENTRIES)
        tile = await _tile_signed(pool, (district, SHA256), f"entries/{path}")
        start, end = tile.ranges()[0][0] + 1, tile.ranges()[-1][1]
        rows = await pool.fetch(STATEMENTS["bodies"], district, start, end)
        try:
            bundle = entry_bundle([row["body"] for row in rows])
        except EntryTooLong as error:
            raise NotFound(
                f"条目包 {path}（有事件超过 64 KiB，请用事件接口读取）",
                f"entry bundle {path} (an event in it is longer than 64 KiB)",
            ) from error
        return _octets(bundle, NEVER_CHANGES_FOR_THEM)

    turns = Turns()
    _add_tree(router, Subtrees(pool, SM3), turns, "/sm3")
    _add_tree(router, Subtrees(pool), turns, "")
    _add_witness(router, pool, key, witnesses)
    return router


def _add_tree(router: APIRouter, subtrees: Subtrees, turns: "Turns", prefix: str) -> None:
    """One tree of each log: `/log/{district}` under SHA-256, `/log/sm3/{district}` under SM3."""
    pool, hashing = subtrees.database, subtrees.hashing

    @router.get(prefix + "/{district}/checkpoint", response_class=PlainTextResponse)
    async def checkpoint(district: str) -> PlainTextResponse:
        return await _checkpoint(pool, (district, hashing), "last_signed_checkpoint")

    @router.get(prefix + "/{district}/checkpoint/witnessed", response_class=PlainTextResponse)
    async def witnessed(district: str) -> PlainTextResponse:
        return await _checkpoint(pool, (district, hashing), "last_cosigned")

    @router.get(prefix + "/{district}/tile/{path:path}", response_class=Octets)
    async def hashes(district: str, path: str) -> Response:
        async with turns.taken():
            tile = await _tile_signed(pool, (district, hashing), path)
            content = await subtrees.tile(district, tile)
        return _octets(content, NEVER_CHANGES if tile.width == WIDTH else SOON_OF_NO_USE)


def _add_witness(
    router: APIRouter, pool: asyncpg.Pool, key: LogKey | None, witnesses: Sequence[VerifierKey]
) -> None:
    async def keep(district: str, hashing: TreeHash, request: Request) -> Response:
        document = (await request.body()).decode(errors="replace")
        place = district, hashing
        try:
            names = await keep_cosignatures(pool, place, document, witnesses, key)
        except NoteRefused as error:
            raise NotWitnessed(reason=error.chinese, reason_en=error.english) from error
        except NotOurCheckpoint as error:
            raise (TwoHistories if error.is_signed_by_us else NeverIssued) from error
        return PlainTextResponse("".join(f"{name}\n" for name in names))

    @router.post("/sm3/{district}/witness", response_class=PlainTextResponse)
    async def keep_sm3(district: str, request: Request) -> Response:
        return await keep(district, SM3, request)

    @router.post("/{district}/witness", response_class=PlainTextResponse)
    async def keep_sha256(district: str, request: Request) -> Response:
        return await keep(district, SHA256, request)


async def _checkpoint(
    pool: "asyncpg.Pool | Connection", place: tuple[str, TreeHash], statement: str
) -> PlainTextResponse:
    district, hashing = place
    row = await pool.fetchrow(STATEMENTS[statement], district, hashing.name)
    if row is None:
        raise NotFound(f"{district} 的检查点", f"checkpoint of {district}")
    note = await with_cosignatures(pool, place, row["size"], row["note"])
    return PlainTextResponse(note, headers=CHANGES_EVERY_SECOND)


async def _tile_signed(
    pool: "asyncpg.Pool | Connection", place: tuple[str, TreeHash], path: str
) -> Tile:
    """The tile of a path, if the newest checkpoint covers it."""
    district, hashing = place
    row = await pool.fetchrow(STATEMENTS["last_signed_checkpoint"], district, hashing.name)
    try:
        tile = Tile.parse(path)
    except ValueError as error:
        raise NotFound(f"块 {path}", f"tile {path}") from error
    if row is None or not tile.is_in(row["size"]):
        raise NotFound(f"块 {path}", f"tile {path}")
    return tile


def _octets(content: bytes, headers: dict[str, str]) -> Response:
    return Octets(content, headers=headers)
