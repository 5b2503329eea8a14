"""What a demo needs to sign in: the key that signs tokens, and one account for each role."""

import os
from dataclasses import dataclass
from pathlib import Path

from pwdlib import PasswordHash

from contracts.directory import read_district
from contracts.identity import ALL_DISTRICTS, new_key, public_part
from contracts.vocabulary import ActorRole
from eventlog.proving.keys import new_log_key
from tian.home import shipped, write_private

DEMO_PASSWORD = "tian-demo"  # noqa: S105 - printed on the screen and good on 127.0.0.1 only
DEMO_DISTRICT = "longgang"
# They lead and hand in cases of the sample year, so both find something to do.
DEMO_UNIT = "龙岗区科技创新局"
DEMO_PROPOSER = "游宇"


@dataclass(frozen=True)
class DemoAccount:
    """Somebody who may sign in to the console of the demo."""

    role: ActorRole
    name: str
    district: str = DEMO_DISTRICT
    called: str = ""

    @property
    def username(self) -> str:
        return self.called or self.role.value


DEMO_ACCOUNTS = (
    DemoAccount(ActorRole.SUPERVISION, "演示·督查室"),
    DemoAccount(ActorRole.UNIT, "演示·承办单位"),
    DemoAccount(ActorRole.COMMITTEE, "演示·提案委"),
    DemoAccount(ActorRole.PROPOSER, DEMO_PROPOSER),
    DemoAccount(ActorRole.LEADER, "演示·领导"),
    DemoAccount(ActorRole.LEADER, "演示·市级领导", ALL_DISTRICTS, called="city"),
    DemoAccount(ActorRole.AUDITOR, "演示·审计"),
    DemoAccount(ActorRole.OPERATOR, "演示·运维", ALL_DISTRICTS),
)


def make_keys(private_key: Path, public_key: Path) -> None:
    """Make the key pair once; whoever holds the private one may say who acts."""
    if not private_key.exists():
        write_private(private_key, new_key())
    write_private(public_key, public_part(private_key.read_text(encoding="utf-8")))


def make_log_key(log_key: Path) -> bool:
    """Make the key that signs checkpoints once; true when it was made now."""
    if log_key.exists():
        return False
    write_private(log_key, new_log_key())
    return True


def make_accounts(accounts: Path) -> None:
    """Write the accounts file the first time; afterwards it belongs to whoever edits it."""
    if accounts.exists():
        return
    # One hash for all: they share one password, and hashing is slow on purpose.
    hashed = PasswordHash.recommended().hash(DEMO_PASSWORD)
    unit = demo_unit()
    tables = (_table(account, hashed, unit) for account in DEMO_ACCOUNTS)
    heading = "# Accounts of the demo. They share one password, which is printed on the screen.\n"
    write_private(accounts, heading + "".join(tables))


def make_secrets(
    public_folder: Path, signing_folder: Path, log_folder: Path | None, owner: int
) -> Path | None:
    """Put each secret into the folder of those who may read it; returns the key of the log.

    The public key is for all, what is for signing in for the console, the key of the log for the
    services that sign checkpoints.
    """
    files = (
        signing_folder / "private.jwk",
        public_folder / "public.jwk",
        signing_folder / "accounts.toml",
    )
    make_keys(files[0], files[1])
    make_accounts(files[2])
    log_key = log_folder / "log.pem" if log_folder else None
    if log_key is not None:
        make_log_key(log_key)
    for file in (*files, *([log_key] if log_key else [])):
        os.chown(file, owner, -1)
    return log_key


def demo_unit() -> str:
    """The unit for which the demo's clerk acts; the first own one where the directory was changed."""
    file = shipped("districts", f"{DEMO_DISTRICT}.toml")
    district = read_district(file.read_text(encoding="utf-8"))
    own = [unit.name for unit in district.units if unit.own]
    return DEMO_UNIT if DEMO_UNIT in own else own[0]


def _table(account: DemoAccount, hashed: str, unit: str) -> str:
    lines = [
        "",
        "[[accounts]]",
        f'username = "{account.username}"',
        f'name = "{account.name}"',
        f'role = "{account.role.value}"',
        f'district = "{account.district}"',
        f'password_hash = "{hashed}"',
    ]
    if account.role is ActorRole.UNIT:
        lines.append(f'unit = "{unit}"')
    return "\n".join(lines) + "\n"
