"""Runs evaluation: `python -m evaluation`."""

import uvloop

from evaluation.app import running
from evaluation.settings import Settings
from hosting.serving import serve


def main() -> None:
    settings = Settings()
    uvloop.run(
        serve("evaluation", running(settings), settings.evaluation_host, settings.evaluation_port)
    )


if __name__ == "__main__":
    main()
