"""The promises of the events: their files are true, and a change that breaks one is seen."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contracts.catalogue import BY_TYPE
from contracts.event import Event
from contracts.importing import LedgerRowRecorded
from contracts.schemas import SERVICES, asyncapi_of, breaks, schema_of, written

FILES = Path(__file__).parents[2] / "shared" / "schemas"
LEDGER_ROW = schema_of(LedgerRowRecorded)

Change = Callable[[dict[str, Any]], object]


def row_of(schema: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = schema["$defs"]["LedgerRow"]["properties"]
    return properties


@pytest.mark.parametrize("event_class", BY_TYPE.values(), ids=BY_TYPE)
def test_the_schema_file_of_an_event_is_what_the_code_says(event_class: type[Event]) -> None:
    file = FILES / f"{event_class.type}.json"
    assert file.read_text(encoding="utf-8") == written(schema_of(event_class))


def test_no_schema_file_is_of_an_event_that_nobody_records() -> None:
    assert {file.stem for file in FILES.glob("*.json")} == set(BY_TYPE)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda s: s["properties"].pop("sheet_row"), "data.sheet_row is gone"),
        (lambda s: s["required"].append("new"), "data.new is required now"),
        (lambda s: row_of(s).pop("title"), "data.row.title is gone"),
        (
            lambda s: s["properties"]["sheet_row"].update(type="string"),
            'data.sheet_row no longer takes {"type": "integer"}',
        ),
        (
            lambda s: s["$defs"]["Satisfaction"]["enum"].remove("dissatisfied"),
            'data.row.satisfaction no longer takes "dissatisfied"',
        ),
        (
            lambda s: row_of(s)["due_on"]["anyOf"].remove({"type": "null"}),
            'data.row.due_on no longer takes {"type": "null"}',
        ),
        (
            lambda s: row_of(s)["co_units"]["items"].update(type="integer"),
            'data.row.co_units[] no longer takes {"type": "string"}',
        ),
        (
            lambda s: s["properties"]["sheet"].update(maxLength=3),
            'data.sheet no longer takes {"type": "string"}',
        ),
    ],
)
def test_a_change_that_old_events_do_not_survive_is_named(change: Change, found: str) -> None:
    changed = copy.deepcopy(LEDGER_ROW)
    change(changed)
    assert breaks(LEDGER_ROW, changed) == [found]


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s["properties"].update(new={"type": "string", "default": ""}),
        lambda s: row_of(s).update(new={"type": "string", "default": ""}),
        lambda s: s["$defs"]["Satisfaction"]["enum"].append("very_satisfied"),
        lambda s: s["properties"]["sheet"].update(description="another word", title="Other"),
        lambda s: s["required"].remove("sheet"),
        lambda s: s["properties"].update(sheet={"anyOf": [{"type": "string"}, {"type": "null"}]}),
    ],
)
def test_a_change_that_old_events_survive_breaks_nothing(change: Change) -> None:
    changed = copy.deepcopy(LEDGER_ROW)
    change(changed)
    assert breaks(LEDGER_ROW, changed) == []


@pytest.mark.parametrize("service", SERVICES)
def test_asyncapi_names_each_event_of_a_service_with_its_subject(service: str) -> None:
    document = asyncapi_of(service, "1.0")
    own = {name for name in BY_TYPE if name.split(".")[1] == service}
    assert set(document["channels"]) == set(document["components"]["messages"]) == own
    for name in own:
        address = document["channels"][name]["address"]
        assert address == f"tian.events.{{district}}.{'.'.join(name.split('.')[1:3])}"
        assert "$ref" not in json.dumps(document["components"]["messages"][name])
