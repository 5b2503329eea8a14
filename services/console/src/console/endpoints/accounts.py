"""Local accounts from a TOML file: who may sign in, and in which capacity."""

import logging
import secrets
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Self

from anyio import CapacityLimiter, to_thread
from pwdlib import PasswordHash
from pydantic import BaseModel, ConfigDict, Field

from console.endpoints.guessing import Caller, Guesses
from contracts.identity import Actor
from contracts.vocabulary import ActorRole

CHECKS_AT_ONCE = 2
MOST_WAITING = 20
A_MOMENT = timedelta(seconds=2)
A_NAME_UNKNOWN = "(unknown)"  # not as it was typed: it may be a password in the wrong field

logger = logging.getLogger(__name__)


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


class HeldBack(Exception):
    """登录尝试过多，请稍后重试。 / Too many attempts to sign in: wait `pause`, and try again."""

    def __init__(self, pause: timedelta) -> None:
        super().__init__()
        self.pause = pause


class Door:
    """Lets a few passwords at a time be checked, and a few more wait."""

    def __init__(self, checks_at_once: int) -> None:
        self._limiter = CapacityLimiter(checks_at_once)
        self._inside = 0

    @property
    def is_full(self) -> bool:
        return self._inside >= self._limiter.total_tokens + MOST_WAITING

    async def check(self, is_right: Callable[[], bool]) -> bool:
        self._inside += 1
        try:
            return await to_thread.run_sync(is_right, limiter=self._limiter)
        finally:
            self._inside -= 1


@dataclass(frozen=True)
class Accounts:
    """All accounts, with the doors through which passwords go.

    Browsers that know the name have a door of their own: strangers do not fill it.
    """

    accounts: tuple[Account, ...]
    hasher: PasswordHash = field(default_factory=PasswordHash.recommended)
    door: Door = field(default_factory=lambda: Door(CHECKS_AT_ONCE))
    door_of_the_known: Door = field(default_factory=lambda: Door(CHECKS_AT_ONCE))
    guesses: Guesses = field(default_factory=Guesses)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read an accounts file. Raises tomllib.TOMLDecodeError or pydantic.ValidationError."""
        listed = AccountsFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        return cls(listed.accounts)

    def named(self, username: str) -> Account | None:
        return next((each for each in self.accounts if each.username == username), None)

    async def admit(
        self, username: str, password: str, caller: Caller, now: datetime
    ) -> Account | None:
        """The account, if the password is right. An unknown name takes as long as a wrong password.

        Raises HeldBack, and looks at nothing, after too many wrong guesses or while too many wait.
        """
        account = self.named(username)
        told = account.username if account else A_NAME_UNKNOWN
        door = self.door if caller.browser is None else self.door_of_the_known
        keys = caller.keys(username)
        pause = self.guesses.pause(keys, now) or (A_MOMENT if door.is_full else None)
        if pause:
            logger.warning("sign-in held back: account %s, address %s", told, caller.host)
            raise HeldBack(pause)
        noted = self.guesses.note(keys, now)
        if await door.check(partial(self._is_right, account, password)):
            self.guesses.take_back(noted)
            return account
        logger.warning("sign-in failed: account %s, address %s", told, caller.host)
        return None

    def _is_right(self, account: Account | None, password: str) -> bool:
        nobodys = self._hash_of_nobody  # made for known names too, so that the first one is alike
        return self.hasher.verify(password, account.password_hash if account else nobodys)

    @cached_property
    def _hash_of_nobody(self) -> str:
        return self.hasher.hash(secrets.token_hex())
