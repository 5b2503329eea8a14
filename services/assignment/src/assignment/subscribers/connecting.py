"""The channels files of the districts, read at the start: a mistake is found then, not at night."""

from collections.abc import Mapping
from pathlib import Path

from assignment.subscribers.channels import open_channels
from assignment.subscribers.sending import Lines
from contracts.channels import BadChannels, Channels, read_channels
from contracts.directory import District
from hosting.directories import Directories


def connect_lines(folder: Path, directories: Directories) -> Mapping[str, Lines]:
    """The channels of every district that has a file `{code}.toml` in the folder.

    Raises BadChannels, which names file, line and key, and OSError for a secret that cannot be read.
    """
    districts = {district.code: district for district in directories}
    lines: dict[str, Lines] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stem not in districts:
            raise BadChannels(
                problems=f"{path.name}：没有代码为 {path.stem} 的区，文件名应为区的代码",
                problems_en=f"{path.name}: no district has the code {path.stem!r}",
            )
        channels = _read(path, districts[path.stem])
        lines[path.stem] = Lines(channels, open_channels(channels))
    return lines


def _read(path: Path, district: District) -> Channels:
    try:
        return read_channels(path.read_text(encoding="utf-8"), district)
    except BadChannels as error:
        raise BadChannels(
            problems=f"{path.name} {error.facts['problems']}",
            problems_en=f"{path.name}, {error.facts['problems_en']}",
        ) from error
