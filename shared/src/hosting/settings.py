"""What every service reads from its environment; any value may stand in a file named by `*_FILE`."""

import os
from pathlib import Path
from typing import Any, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from eventlog.proving.keys import DEFAULT_ORIGIN, LogKey
from eventlog.proving.notes import VerifierKey
from eventlog.relay import LEAD_WHILE_HEARD_SECONDS


class FileSettings(BaseSettings):
    """Settings that are secrets: `NAME_FILE` names a file that holds the value of `NAME`."""

    model_config = SettingsConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def read_files(cls, values: dict[str, Any]) -> dict[str, Any]:
        for name in cls.model_fields:
            path = os.environ.get(f"{name.upper()}_FILE")
            if path and name not in values:
                values[name] = Path(path).read_text(encoding="utf-8").strip()
        return values


class ServiceSettings(FileSettings):
    """Where a service finds its database, its transport, the public key and the directories."""

    database_url: str
    nats_url: str = "nats://127.0.0.1:4222"
    tian_public_key: str = Field(description="Ed25519 public key, a JWK in JSON")
    tian_districts: Path = Path("deploy/districts")
    tian_log_key: str | None = Field(
        None, description="Ed25519 private key in PEM that signs checkpoints; without it none are"
    )
    tian_log_origin: str = Field(
        DEFAULT_ORIGIN, description="Name of this place; a log's name is this and its district"
    )
    tian_log_sm3: bool = Field(
        default=False, description="Sign each log a second time, as a tree under SM3 (国密)"
    )
    tian_log_witnesses: str = Field(
        "", description="Public keys of the witnesses whose cosignatures are kept, one a line"
    )
    database_connections: int = 8
    relay_groups: int = 1
    relay_heard_seconds: int = Field(
        LEAD_WHILE_HEARD_SECONDS, description="A relay not heard of for so long loses the lead"
    )

    @property
    def log_key(self) -> LogKey | None:
        """The key that signs checkpoints. Raises NotALogKey."""
        if not self.tian_log_key:
            return None
        return LogKey.read(self.tian_log_key, self.tian_log_origin)

    @property
    def witnesses(self) -> list[VerifierKey]:
        """The witnesses that are known here. Raises ValueError for a key that is none."""
        return [VerifierKey.parse(line) for line in self.tian_log_witnesses.split()]

    @model_validator(mode="after")
    def leaves_connections_to_work_with(self) -> Self:
        if self.relay_groups * 2 > self.database_connections:
            message = "each relay group holds a connection: set DATABASE_CONNECTIONS to twice RELAY_GROUPS or more"
            raise ValueError(message)
        return self
