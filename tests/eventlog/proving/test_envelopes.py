"""What an event's bytes say it is, read fast, is what a JSON parser reads."""

import json
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.identity import Actor
from contracts.vocabulary import ActorRole
from eventlog import Provenance
from eventlog.envelopes import identity_in
from eventlog.recorded import Circumstances, CommandNote, new_event
from tests.eventlog.making import NOON, Claimed
from tests.eventlog.proving.writing import raised

BODY = raised("a", 3).body
words = st.text(min_size=1, max_size=30)


@given(words, words, st.integers(1, 10**9), st.none() | words)
def test_it_is_what_a_parser_reads(
    name: str, service: str, version: int, traceparent: str | None
) -> None:
    actor = Actor(subject=name, name=name, role=ActorRole.UNIT, district="*", unit=name)
    event_id = UUID(int=version)
    circumstances = Circumstances(
        service=service,
        district="longgang",
        happened_at=NOON,
        recorded_at=NOON,
        provenance=Provenance(actor=actor, correlation_id=uuid4(), traceparent=traceparent),
        command=CommandNote(event_id, 1),
    )
    event = Claimed(name=name)
    body = new_event(event, event_id=event_id, version=version, circumstances=circumstances).body
    assert identity_in(body) == (
        str(event_id),
        "longgang",
        str(version),
        event.stream,
        event.type,
    )


def test_a_look_alike_inside_the_data_is_not_taken_for_the_event() -> None:
    document = json.loads(BODY)
    inner = {key: document[key] for key in sorted(document) if key > "data"}
    document["data"] = {**inner, "id": str(UUID(int=0))}
    document["id"] = str(UUID(int=1))
    for body in (
        json.dumps(document, sort_keys=True, separators=(",", ":")),
        json.dumps({**document, "zz": document["data"]}, separators=(",", ":")),
        json.dumps(dict(reversed(document.items())), separators=(",", ":")),
    ):
        identity = identity_in(body.encode())
        assert identity is not None
        assert identity[0] == str(UUID(int=1))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"3",
        b'{"source":"x"}',
        BODY[:-1],
        BODY.replace(b"counter-a", b"\xff"),
    ],
)
def test_what_is_no_event_has_no_identity(body: bytes) -> None:
    assert identity_in(body) is None
