"""Where everything of one machine lies: `.tian` for the data, `deploy` for what the project ships."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tian.failures import AlreadyRunning


@dataclass(frozen=True)
class Home:
    """The data folder; deleting it deletes everything that the local system knows."""

    folder: Path

    @classmethod
    def from_environment(cls) -> "Home":
        return cls(Path(os.environ.get("TIAN_HOME", ".tian")).absolute())

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def nats(self) -> Path:
        return self.folder / "nats"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def private_key(self) -> Path:
        return self.folder / "keys" / "private.jwk"

    @property
    def public_key(self) -> Path:
        return self.folder / "keys" / "public.jwk"

    @property
    def log_key(self) -> Path:
        return self.folder / "keys" / "log.pem"

    @property
    def accounts(self) -> Path:
        return self.folder / "accounts.toml"

    @property
    def run_file(self) -> Path:
        return self.folder / "run.json"

    def create(self) -> None:
        for folder in (self.folder, self.nats, self.logs, self.private_key.parent):
            folder.mkdir(parents=True, exist_ok=True)
        self.private_key.parent.chmod(0o700)

    def delete(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def password(self, name: str) -> str:
        """A password made the first time it is asked for. It begins with a letter for NATS's sake."""
        file = self.folder / "keys" / f"{name}-password"
        if not file.exists():
            write_private(file, "p" + secrets.token_hex(16))
        return file.read_text()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold this home alone. The lock goes with the process, however that ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                lock.seek(0)
                raise AlreadyRunning(home=self.folder, pid=lock.read().strip()) from error
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    draft = file.with_name(file.name + ".new")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)


def shipped(*parts: str) -> Path:
    """A file or folder below `deploy`, which TIAN_DEPLOY may move."""
    checkout = Path(__file__).resolve().parents[3]
    return Path(os.environ.get("TIAN_DEPLOY", checkout)).joinpath(*parts)
