"""The promise each event type makes: its JSON Schema, what would break it, and AsyncAPI over all."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from contracts.catalogue import BY_TYPE
from contracts.event import Event

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ASYNCAPI = "3.0.0"
SERVICES = ("intake", "assignment", "evaluation")
SAID_ONLY = frozenset({"title", "description", "default", "examples"})


def schema_of(event_class: type[Event]) -> Schema:
    """The schema (JSON Schema 2020-12) of the `data` that a reader of an event takes; `$id` is its type."""
    return {"$schema": DIALECT, "$id": event_class.type, **event_class.model_json_schema()}


def written(schema: Schema) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def breaks(promised: Schema, now: Schema) -> list[str]:
    """Where events written under a promised schema could no longer be read as they were meant.

    A new optional field, a wider choice and other words break nothing. Anything else needs the
    next version of the type, and an upcaster from this one.
    """
    return [*_breaks_at("data", _resolved(promised, promised), _resolved(now, now))]


def _breaks_at(place: str, promised: Schema, now: Schema) -> Iterator[str]:
    kept, offered = promised.get("properties", {}), now.get("properties", {})
    for name in sorted(kept.keys() - offered.keys()):
        yield f"{place}.{name} is gone"
    for name in sorted(set(now.get("required", [])) - set(promised.get("required", []))):
        yield f"{place}.{name} is required now"
    for name in sorted(kept.keys() & offered.keys()):
        yield from _breaks_at(f"{place}.{name}", kept[name], offered[name])
    if "items" in promised and "items" in now:
        yield from _breaks_at(f"{place}[]", promised["items"], now["items"])
    if lost := _choices(promised) - _choices(now):
        yield f"{place} no longer takes {', '.join(sorted(lost))}"


def _choices(schema: Schema) -> frozenset[str]:
    """What a value may be, one entry for each way; objects and arrays are compared part by part."""
    if "anyOf" in schema:
        return frozenset().union(*map(_choices, schema["anyOf"]))
    if "enum" in schema:
        return frozenset(json.dumps(each, ensure_ascii=False) for each in schema["enum"])
    parts = SAID_ONLY | {"properties", "required", "items", "$defs", "$schema", "$id"}
    told = {name: value for name, value in schema.items() if name not in parts}
    return frozenset({json.dumps(told, ensure_ascii=False, sort_keys=True)})


def _resolved(part: Any, whole: Schema) -> Any:
    """A schema with every reference replaced by what it refers to; ours never refer to themselves."""
    if isinstance(part, list):
        return [_resolved(each, whole) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        target = whole["$defs"][part["$ref"].removeprefix("#/$defs/")]
        return _resolved({**target, **{k: v for k, v in part.items() if k != "$ref"}}, whole)
    return {name: _resolved(value, whole) for name, value in part.items() if name != "$defs"}


def asyncapi_of(service: str, version: str) -> Schema:
    """What a service publishes, as an AsyncAPI 3.0 document: a channel and a message per event."""
    events = {
        type_name: event_class
        for type_name, event_class in BY_TYPE.items()
        if type_name.split(".")[1] == service
    }
    return {
        "asyncapi": ASYNCAPI,
        "info": {
            "title": f"Tian {service}",
            "version": version,
            "description": "Events as CloudEvents 1.0 JSON over NATS JetStream, stream TIAN.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {name: _channel(name) for name in events},
        "operations": {name: _operation(name) for name in events},
        "components": {"messages": {name: _message(each) for name, each in events.items()}},
    }


def _channel(type_name: str) -> Schema:
    _, service, event, _ = type_name.split(".")
    return {
        "address": f"tian.events.{{district}}.{service}.{event}",
        "parameters": {"district": {"description": "区的代码 / code of the district"}},
        "messages": {type_name: {"$ref": f"#/components/messages/{type_name}"}},
    }


def _operation(type_name: str) -> Schema:
    channel = f"#/channels/{type_name}"
    return {
        "action": "send",
        "channel": {"$ref": channel},
        "messages": [{"$ref": f"{channel}/messages/{type_name}"}],
    }


def _message(event_class: type[Event]) -> Schema:
    schema = schema_of(event_class)
    data = _resolved(schema, schema)
    return {
        "name": event_class.type,
        "summary": (event_class.__doc__ or "").strip().partition("\n")[0],
        "contentType": "application/cloudevents+json",
        "payload": {
            "schemaFormat": f"application/schema+json;version={DIALECT}",
            **_envelope(data),
        },
    }


def _envelope(data: Mapping[str, Any]) -> Schema:
    text = {"type": "string"}
    names = ("id", "source", "subject", "time", "recordedtime", "actor", "actorname", "actorrole")
    return {
        "schema": {
            "type": "object",
            "required": ["specversion", "type", "streamversion", "data", *names],
            "properties": {
                "specversion": {"const": "1.0"},
                "type": {"const": data["$id"]},
                "streamversion": {"type": "integer", "minimum": 1},
                **dict.fromkeys(names, text),
                "data": {key: value for key, value in data.items() if key != "$schema"},
            },
        }
    }
