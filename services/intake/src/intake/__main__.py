"""Runs intake: `python -m intake`."""

import asyncio

from hosting.process import serve
from intake.app import running
from intake.settings import Settings


def main() -> None:
    settings = Settings()
    asyncio.run(serve("intake", running(settings), settings.intake_host, settings.intake_port))


if __name__ == "__main__":
    main()
