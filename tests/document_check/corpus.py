"""The texts of our own: some with one planted contradiction, some with none."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from contracts.checking import Finding
from document_check import check, read

FOLDER = Path(__file__).parent


class Written(BaseModel):
    """A text, and what makes it worth keeping."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str
    text: str
    kinds: tuple[str, ...] = ()
    says: str = ""


def planted() -> list[Written]:
    return _read("planted.toml")


def honest() -> list[Written]:
    return _read("honest.toml")


def findings_in(text: str) -> list[Finding]:
    return check(read(text))


def _read(name: str) -> list[Written]:
    entries = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["text"]
    return [Written.model_validate(entry) for entry in entries]
