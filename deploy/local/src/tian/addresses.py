"""Where the services are and with which key tokens are signed: from the environment, or the run."""

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from contracts.identity import ALL_DISTRICTS, Actor, issue_token
from contracts.vocabulary import ActorRole
from tian.failures import AddressMissing, FileMissing, NoKey, NotRunning
from tian.home import Home
from tian.run_record import running
from tian.services import SERVICES

TOKEN_HOURS = 12


@dataclass(frozen=True)
class Addresses:
    """The services' addresses and the private key of the place they run in."""

    urls: dict[str, str]
    private_key: str

    def token(self, role: ActorRole, district: str = ALL_DISTRICTS, unit: str | None = None) -> str:
        """A token with which the terminal acts in this role."""
        actor = Actor(
            subject=f"terminal-{role.value}",
            name=f"终端·{role.chinese}",
            role=role,
            district=district,
            unit=unit,
        )
        now = datetime.fromtimestamp(time.time(), UTC)
        return issue_token(actor, self.private_key, at=now, valid=timedelta(hours=TOKEN_HOURS))


def find_addresses(home: Home) -> Addresses:
    """INTAKE_URL and its like, when they are set; otherwise those of the system that runs here.

    Raises AddressMissing, NotRunning or NoKey.
    """
    named = {name: os.environ.get(f"{name.upper()}_URL", "") for name in SERVICES}
    if named["intake"]:
        missing = next((name for name, url in named.items() if not url), None)
        if missing:
            raise AddressMissing(variable=f"{missing.upper()}_URL")
        return Addresses(named, read_private_key(home))
    record = running(home)
    if record is None:
        raise NotRunning
    return Addresses(record.urls, read_private_key(home))


def read_private_key(home: Home) -> str:
    if key := os.environ.get("TIAN_PRIVATE_KEY"):
        return key
    named = os.environ.get("TIAN_PRIVATE_KEY_FILE")
    file = Path(named) if named else home.private_key
    if named and not file.exists():
        raise FileMissing(path=file)
    if not file.exists():
        raise NoKey
    return file.read_text(encoding="utf-8")
