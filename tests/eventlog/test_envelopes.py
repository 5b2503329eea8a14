"""Parts of an event are read out of its bytes without parsing all of them, and say the same."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.assignment import AssignmentSigned
from contracts.identity import Actor
from contracts.vocabulary import ActorRole
from eventlog.envelopes import data_in, data_in_all, is_in_head, text_in_head
from eventlog.recorded import Circumstances, CommandNote, Provenance, new_event

MOMENT = datetime(2024, 3, 4, 2, tzinfo=UTC)
# Names that try to look like the members around them.
NAMES = st.text(max_size=20) | st.sampled_from(
    [',"data":', '","data":{"', '\\","data":{', '","attestedby":"', '","datacontenttype":"']
)
HEAD = ("actor", "actorname", "actorrole", "actorunit", "attestedby", "causationid", "commandid")


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    name = draw(NAMES)
    actor = Actor.model_construct(
        subject=draw(NAMES), name=name, role=ActorRole.UNIT, district="longgang", unit=draw(NAMES)
    )
    provenance = Provenance(
        actor=actor,
        correlation_id=UUID(int=1),
        causation_id=draw(st.none() | st.just(UUID(int=2))),
        attested_by=draw(st.none() | NAMES),
        traceparent=None,
    )
    event = AssignmentSigned.model_construct(
        proposal_id="2024-20240001", unit=draw(NAMES), signed_on=MOMENT.date()
    )
    circumstances = Circumstances(
        service="assignment",
        district="longgang",
        happened_at=MOMENT,
        recorded_at=MOMENT,
        provenance=provenance,
        command=CommandNote(UUID(int=3), 1),
    )
    return new_event(event, event_id=UUID(int=4), version=1, circumstances=circumstances).body


@given(bodies())
def test_what_is_cut_out_is_what_a_parser_finds(body: bytes) -> None:
    document = json.loads(body)
    data = data_in(body)
    assert data is not None
    assert json.loads(data) == document["data"]
    assert data_in_all([body, body]) == [data, data]
    for name in HEAD:
        assert is_in_head(body, name) == (name in document)
        if name in document:
            assert text_in_head(body, name) == document[name]


@given(bodies())
def test_of_an_event_that_another_hand_wrote_all_members_are_read(body: bytes) -> None:
    document = json.loads(body)
    members = dict(reversed(document.items()))
    turned = json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()
    assert data_in(turned) is None
    assert data_in_all([body, turned]) is None
    for name in HEAD:
        assert is_in_head(turned, name) == (name in document)
        if name in document:
            assert text_in_head(turned, name) == document[name]


@given(bodies())
def test_what_an_event_does_not_say_is_not_found(body: bytes) -> None:
    assert not is_in_head(body, "unit")
    with pytest.raises(KeyError):
        text_in_head(body, "unit")
