"""Runs assignment: `python -m assignment`."""

import uvloop

from assignment.app import running
from assignment.settings import Settings
from hosting.serving import serve


def main() -> None:
    settings = Settings()
    uvloop.run(
        serve("assignment", running(settings), settings.assignment_host, settings.assignment_port)
    )


if __name__ == "__main__":
    main()
