"""Runs evaluation: `python -m evaluation`."""

import asyncio

from evaluation.app import running
from evaluation.settings import Settings
from hosting.process import serve


def main() -> None:
    settings = Settings()
    asyncio.run(
        serve("evaluation", running(settings), settings.evaluation_host, settings.evaluation_port)
    )


if __name__ == "__main__":
    main()
