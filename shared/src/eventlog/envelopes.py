"""What an event's own bytes say it is: its id, stream, type and version, read without parsing all of it."""

import json
import re
from typing import NamedTuple

# `new_event` sorts the members, and these come behind `data`. A quote inside a JSON string is
# escaped, so what matches up to the last brace are the members of the document itself.
TAIL = re.compile(
    rb',"datacontenttype":"application/json","id":"([0-9a-f-]{36})","recordedtime":"[^"\\]*"'
    rb',"source":"/([^"\\/]*)/[^"\\]*","specversion":"1\.0","streamversion":([1-9][0-9]*)'
    rb',"subject":"([^"\\]*)","time":"[^"\\]*"(?:,"traceparent":"[^"\\]*")?,"type":"([^"\\]*)"\}\Z'
)
START_OF_TAIL = b',"datacontenttype":"'


class Identity(NamedTuple):
    """What an event says it is."""

    district: str
    event_id: str
    version: int
    stream: str
    type: str


def identity_in(body: bytes) -> Identity | None:
    """The identity in an event's bytes; None where the bytes are not those of an event."""
    match = TAIL.match(body, max(body.rfind(START_OF_TAIL), 0))
    try:
        if match is None:
            return _identity_of_document(body)
        event_id, district, version, stream, type_ = match.groups()
        return Identity(
            district.decode(), event_id.decode(), int(version), stream.decode(), type_.decode()
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _identity_of_document(body: bytes) -> Identity:
    document = json.loads(body)
    return Identity(
        document["source"].split("/")[1],
        document["id"],
        document["streamversion"],
        document["subject"],
        document["type"],
    )
