"""Every event that was ever shipped can be read, in its newest version; its bytes stay as they are."""

import copy
import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from contracts.catalogue import BY_TYPE, read_event
from contracts.upcasting import (
    UPCASTS,
    Upcast,
    UpcastsInACircle,
    newest_type,
    older_types,
    upcast,
)

# One event of each type and version: "read_as" and "read" are what it is read as today. Lines are
# added with each new version and never taken away; "data" never changes.
SHIPPED = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("shipped_events.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize("shipped", SHIPPED, ids=[each["type"] for each in SHIPPED])
def test_an_event_of_this_version_is_read_as_it_was_meant(shipped: dict[str, Any]) -> None:
    event = read_event(shipped["type"], shipped["data"])
    read = event.model_dump(mode="json")
    assert event.type == shipped["read_as"]
    assert {name: read[name] for name in shipped["read"]} == shipped["read"]


def test_every_version_that_can_be_read_has_been_kept() -> None:
    assert set(BY_TYPE) | set(UPCASTS) == {each["type"] for each in SHIPPED}


def test_every_upcast_leads_to_a_type_that_is_recorded_today() -> None:
    assert {newest_type(old) for old in UPCASTS} <= set(BY_TYPE)


def _split(data: dict[str, Any]) -> dict[str, Any]:
    family, _, given = data["name"].partition(" ")
    return {"family": family, "given": given}


STEPS = MappingProxyType(
    {
        "told.v1": Upcast("told.v2", lambda data: {"name": data["n"]}),
        "told.v2": Upcast("told.v3", _split),
        "heard.v1": Upcast("told.v3", lambda data: {"family": data["f"], "given": ""}),
    }
)


def test_an_old_version_is_brought_up_step_by_step_and_its_data_stay_as_they_are() -> None:
    stored = {"n": "Li Bai"}
    kept = copy.deepcopy(stored)
    assert upcast("told.v1", stored, STEPS) == ("told.v3", {"family": "Li", "given": "Bai"})
    assert upcast("told.v2", {"name": "Du Fu"}, STEPS)[1] == {"family": "Du", "given": "Fu"}
    assert upcast("told.v3", {"family": "x"}, STEPS) == ("told.v3", {"family": "x"})
    assert stored == kept


def test_all_older_versions_of_a_type_are_known() -> None:
    assert older_types("told.v3", STEPS) == {"told.v1", "told.v2", "heard.v1"}
    assert older_types("told.v1", STEPS) == frozenset()
    assert newest_type("told.v1", STEPS) == "told.v3"


def test_upcasts_that_lead_back_are_refused() -> None:
    circle = {"a": Upcast("b", dict), "b": Upcast("a", dict)}
    with pytest.raises(UpcastsInACircle):
        upcast("a", {}, circle)
