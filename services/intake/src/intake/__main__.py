"""Runs intake: `python -m intake`."""

import uvloop

from hosting.serving import serve
from intake.app import running
from intake.settings import Settings


def main() -> None:
    settings = Settings()
    uvloop.run(serve("intake", running(settings), settings.intake_host, settings.intake_port))


if __name__ == "__main__":
    main()
