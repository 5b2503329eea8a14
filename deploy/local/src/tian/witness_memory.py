"""What a witness remembers of each log that it has seen, and the evidence of a log that deceived it."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from eventlog.proving.witnessing import SplitView
from tian.trusting import district_of


class Memory:
    """What a witness has seen of each log, in a file beside its key, and under which name it signs."""

    def __init__(self, key: Path) -> None:
        self._file = key.with_name(key.name + ".seen")
        self._said: dict[str, str] = {}
        if self._file.exists():
            self._said = json.loads(self._file.read_text(encoding="utf-8"))

    @property
    def name(self) -> str | None:
        return self._said.get("")

    def seen(self, origin: str) -> str | None:
        """The note that was seen last."""
        return self._said.get(origin)

    def keep(self, origin: str, note: str) -> None:
        """On disk when this returns, whole or not at all; an empty origin keeps the name."""
        self._said[origin] = note
        draft = self._file.with_name(self._file.name + ".new")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(self._said, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._file)
        folder = os.open(self._file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def keep_evidence(self, view: SplitView, notes: Sequence[str]) -> Path:
        """Both notes: the log's own signatures below two histories."""
        sizes = f"{district_of(view.seen)}-{view.seen.size}-{view.shown.size}"
        file = self._file.with_name(f"split-view-{sizes}.txt")
        file.write_text("\n".join(notes), encoding="utf-8")
        return file
