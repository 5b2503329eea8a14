"""Loads the named statements of a package's `queries.sql`."""

import re
from importlib.resources import files

HEADING = re.compile(r"^-- (\w+) --$", re.MULTILINE)
COMMENT = re.compile(r"\A(--[^\n]*\n)+")


class NameTakenTwice(Exception):
    """Two statements of one package have the same name; the second would replace the first."""


def load_statements(package: str) -> dict[str, str]:
    """The statements of a package by name. A statement starts with a line `-- name --`.

    The comment below the name is for whoever reads the file: a trace names a query by its first
    word. Raises NameTakenTwice.
    """
    text = files(package).joinpath("queries.sql").read_text(encoding="utf-8")
    parts = HEADING.split(text)[1:]
    if len(set(parts[::2])) < len(parts[::2]):
        raise NameTakenTwice(package)
    return {
        name: COMMENT.sub("", body.strip()).rstrip(";")
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }
