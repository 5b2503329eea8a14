"""The districts this installation serves, from the folder of directory files."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from contracts.directory import District, read_district
from hosting.problems import NotFound


class Directories:
    """District directories by code."""

    def __init__(self, districts: Mapping[str, District]) -> None:
        self._districts = MappingProxyType(dict(districts))

    def __iter__(self) -> Iterator[District]:
        return iter(self._districts.values())

    def find(self, code: str) -> District:
        """The district with this code. Raises NotFound."""
        if code not in self._districts:
            raise NotFound(f"区“{code}”", f"district {code!r}")
        return self._districts[code]


def read_directories(folder: Path) -> Directories:
    """Read every `*.toml` of a folder. Raises OSError, TOMLDecodeError or ValidationError."""
    districts = [
        read_district(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))
    ]
    return Directories({district.code: district for district in districts})
