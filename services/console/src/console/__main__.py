"""Runs the console: `python -m console`."""

import uvloop

from console.app import running
from console.settings import Settings
from hosting.serving import serve


def main() -> None:
    settings = Settings()
    uvloop.run(serve("console", running(settings), settings.console_host, settings.console_port))


if __name__ == "__main__":
    main()
