"""The sample year as somebody takes it away: a bundle, a receipt, and no database to ask."""

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from contracts.receipt import Receipt, read_receipt
from eventlog.notary import Notary
from eventlog.proving.keys import LogKey, new_log_key
from tests.journeys.conftest import SAMPLE, Town

TIAN = Path(sysconfig.get_path("scripts")) / "tian"

# Every socket that this process would connect, and every name it would look up, ends it.
NO_NETWORK = """
import sys
def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"}:
        sys.stderr.write(f"FORBIDDEN {event} {arguments}\\n")
        sys.stderr.flush()
        import os
        os._exit(99)
sys.addaudithook(refuse)
from tian.cli import main
main()
"""


@dataclass(frozen=True)
class TakenAway:
    """A bundle and a receipt in a folder, and the key that signed the log."""

    folder: Path
    bundle: Path
    file: Path
    key: str

    @property
    def receipt(self) -> Receipt:
        return read_receipt(self.file.read_bytes())

    def tian(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """The command where nothing can be connected to, not even by accident."""
        environment = {
            "PATH": os.environ["PATH"],
            "TIAN_HOME": str(self.folder / "nobody"),
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        }
        return subprocess.run(
            [sys.executable, "-c", NO_NETWORK, *map(str, arguments)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )


async def take_away(town: Town, database: str, folder: Path) -> TakenAway:
    """Play the sample year, sign its log, and take bundle and receipt away."""
    await town.adopt_rulebook()
    await town.import_ledger(SAMPLE.read_bytes())
    claim = {"year": 2024, "figure": "bonus", "claimed": "10", "source": "办理工作总结"}
    await town.done("evaluation", "claim-figure", claim)
    pem = new_log_key()
    async with asyncpg.create_pool(database, min_size=1, max_size=2) as pool:
        await Notary(pool, LogKey.read(pem, "tian.local/log")).issue_due()
    answer = await town.evaluation.get(
        f"/districts/{town.district}/years/2024/figures/receipt", headers=town.as_()
    )
    assert answer.status_code == 200, answer.text
    home, file, bundle = folder / "home", folder / "receipt.json", folder / "longgang.zip"
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "log.pem").write_text(pem)
    file.write_bytes(answer.content)
    exported = subprocess.run(  # noqa: ASYNC221  the town has nothing to do meanwhile
        [TIAN, "export", "--district", town.district, "--out", bundle],
        env={"PATH": os.environ["PATH"], "TIAN_HOME": str(home), "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert exported.returncode == 0, exported.stderr
    key = LogKey.read(pem, "tian.local/log").signer(town.district).verifier
    return TakenAway(folder, bundle, file, str(key))
