"""Writing the schema of each event type to a file, but never one that breaks what was promised."""

import json
from pathlib import Path

from contracts.catalogue import BY_TYPE
from contracts.schemas import breaks, schema_of, written
from tian.failures import BrokenPromise


def write_schemas(folder: Path) -> int:
    """Write `{type}.json` for each event type; answer how many changed. Raises BrokenPromise."""
    changed = {
        folder / f"{type_name}.json": written(schema_of(event_class))
        for type_name, event_class in BY_TYPE.items()
    }
    gone = sorted(path.stem for path in folder.glob("*.json") if path not in changed)
    broken = [f"{type_name} is gone" for type_name in gone]
    for path, text in list(changed.items()):
        before = path.read_text(encoding="utf-8") if path.exists() else None
        if before == text:
            del changed[path]
        elif before is not None:
            found = breaks(json.loads(before), json.loads(text))
            broken += [f"{path.stem}: {each}" for each in found]
    if broken:
        raise BrokenPromise(broken="; ".join(broken))
    for path, text in changed.items():
        path.write_text(text, encoding="utf-8")
    return len(changed)
