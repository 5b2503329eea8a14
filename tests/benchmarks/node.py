"""Brings the peers that are npm packages, in the versions that peers/package.json names."""

import asyncio
import shutil
from pathlib import Path

from tests.benchmarks.measuring import Place, Unavailable

PEERS = Path(__file__).with_name("peers")
NO_NODE = (
    "没有 Node.js 和 npm，跳过 npm 上的对手 / no Node.js and npm here: peers on npm are left out"
)


async def modules(place: Place) -> Path:
    """The folder of the installed packages. Raises Unavailable."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise Unavailable(NO_NODE)
    folder = place.cache / "node"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = PEERS / "package.json"
    here = folder / "package.json"
    if not (folder / "node_modules").is_dir() or here.read_bytes() != wanted.read_bytes():
        shutil.copy(wanted, here)
        await command("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", at=folder)
    return folder / "node_modules"


async def command(*words: str, at: Path) -> str:
    """Run a command and return what it says. Raises Unavailable."""
    process = await asyncio.create_subprocess_exec(
        *words, cwd=at, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    told, complaints = await process.communicate()
    if process.returncode:
        raise Unavailable(f"{words[0]}: {complaints.decode(errors='replace').strip()[-500:]}")
    return told.decode()
