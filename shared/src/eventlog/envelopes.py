"""What an event's own bytes say it is: its id, stream, type and version, read without parsing all of it."""

import json
import re
from collections.abc import Sequence
from functools import cache
from operator import lt
from typing import TypeAlias

from pydantic_core import from_json

# `new_event` sorts the members, and these come behind `data`. A quote inside a JSON string is
# escaped, so what matches up to the last brace are the members of the document itself.
START_OF_TAIL = b',"datacontenttype":"'
TAIL = re.compile(
    r',"datacontenttype":"application/json","id":"([0-9a-f-]{36})","recordedtime":"[^"\\]*"'
    r',"source":"/([^"\\/]*)/[^"\\]*","specversion":"1\.0","streamversion":([1-9][0-9]{0,17})'
    r',"subject":"([^"\\]*)","time":"[^"\\]*"(?:,"traceparent":"[^"\\]*")?,"type":"([^"\\]*)"\}',
    re.ASCII,
)
# The same for many tails at once, one a line, in which there is no backslash.
TAILS = re.compile(
    "^" + TAIL.pattern.replace(r'[^"\\]*', '[^"]*').replace(r'[^"\\/]*', '[^"/]*') + "$",
    re.ASCII | re.MULTILINE,
)

START_OF_HEAD = b'{"actor":"'
BEFORE_DATA = b',"data":'

Identity: TypeAlias = tuple[str, str, str, str, str]
Identities: TypeAlias = "Sequence[Identity | None]"


def identities_in(bodies: Sequence[bytes]) -> Identities:
    """The identity of each event, as `identity_in` reads it, and much faster when all are ordinary."""
    try:
        text = b"\n".join([body[body.rfind(START_OF_TAIL) :] for body in bodies]).decode()
    except UnicodeDecodeError:
        text = "\\"
    if "\\" not in text:
        # No match begins or ends within a line: as many matches as lines are one for each.
        found: list[Identity] = TAILS.findall(text)
        if len(found) == len(bodies) == text.count("\n") + 1:
            return found
    return [identity_in(body) for body in bodies]


def identity_in(body: bytes) -> Identity | None:
    """Event id, district, version in digits, stream and type; None where the bytes are no event's."""
    try:
        match = TAIL.fullmatch(body[max(body.rfind(START_OF_TAIL), 0) :].decode())
        if match is None:
            return _identity_of_document(body)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    event_id, district, version, stream, type_ = match.groups()
    return event_id, district, version, stream, type_


def data_in(body: bytes) -> bytes | None:
    """The bytes of an event's data, as `new_event` writes them; None where another hand wrote the event.

    A quote inside a JSON string is escaped, and no member before `data` holds more than a string or
    a number: so what looks like the member is the member.
    """
    start, end = body.find(BEFORE_DATA), body.rfind(START_OF_TAIL)
    if not body.startswith(START_OF_HEAD) or not 0 < start < end:
        return None
    return body[start + len(BEFORE_DATA) : end]


def data_in_all(bodies: Sequence[bytes]) -> list[bytes] | None:
    """The same of many events; None if another hand wrote any of them."""
    starts = [body.find(BEFORE_DATA) for body in bodies if body.startswith(START_OF_HEAD)]
    if len(starts) != len(bodies) or min(starts, default=1) <= 0:
        return None
    ends = [body.rfind(START_OF_TAIL) for body in bodies]
    if not all(map(lt, starts, ends)):
        return None
    length = len(BEFORE_DATA)
    return [
        body[start + length : end] for body, start, end in zip(bodies, starts, ends, strict=True)
    ]


def is_in_head(body: bytes, name: str) -> bool:
    """Whether an event's document has a member before its data: by whom, on whose word, and why.

    Where another hand wrote the event, anywhere.
    """
    if not body.startswith(START_OF_HEAD):
        return name in from_json(body)
    return _start_in_head(body, _member(name)) > 0


def text_in_head(body: bytes, name: str) -> str:
    """The text that such a member holds. Raises KeyError."""
    member = _member(name)
    start = _start_in_head(body, member) + len(member) + 1
    text: str = body[start : body.find(b'"', start)].decode()
    if start <= len(member) or "\\" in text or not body.startswith(START_OF_HEAD):
        text = from_json(body)[name]
    return text


def _start_in_head(body: bytes, member: bytes) -> int:
    start = body.find(member)
    return start if body.find(BEFORE_DATA, 0, max(start, 0)) < 0 else -1


@cache
def _member(name: str) -> bytes:
    # A quote inside a JSON string is escaped: so no string holds this.
    return f'"{name}":'.encode()


def _identity_of_document(body: bytes) -> Identity:
    document = json.loads(body)
    identity = (
        document["id"],
        document["source"].split("/")[1],
        json.dumps(document["streamversion"]),
        document["subject"],
        document["type"],
    )
    # Raises for what is no text, or text that could not be written down.
    "".join(identity).encode()
    return identity
