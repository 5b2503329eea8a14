"""The districts that this installation knows, by their directory files."""

import os
import tomllib
from pathlib import Path

from pydantic import ValidationError

from contracts.directory import District, read_district
from tian.home import shipped
from tian.language import either


def known_districts() -> dict[str, District]:
    """The districts by their codes; files that cannot be read are the services' concern."""
    named = os.environ.get("TIAN_DISTRICTS")
    folder = Path(named) if named else shipped("districts")
    found = (_read(file) for file in sorted(folder.glob("*.toml")))
    return {district.code: district for district in found if district}


def district_name(code: str) -> str:
    """The name people know a district by, or its code."""
    district = known_districts().get(code)
    return either(district.name, district.name_en) if district else code


def _read(file: Path) -> District | None:
    try:
        return read_district(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError):
        return None
