"""What an event's own bytes say it is: its id, stream, type and version, read without parsing all of it."""

import json
import re
from typing import TypeAlias

# `new_event` sorts the members, and these come behind `data`. A quote inside a JSON string is
# escaped, so what matches up to the last brace are the members of the document itself.
START_OF_TAIL = b',"datacontenttype":"'
TAIL = re.compile(
    r',"datacontenttype":"application/json","id":"([0-9a-f-]{36})","recordedtime":"[^"\\]*"'
    r',"source":"/([^"\\/]*)/[^"\\]*","specversion":"1\.0","streamversion":([1-9][0-9]*)'
    r',"subject":"([^"\\]*)","time":"[^"\\]*"(?:,"traceparent":"[^"\\]*")?,"type":"([^"\\]*)"\}',
    re.ASCII,
)

BEFORE_DATA = b',"data":'

Identity: TypeAlias = tuple[str, str, str, str, str]


def identity_in(body: bytes) -> Identity | None:
    """Event id, district, version in digits, stream and type; None where the bytes are no event's."""
    try:
        match = TAIL.fullmatch(body[max(body.rfind(START_OF_TAIL), 0) :].decode())
        if match is None:
            return _identity_of_document(body)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    event_id, district, version, stream, type_ = match.groups()
    return event_id, district, version, stream, type_


def data_in(body: bytes) -> bytes | None:
    """The bytes of an event's data, as `new_event` writes them; None where another hand wrote the event.

    A quote inside a JSON string is escaped, and no member before `data` holds more than a string or
    a number: so what looks like the member is the member.
    """
    start, end = body.find(BEFORE_DATA), body.rfind(START_OF_TAIL)
    if not body.startswith(b'{"actor":"') or not 0 < start < end:
        return None
    return body[start + len(BEFORE_DATA) : end]


def _identity_of_document(body: bytes) -> Identity:
    document = json.loads(body)
    return (
        document["id"],
        document["source"].split("/")[1],
        json.dumps(document["streamversion"]),
        document["subject"],
        document["type"],
    )
