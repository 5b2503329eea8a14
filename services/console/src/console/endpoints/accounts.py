"""Local accounts from a TOML file: who may sign in, and in which capacity."""

import secrets
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self

from anyio import CapacityLimiter, to_thread
from pwdlib import PasswordHash
from pydantic import BaseModel, ConfigDict, Field

from contracts.identity import Actor
from contracts.vocabulary import ActorRole

CHECKS_AT_ONCE = 2


class Account(BaseModel):
    """A person who may sign in, and what the person's token will say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    username: str = Field(min_length=1)
    name: str = Field(min_length=1)
    role: ActorRole
    district: str
    unit: str | None = None
    also_reads: tuple[str, ...] = ()
    password_hash: str = Field(pattern=r"^\$argon2")

    @property
    def actor(self) -> Actor:
        return Actor(
            subject=self.username,
            name=self.name,
            role=self.role,
            district=self.district,
            unit=self.unit,
            also_reads=self.also_reads,
        )


class AccountsFile(BaseModel):
    """The file as a whole."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    accounts: tuple[Account, ...]


@dataclass(frozen=True)
class Accounts:
    """All accounts, with the one door through which a password goes."""

    accounts: tuple[Account, ...]
    hasher: PasswordHash = field(default_factory=PasswordHash.recommended)
    door: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(CHECKS_AT_ONCE))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read an accounts file. Raises tomllib.TOMLDecodeError or pydantic.ValidationError."""
        listed = AccountsFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        return cls(listed.accounts)

    async def admit(self, username: str, password: str) -> Account | None:
        """The account, if the password is right. An unknown name takes as long as a wrong password."""
        account = next((each for each in self.accounts if each.username == username), None)
        is_right = await to_thread.run_sync(self._is_right, account, password, limiter=self.door)
        return account if is_right else None

    def _is_right(self, account: Account | None, password: str) -> bool:
        nobodys = self._hash_of_nobody  # made for known names too, so that the first one is alike
        return self.hasher.verify(password, account.password_hash if account else nobodys)

    @cached_property
    def _hash_of_nobody(self) -> str:
        return self.hasher.hash(secrets.token_hex())
