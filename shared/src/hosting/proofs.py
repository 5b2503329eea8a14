"""The proofs of a log over HTTP: signed checkpoint, tiles and keys, as C2SP tlog-tiles says."""

import asyncpg
from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response

from contracts.vocabulary import ActorRole
from eventlog.log import STATEMENTS
from eventlog.proving.hashing import SHA256
from eventlog.proving.keys import LogKey
from eventlog.proving.tiles import EntryTooLong, Tile, entry_bundle
from eventlog.subtrees import Subtrees
from hosting.problems import NotFound
from hosting.signing import SignedIn, require_role

CHANGES_EVERY_SECOND = {"Cache-Control": "no-cache"}
NEVER_CHANGES = {"Cache-Control": "public, max-age=31536000, immutable"}
NEVER_CHANGES_FOR_THEM = {"Cache-Control": "private, max-age=31536000, immutable"}
MAY_READ_ENTRIES = frozenset({ActorRole.AUDITOR, ActorRole.OPERATOR, ActorRole.SUPERVISION})


def proof_routes(pool: asyncpg.Pool, key: LogKey | None) -> APIRouter:
    """Hashes and signatures are for everybody: a witness has no account. Events are not."""
    router = APIRouter(prefix="/log", tags=["proof"])
    subtrees = Subtrees(pool)

    @router.get("/key")
    async def public_keys() -> PlainTextResponse:
        rows = await pool.fetch(STATEMENTS["districts"])
        keys = key.verifiers([row["district"] for row in rows]) if key else []
        return PlainTextResponse("".join(f"{each}\n" for each in keys))

    @router.get("/{district}/checkpoint")
    async def checkpoint(district: str) -> PlainTextResponse:
        row = await pool.fetchrow(STATEMENTS["last_signed_checkpoint"], district, SHA256.name)
        if row is None:
            raise NotFound(f"{district} 的检查点", f"checkpoint of {district}")
        return PlainTextResponse(row["note"], headers=CHANGES_EVERY_SECOND)

    @router.get("/{district}/tile/entries/{path:path}")
    async def entries(district: str, path: str, actor: SignedIn) -> Response:
        require_role(actor, MAY_READ_ENTRIES)
        tile = await _tile_signed(pool, district, f"entries/{path}")
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

    @router.get("/{district}/tile/{path:path}")
    async def hashes(district: str, path: str) -> Response:
        tile = await _tile_signed(pool, district, path)
        return _octets(await subtrees.tile(district, tile), NEVER_CHANGES)

    return router


async def _tile_signed(pool: asyncpg.Pool, district: str, path: str) -> Tile:
    """The tile of a path, if the newest checkpoint covers it."""
    row = await pool.fetchrow(STATEMENTS["last_signed_checkpoint"], district, SHA256.name)
    try:
        tile = Tile.parse(path)
    except ValueError as error:
        raise NotFound(f"块 {path}", f"tile {path}") from error
    if row is None or not tile.is_in(row["size"]):
        raise NotFound(f"块 {path}", f"tile {path}")
    return tile


def _octets(content: bytes, headers: dict[str, str]) -> Response:
    return Response(content, media_type="application/octet-stream", headers=headers)
