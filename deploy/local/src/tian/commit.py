"""Which commit of the repository this is, as far as git on this machine says."""

import os
import shutil
import subprocess
from functools import cache

from tian.home import shipped

PATIENCE_SECONDS = 5.0


@cache
def commit_here() -> str:
    """TIAN_COMMIT, or what git says, with "-dirty" where files differ; empty where neither does."""
    if named := os.environ.get("TIAN_COMMIT"):
        return named
    git = shutil.which("git")
    folder = shipped()
    if git is None or not (folder.parent / ".git").exists():
        return ""
    try:
        said = subprocess.run(
            [git, "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.stdout.strip()
