"""Run the console: `python -m console`."""

import uvicorn

from console.app import create_app
from console.settings import Settings


def main() -> None:
    settings = Settings()  # type: ignore[call-arg]  # its fields come from the environment
    uvicorn.run(create_app(settings), host=settings.console_host, port=settings.console_port)


if __name__ == "__main__":
    main()
