"""From the bytes of events to events: those of one type together."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from pydantic import TypeAdapter
from pydantic_core import from_json

from contracts.event import Event
from eventlog.envelopes import data_in, data_in_all

Read = Callable[[Sequence[bytes]], Sequence[Event]]


class OfOneType(NamedTuple):
    """Events of one type, each with its position and its bytes."""

    type: str
    positions: Sequence[int]
    bodies: Sequence[bytes]


def reading(event_class: type[Event]) -> Read:
    """How events of a class are read. What it gives raises pydantic.ValidationError."""
    read_data: Callable[[bytes], Event] = TypeAdapter(event_class).validator.validate_json

    def read_document(body: bytes) -> Event:
        data = data_in(body)
        if data is None:
            return event_class.model_validate(from_json(body)["data"])
        return read_data(data)

    def read(bodies: Sequence[bytes]) -> list[Event]:
        data = data_in_all(bodies)
        return list(map(read_document, bodies) if data is None else map(read_data, data))

    return read
