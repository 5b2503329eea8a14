"""Ids of commands and events: repeatable, unique, and sorted by their time."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from eventlog.identifying import id_at, id_within

MOMENTS = st.integers(0, 7_000_000_000_000).map(
    lambda milliseconds: datetime.fromtimestamp(milliseconds / 1000, UTC)
)


@given(MOMENTS)
def test_an_id_tells_its_version_and_its_moment(moment: datetime) -> None:
    made = id_at(moment)
    assert made.version == 7
    assert made.variant == UUID(int=0x80 << 56).variant
    assert made.int >> 80 == int(moment.timestamp() * 1000)


@given(MOMENTS, st.timedeltas(min_value=timedelta(milliseconds=2), max_value=timedelta(days=9999)))
def test_what_comes_later_sorts_later(moment: datetime, pause: timedelta) -> None:
    assert id_at(moment) < id_at(moment + pause)


def test_ids_of_one_moment_differ() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert len({id_at(now) for _ in range(1000)}) == 1000


@given(st.uuids(), st.text())
def test_an_id_within_another_is_always_the_same_and_near_it(parent: UUID, name: str) -> None:
    child = id_within(parent, name)
    assert child == id_within(parent, name)
    assert child.version == 8
    assert child.bytes[:6] == parent.bytes[:6]


@given(st.uuids(), st.sets(st.text(), min_size=2, max_size=20))
def test_other_names_and_other_parents_give_other_ids(parent: UUID, names: set[str]) -> None:
    assert len({id_within(parent, name) for name in names}) == len(names)
    cousin = UUID(int=parent.int ^ 1)
    assert id_within(parent, "event-0") != id_within(cousin, "event-0")
