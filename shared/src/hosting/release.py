"""The release that runs: the version of the package that all services share, said by every one of them."""

from importlib.metadata import version

SHARED = "tian-shared"


def release() -> str:
    """The version in shared/pyproject.toml, the only place that it is kept in."""
    return version(SHARED)
