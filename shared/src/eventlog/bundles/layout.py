"""What a bundle holds and what each of its files is called."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from eventlog.proving.hashing import SHA256, TreeHash

FORMAT = "tian-bundle/1"
MANIFEST = "manifest.json"
ABOUT = "about.js"
KEYS = "keys.txt"
VIEWER = "viewer.html"
EVENTS_A_FILE = 1_000
BYTES_A_FILE = 4_000_000
CHECKPOINTS_A_FILE = 1_000
DIGITS = 12
LINE_BETWEEN = b",\n"
LAST_LINE = b"\n])\n"
# Nothing else is read from a bundle, so that no name can lead out of it.
NAME = re.compile(
    r"manifest\.json|README\.txt|viewer\.html|about\.js|keys\.txt"
    r"|events/[0-9]{12}\.js"
    r"|(?:sm3/)?checkpoints/[0-9]{12}\.jsonl"
    r"|(?:sm3/)?tile/[0-9]{1,2}/(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[0-9]{1,3})?"
    r"|schemas/[a-z0-9_.]{1,100}\.json"
    r"|rulebooks/[0-9]{12}\.toml"
)


class NotOnOneLine(Exception):
    """An event has a line break in its bytes, which no service writes; it cannot be a line of a file."""


@dataclass(frozen=True)
class Place:
    """Where the files of one tree are."""

    hashing: TreeHash

    @property
    def prefix(self) -> str:
        return "" if self.hashing is SHA256 else f"{self.hashing.name}/"

    def checkpoints(self, first_size: int) -> str:
        return f"{self.prefix}checkpoints/{first_size:0{DIGITS}}.jsonl"

    @property
    def all_checkpoints(self) -> str:
        return f"{self.prefix}checkpoints/"

    def tile(self, path: str) -> str:
        return f"{self.prefix}tile/{path}"


def events_file(first: int) -> str:
    return f"events/{first:0{DIGITS}}.js"


def rulebook_file(position: int) -> str:
    return f"rulebooks/{position:0{DIGITS}}.toml"


def events_content(first: int, bodies: Sequence[bytes]) -> bytes:
    """Events as a script that a browser may load from a disk; between its ends each line is one event.

    The function is never called: its text, which JavaScript gives back as it was, holds the bytes.
    Raises NotOnOneLine.
    """
    if any(b"\n" in body for body in bodies):
        raise NotOnOneLine
    return first_line(first) + LINE_BETWEEN.join(bodies) + LAST_LINE


def first_line(first: int) -> bytes:
    return b"tian_events(%d,()=>[\n" % first


def events_in(first: int, content: bytes) -> list[bytes]:
    """The events of a file. Raises ValueError where it is not one."""
    start = first_line(first)
    if not content.startswith(start) or not content.endswith(LAST_LINE):
        raise ValueError("not a file of events")
    return content[len(start) : -len(LAST_LINE)].split(LINE_BETWEEN)


def about_content(manifest: dict[str, object], names: Sequence[str], note: str, keys: str) -> bytes:
    """What the viewer needs to know before it loads the events."""
    firsts = [int(name[-DIGITS - 3 : -3]) for name in names if name.startswith("events/")]
    known = {key: manifest[key] for key in ("district", "events", "origin")}
    about = {**known, "files": firsts, "note": note, "keys": keys.split()}
    return b"tian_about(" + canonical(about).removesuffix(b"\n") + b")\n"


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"
