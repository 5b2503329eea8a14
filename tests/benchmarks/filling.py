"""Fills a log without the services: the same rows, indexes and hashes that appends leave."""

from pathlib import Path

import asyncpg

from tests.benchmarks.payload import EVENTS_PER_STREAM, TEXT, TYPE
from tian.language import either
from tian.progress import Bar

CHUNK = 50_000
FILL = Path(__file__).with_name("fill.sql").read_text(encoding="utf-8")


async def fill(url: str, district: str, events: int) -> None:
    """Bring a district's log to so many events, and the server to rest."""
    connection = await asyncpg.connect(url)
    try:
        with Bar(either("填充日志", "Filling the log")) as bar:
            for first in range(0, events, CHUNK):
                some = min(CHUNK, events - first)
                await connection.execute(
                    FILL, district, some, EVENTS_PER_STREAM, TYPE, TEXT, timeout=600
                )
                bar.advance(some, events)
        await connection.execute("vacuum (analyze) log.event")
        await connection.execute("checkpoint")
    finally:
        await connection.close()
