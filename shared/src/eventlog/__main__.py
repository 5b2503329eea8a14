"""The deployment step: `python -m eventlog` migrates the database and declares the stream."""

import asyncio
import os
import sys

import nats

from eventlog.migrating import migrate
from eventlog.transport import STREAM, ensure_stream


async def deploy(database_url: str, nats_url: str, replicas: int) -> None:
    applied = await migrate(database_url)
    print("\n".join(applied) or "schema is up to date")  # noqa: T201
    client = await nats.connect(nats_url)
    await ensure_stream(client.jetstream(), replicas)
    await client.close()
    print(f"stream {STREAM} is declared")  # noqa: T201


def main() -> None:
    try:
        database_url, nats_url = os.environ["DATABASE_URL"], os.environ["NATS_URL"]
    except KeyError as missing:
        sys.exit(f"set {missing.args[0]} first")
    asyncio.run(deploy(database_url, nats_url, int(os.environ.get("NATS_REPLICAS", "1"))))


if __name__ == "__main__":
    main()
