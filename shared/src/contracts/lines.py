"""The line of a TOML file on which a key stands; tomllib reads values and keeps no lines."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

Key = str | int
KeyPath = tuple[Key, ...]

# A statement is given to tomllib with one line more until it can be read, so a value of many lines
# is read many times. After so many characters the search ends: an error needs no line at any price.
MOST_CHARACTERS_READ = 1_000_000
MOST_LEVELS = 10


def line_of(text: str, path: KeyPath) -> int | None:
    """The line, from 1, of a key or else of the nearest table around it, in a text that is TOML."""
    lines = _lines(text)
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def _lines(text: str) -> dict[KeyPath, int]:
    """The line of every key and table that a statement of its own begins."""
    found: dict[KeyPath, int] = {}
    table: KeyPath = ()
    count_of: dict[KeyPath, int] = {}
    for line, statement, content in _statements(text):
        if not statement.startswith("["):
            for path in _paths(content):
                found.setdefault(table + path, line)
            continue
        table = _full(next(_paths(content), ()), count_of)
        if statement.startswith("[["):
            count_of[table] = count_of.get(table, 0) + 1
            table = (*table, count_of[table] - 1)
        for length in range(1, len(table) + 1):
            found.setdefault(table[:length], line)
    return found


def _statements(text: str) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """Each statement with the line it begins on, and what tomllib reads in it."""
    kept: list[str] = []
    spent = 0
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        kept.append(line)
        statement = "\n".join(kept)
        spent += len(statement)
        if spent > MOST_CHARACTERS_READ:
            return
        try:
            content = tomllib.loads(statement)
        except (ValueError, RecursionError):
            continue
        if content:
            yield number - len(kept) + 1, statement.strip(), content
        kept = []


def _paths(content: Mapping[str, Any], levels: int = MOST_LEVELS) -> Iterator[KeyPath]:
    """The path to every value, and to the tables on the way there, the innermost first."""
    for key, value in content.items() if levels else ():
        if isinstance(value, Mapping):
            for path in _paths(value, levels - 1):
                yield (key, *path)
        if isinstance(value, list):
            for index, each in enumerate(value):
                if isinstance(each, Mapping):
                    yield from ((key, index, *path) for path in _paths(each, levels - 1))
        yield (key,)


def _full(header: KeyPath, count_of: Mapping[KeyPath, int]) -> KeyPath:
    """The path of a table header, with the number of the list entry that each step goes into."""
    path: KeyPath = ()
    for position, key in enumerate(header):
        path = (*path, key)
        is_last = position == len(header) - 1
        if path in count_of and not is_last:
            path = (*path, count_of[path] - 1)
    return path
