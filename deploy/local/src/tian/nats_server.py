"""An embedded NATS server with JetStream, started with the project's own configuration file."""

import json
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import nats
import nats.errors

from tian.home import shipped
from tian.processes import Program

USER = "tian"


@dataclass(frozen=True)
class EmbeddedNats:
    """A NATS server on 127.0.0.1 that keeps its streams in one folder."""

    store: Path
    port: int
    password: str
    log: Path

    @property
    def url(self) -> str:
        return f"nats://{USER}:{self.password}@127.0.0.1:{self.port}"

    def program(self) -> Program:
        # NATS reads a variable as a piece of its configuration, so each is a quoted string.
        environment = {
            "NATS_LISTEN": json.dumps(f"127.0.0.1:{self.port}"),
            "NATS_STORE": json.dumps(str(self.store)),
            "NATS_PASSWORD": json.dumps(self.password),
        }
        return Program(
            name="消息服务 NATS ",
            name_en="The NATS server",
            command=(
                str(Path(sysconfig.get_path("scripts")) / "nats-server"),
                "--config",
                str(shipped("nats", "nats.conf")),
            ),
            log=self.log,
            ready=self.is_ready,
            environment=environment,
        )

    async def is_ready(self) -> bool:
        return await is_there(self.url)


async def is_there(url: str) -> bool:
    """Whether this NATS server can be connected to just now, at the first try."""
    try:
        connection = await nats.connect(
            url,
            error_cb=_keep_quiet,
            connect_timeout=2,
            max_reconnect_attempts=1,
            reconnect_time_wait=0,
        )
    except (OSError, TimeoutError, nats.errors.Error):
        return False
    await connection.close()
    return True


async def _keep_quiet(error: Exception) -> None:
    """The answer is that it is not there."""
