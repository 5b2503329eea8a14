"""Taking a log out of the database, up to its newest checkpoint, into a bundle."""

import json
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass

import asyncpg

from eventlog.bundles.layout import (
    ABOUT,
    BYTES_A_FILE,
    CHECKPOINTS_A_FILE,
    EVENTS_A_FILE,
    KEYS,
    Place,
    about_content,
    events_content,
    events_file,
)
from eventlog.bundles.writing import BundleWriter, Tiling
from eventlog.log import STATEMENTS
from eventlog.proving.checkpoints import Checkpoint
from eventlog.proving.hashing import HASHINGS, SHA256, TreeHash
from eventlog.proving.notes import Note, VerifierKey
from eventlog.proving.tiles import hashes_in

BIGGEST = 2**63 - 1

Report = Callable[[int, int], None]
Derive = Callable[[int, bytes], tuple[str, bytes] | None]


class NothingSigned(Exception):
    """A district has no signed checkpoint yet, so there is nothing that a bundle could prove."""


@dataclass(frozen=True)
class Enclosed:
    """What goes into a bundle besides the log.

    `derive` may make a file of its own of an event, from its position and bytes.
    """

    files: Iterable[tuple[str, bytes]]
    keys: list[VerifierKey]
    derive: Derive


class Exporter:
    """Writes the log of one district, in one snapshot, with memory that does not grow with it."""

    def __init__(
        self,
        connection: asyncpg.Connection,
        district: str,
        writer: BundleWriter,
        report: Report,
    ) -> None:
        self._connection = connection
        self._district = district
        self._writer = writer
        self._report = report

    async def export(self, enclosed: Enclosed) -> Checkpoint:
        """Write everything that is signed. Raises NothingSigned."""
        async with self._connection.transaction(isolation="repeatable_read", readonly=True):
            rows = await self._connection.fetch(STATEMENTS["trees_signed"], self._district)
            signed = {row["hashing"]: row["size"] for row in rows}
            if SHA256.name not in signed:
                raise NothingSigned
            await self._write_events(signed[SHA256.name], enclosed.derive)
            notes = {name: await self._write_tree(HASHINGS[name]) for name in sorted(signed)}
        newest = notes[SHA256.name]
        checkpoint = Checkpoint.parse(Note.parse(newest).text)
        self._enclose(enclosed, newest, checkpoint)
        return checkpoint

    def _enclose(self, enclosed: Enclosed, newest: str, checkpoint: Checkpoint) -> None:
        manifest: dict[str, object] = {
            "district": self._district,
            "events": checkpoint.size,
            "origin": checkpoint.origin,
        }
        keys = "".join(f"{key}\n" for key in enclosed.keys)
        for name, content in enclosed.files:
            self._writer.add(name, content)
        self._writer.add(KEYS, keys.encode())
        self._writer.add(ABOUT, about_content(manifest, list(self._writer.files), newest, keys))
        self._writer.finish(manifest)

    async def _write_events(self, size: int, derive: Derive) -> None:
        first, waiting, length = 1, list[bytes](), 0
        async for position, body in self._events(size):
            waiting.append(body)
            length += len(body)
            if (derived := derive(position, body)) is not None:
                self._writer.add(*derived)
            if len(waiting) == EVENTS_A_FILE or length >= BYTES_A_FILE:
                self._write_some(first, waiting, size)
                first, waiting, length = first + len(waiting), [], 0
        if waiting:
            self._write_some(first, waiting, size)

    def _write_some(self, first: int, bodies: list[bytes], size: int) -> None:
        self._writer.add(events_file(first), events_content(first, bodies))
        self._report(len(bodies), size)

    async def _events(self, size: int) -> AsyncIterator[tuple[int, bytes]]:
        for start in range(1, size + 1, EVENTS_A_FILE):
            end = min(start + EVENTS_A_FILE - 1, size)
            rows = await self._connection.fetch(STATEMENTS["bodies"], self._district, start, end)
            for row in rows:
                yield row["position"], row["body"]

    async def _write_tree(self, hashing: TreeHash) -> str:
        """Write the checkpoints of a tree, and its tiles as they were signed; returns the newest."""
        place = Place(hashing)
        tiling = Tiling(
            hashing, lambda tile, content: self._writer.add(place.tile(tile.path), content)
        )
        above, note = 0, ""
        while rows := await self._connection.fetch(
            STATEMENTS["checkpoints_between"],
            *(self._district, hashing.name, above, BIGGEST, CHECKPOINTS_A_FILE),
        ):
            lines: list[str] = []
            cosigned = await self._cosignatures(hashing, above, rows[-1]["size"])
            for row in rows:
                note = row["note"] + cosigned.get(row["size"], "")
                lines.append(
                    json.dumps({"size": row["size"], "note": note}, ensure_ascii=False) + "\n"
                )
                tiling.add(hashes_in(row["leaves"]))
            self._writer.add(place.checkpoints(rows[0]["size"]), "".join(lines).encode())
            above = rows[-1]["size"]
        tiling.finish()
        return note

    async def _cosignatures(self, hashing: TreeHash, above: int, up_to: int) -> dict[int, str]:
        lines: dict[int, str] = {}
        of = self._district, hashing.name, above, up_to
        for row in await self._connection.fetch(STATEMENTS["cosignatures_between"], *of):
            lines[row["size"]] = lines.get(row["size"], "") + row["line"] + "\n"
        return lines
